from core.errors import DomainError
from core.text import Text


class TrainingNotDraftError(DomainError):
    code = "training_not_draft"
    title = Text("การอบรมนี้ไม่ใช่ร่าง", "The training is no draft")
    detail = Text(
        "เปิดได้เฉพาะการอบรมที่ยังเป็นร่าง กรุณาตรวจสอบสถานะ",
        "Only a draft can be opened. Look at the training's status.",
    )


class TrainingWithoutSessionsError(DomainError):
    code = "training_without_sessions"
    title = Text("การอบรมยังไม่มีกำหนดการ", "The training has no sessions")
    detail = Text(
        "กรุณาเพิ่มกำหนดการอย่างน้อยหนึ่งครั้ง แล้วลองใหม่",
        "Add at least one session, then try again.",
    )


class TrainingNotOpenError(DomainError):
    code = "training_not_open"
    title = Text("การอบรมไม่ได้เปิดอยู่", "The training is not open")
    detail = Text(
        "ทำได้เฉพาะเมื่อการอบรมเปิดอยู่ กรุณาสอบถามผู้จัด",
        "This needs an open training. Ask the organiser.",
    )


class TrainingNotOverError(DomainError):
    code = "training_not_over"
    title = Text("การอบรมยังไม่จบ", "The training is not over")
    detail = Text(
        "ครั้งสุดท้ายจบเวลา {ends_at} กรุณารอ หรือแก้เวลาจบของครั้งที่เลิกก่อนกำหนด",
        "Its last session ends at {ends_at}. Wait, or correct a session that ended early.",
    )


class TrainingEndedError(DomainError):
    code = "training_ended"
    title = Text("การอบรมสิ้นสุดแล้ว", "The training has ended")
    detail = Text(
        "การอบรมที่ปิดหรือยกเลิกแล้วแก้ไขไม่ได้ หากต้องการ กรุณาสร้างการอบรมใหม่",
        "A closed or cancelled training does not change. Make a new one if you need it.",
    )


class TrainingNotClosedError(DomainError):
    code = "training_not_closed"
    title = Text("การอบรมยังไม่ปิด", "The training is not closed")
    detail = Text("กรุณาปิดการอบรมก่อนให้ชั่วโมง", "Close the training, then award its hours.")


class CapacityBelowEnrolledError(DomainError):
    code = "capacity_below_enrolled"
    title = Text("จำนวนที่นั่งน้อยกว่าผู้สมัคร", "Fewer seats than people")
    detail = Text(
        "มีผู้ได้ที่นั่งแล้ว {enrolled} คน กรุณากำหนดไม่น้อยกว่านี้ หรือยกเลิกผู้สมัครบางคนก่อน",
        "{enrolled} people have a seat. Allow at least as many, or cancel some of them first.",
    )


class SessionAttendedError(DomainError):
    code = "session_attended"
    title = Text("มีผู้เข้าร่วมครั้งนี้แล้ว", "Someone attended this session")
    detail = Text(
        "ลบครั้งที่มีการลงเวลาแล้วไม่ได้ กรุณาแก้ไขเวลาหรือสถานที่แทน",
        "A session with attendance cannot be removed. Correct its times or place instead.",
    )


class NotEnrolledError(DomainError):
    code = "not_enrolled"
    title = Text("ไม่มีที่นั่งในการอบรมนี้", "No seat in this training")
    detail = Text(
        "ลงเวลาได้เฉพาะผู้ที่ได้ที่นั่ง กรุณาสมัครหรือแจ้งผู้จัดให้เพิ่มชื่อ",
        "Only people with a seat are counted. Enrol, or ask the organiser to add you.",
    )


class CheckInClosedError(DomainError):
    code = "check_in_closed"
    title = Text("ไม่อยู่ในช่วงลงเวลา", "Check-in is not open")
    detail = Text(
        "ลงเวลาได้ตั้งแต่ {opens_at} ถึง {closes_at} หากมาร่วมจริง กรุณาแจ้งผู้จัดให้บันทึกแทน",
        "Check-in is open from {opens_at} to {closes_at}. If you were there, ask the organiser to "
        "record it.",
    )


class CodeUnknownError(DomainError):
    code = "code_unknown"
    title = Text("รหัสไม่ถูกต้อง", "Unknown code")
    detail = Text(
        "รหัสนี้ไม่ใช่ของการอบรมครั้งนี้ กรุณาสแกนหรือพิมพ์รหัสที่แสดงอยู่ใหม่",
        "No screen of this session showed it. Scan or type the code that is shown now.",
    )


class CodeExpiredError(DomainError):
    code = "code_expired"
    title = Text("รหัสหมดอายุ", "The code has expired")
    detail = Text(
        "รหัสเปลี่ยนทุกครึ่งนาที กรุณาสแกนรหัสที่แสดงอยู่ หากสแกนไว้ตอนไม่มีสัญญาณ ให้ส่งเวลาที่เห็นใน "
        "seen_at ภายใน 48 ชั่วโมง",
        "Codes change every half minute: scan the one shown now. For one that was scanned offline, "
        "send when it was seen as seen_at, within 48 hours.",
    )


class AlreadyCorrectedError(DomainError):
    code = "already_corrected"
    title = Text("แก้ไขรายการนี้ไปแล้ว", "Corrected already")
    detail = Text(
        "รายการนี้มีรายการแก้ไขแล้ว กรุณาแก้ที่รายการล่าสุด",
        "Another entry has taken its place. Correct that one.",
    )


class NoHourRulesError(DomainError):
    code = "no_hour_rules"
    title = Text("ไม่มีหลักเกณฑ์ชั่วโมงของวันนั้น", "No hour rules for that day")
    detail = Text(
        "ไม่มีหลักเกณฑ์ที่ใช้กับวันที่ {day} กรุณาให้ผู้ดูแลเขตพื้นที่กำหนดหลักเกณฑ์ของช่วงนั้น",
        "No rule set holds on {day}. Ask the area's administrator to add one for that time.",
    )
