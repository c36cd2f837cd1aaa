from core.errors import DomainError
from core.text import Text


class PlanVersionNotSubmittedError(DomainError):
    code = "plan_version_not_submitted"
    title = Text("แผนฉบับนี้ยังไม่ได้เสนอ", "The plan version is not submitted")
    detail = Text(
        "การศึกษาตัดสินได้เฉพาะแผนฉบับที่เสนอแล้ว กรุณาเสนอแผนก่อน",
        "A study judges a submitted plan version. Submit the plan first.",
    )


class StudySealedError(DomainError):
    code = "study_sealed"
    title = Text("ผนึกระเบียบวิธีแล้ว", "The study is sealed")
    detail = Text(
        "ระเบียบวิธีและรายการแก้ไขไม่ได้หลังผนึก หากผิดมากให้ยุติการศึกษานี้แล้วเริ่มใหม่",
        "Protocol and items never change after sealing. If they are wrong, abandon the study "
        "and start another.",
    )


class StudyNotSealedError(DomainError):
    code = "study_not_sealed"
    title = Text("ยังไม่ได้ผนึก", "Not sealed yet")
    detail = Text(
        "ยังไม่ได้ผนึกระเบียบวิธี จึงยังไม่มีค่าแฮช กรุณาผนึกก่อน",
        "Protocol and items are not sealed, so there is no hash yet. Seal the study first.",
    )


class StudyNotReadyError(DomainError):
    code = "study_not_ready"
    title = Text("ยังผนึกไม่ได้", "Not ready to be sealed")
    detail = Text(
        "ต้องมีผู้ดำเนินการ และมีรายการอย่างน้อยหนึ่งรายการหรือเริ่มด้วยรอบคำถามปลายเปิด",
        "It needs a facilitator, and at least one item or an open-ended first round.",
    )


class WrongStudyStatusError(DomainError):
    code = "wrong_study_status"
    title = Text("ขั้นตอนของการศึกษาไม่ถูกต้อง", "Not at this point of the study")
    detail = Text(
        "การศึกษาอยู่ในสถานะ {status} จึงทำขั้นนี้ไม่ได้ กรุณาอ่านสถานะปัจจุบันก่อน",
        "The study is {status}; this step does not follow. Read its present state first.",
    )


class ItemsMissingError(DomainError):
    code = "items_missing"
    title = Text("ยังไม่มีรายการให้ประเมิน", "There are no items to rate")
    detail = Text(
        "กรุณาจัดกลุ่มคำตอบเป็นรายการก่อนเปิดรอบให้คะแนน",
        "Code the answers into items before you open a rating round.",
    )


class NotRankableError(DomainError):
    code = "not_rankable"
    title = Text("จัดลำดับรายการเหล่านี้ไม่ได้", "These items cannot be ranked")
    detail = Text(
        "การจัดลำดับใช้ได้กับ {low} ถึง {high} รายการ กรุณาใช้รอบให้คะแนนแทน",
        "A ranking takes {low} to {high} items. Rate them instead.",
    )


class PanelTooSmallError(DomainError):
    code = "panel_too_small"
    title = Text("จำนวนผู้ตอบน้อยเกินไป", "The panel is too small")
    detail = Text(
        "ต้องมีอย่างน้อย {needed} คน จึงจะรักษาความลับของคำตอบได้ กรุณาเพิ่มรายชื่อ",
        "It takes {needed} people to keep answers anonymous. Add more.",
    )


class RoundLimitError(DomainError):
    code = "round_limit"
    title = Text("ครบจำนวนรอบแล้ว", "The round limit is reached")
    detail = Text(
        "ระเบียบวิธีกำหนดไว้ {limit} รอบ กรุณาสรุปผลการศึกษา",
        "The protocol has {limit} rounds. Conclude the study.",
    )


class LastItemError(DomainError):
    code = "last_item"
    title = Text("เป็นรายการสุดท้าย", "The last item")
    detail = Text(
        "ต้องเหลืออย่างน้อยหนึ่งรายการ หากไม่ควรถามต่อแล้วให้สรุปผลหรือยุติการศึกษา",
        "One item has to stay. If nothing is left to ask, conclude or abandon the study.",
    )


class MissedRoundError(DomainError):
    code = "missed_round"
    title = Text("ผ่านรอบที่ไม่ได้ถามรายการนี้แล้ว", "A round has been held without it")
    detail = Text(
        "นำรายการกลับมาไม่ได้ เพราะคำตอบจะเทียบกับรอบก่อนไม่ได้",
        "The item cannot come back: there would be no round before to compare its answers with.",
    )


class FragmentInUseError(DomainError):
    code = "fragment_in_use"
    title = Text("ข้อความนี้อยู่ในรายการแล้ว", "The fragment is part of an item")
    detail = Text(
        "รายการต้องคงที่มาจากถ้อยคำของผู้เชี่ยวชาญไว้ จึงลบข้อความนี้ไม่ได้",
        "Items keep the words that they were made from, so this one stays.",
    )


class RoundNotOpenError(DomainError):
    code = "round_not_open"
    title = Text("รอบนี้ไม่ได้เปิดอยู่", "The round is not open")
    detail = Text(
        "รอบนี้ปิดแล้วหรือยังไม่เปิด จึงไม่รับคำตอบหรือการเปลี่ยนแปลง",
        "It has closed or has not opened; it takes no answers and no changes.",
    )


class RoundNotClosedError(DomainError):
    code = "round_not_closed"
    title = Text("รอบยังไม่ปิด", "The round has not closed")
    detail = Text(
        "คำตอบและสถิติอ่านได้เมื่อปิดรอบแล้วเท่านั้น",
        "Answers and statistics can be read only once the round has closed.",
    )


class TooFewAnswersError(DomainError):
    code = "too_few_answers"
    title = Text("ผู้ตอบน้อยเกินไป", "Too few answers")
    detail = Text(
        "มีผู้ตอบน้อยกว่า {needed} คน จึงแสดงข้อความไม่ได้เพื่อรักษาความลับ",
        "Fewer than {needed} people answered; to keep them anonymous, nothing is shown.",
    )


class VerdictSettledError(DomainError):
    code = "verdict_settled"
    title = Text("ตัดสินแล้ว", "The verdict is settled")
    detail = Text(
        "แผนฉบับนี้มีผลตัดสินจากการศึกษานี้แล้ว จึงไม่ต้องรับรอง",
        "The study has given its verdict; there is nothing left to certify.",
    )


class AlreadyOnPanelError(DomainError):
    code = "already_on_panel"
    title = Text("มีชื่ออยู่ในการศึกษานี้แล้ว", "Already part of this study")
    detail = Text(
        "บุคคลนี้เป็นผู้เชี่ยวชาญ ผู้ทรงคุณวุฒิ หรือผู้ดำเนินการของการศึกษานี้แล้ว "
        "ผู้รับรองต้องไม่ใช่ผู้เชี่ยวชาญในคณะ หากเป็นคนละคนที่ชื่อเหมือนกัน กรุณาเพิ่มคำที่ทำให้ต่างกัน",
        "This person already is a panelist, a certifier or the facilitator; certifiers must not "
        "be panelists. If it is someone else of that name, add what tells them apart.",
    )


class LinkNotValidError(DomainError):
    code = "panel_link_not_valid"
    status = 404
    title = Text("ลิงก์นี้ใช้ไม่ได้", "The link is not valid")
    detail = Text(
        "ลิงก์ไม่ถูกต้องหรือหมดอายุ กรุณาใช้ลิงก์ล่าสุด หรือติดต่อผู้ดำเนินการศึกษา "
        "ลิงก์ในหนังสือเปิดได้บนเครื่องที่เปิดครั้งแรกเท่านั้น และใช้ไม่ได้เมื่อท่านเข้าทางอื่นแล้ว",
        "It is unknown or has expired. Use the newest one, or ask the study's facilitator. A "
        "letter's link opens on the device that opened it first, until you come in another way.",
    )


class LetterTooLateError(DomainError):
    code = "letter_too_late"
    title = Text("ออกหนังสือพร้อมลิงก์ไม่ได้แล้ว", "Too late for a letter with a link")
    detail = Text(
        "{names}: มีการเปิดแบบสอบถามหรือตอบรับแล้ว ลิงก์ในหนังสือจะเปิดให้ผู้ถือหนังสือเห็นคำตอบได้ จึงไม่ออกให้ "
        "ท่านนั้นใช้ลิงก์เดิมต่อไป หรือตอบผ่านผู้บันทึกคำตอบ",
        "{names}: the page has been opened, or consent given. A letter's link could show answers "
        "to whoever holds the letter. The person goes on with the link in use, or a recorder.",
    )


class RecorderNotNamedError(DomainError):
    code = "recorder_not_named"
    title = Text("ไม่ได้เป็นผู้บันทึกคำตอบแล้ว", "No longer a recorder")
    detail = Text(
        "ท่านไม่ได้เป็นผู้บันทึกคำตอบของการศึกษานี้แล้ว คำตอบนี้จึงไม่ถูกบันทึก",
        "You are no longer a recorder of this study; this answer was not kept.",
    )


class ConsentNeededError(DomainError):
    code = "consent_needed"
    title = Text("ยังไม่ได้ตอบรับเข้าร่วม", "Consent is needed first")
    detail = Text(
        "กรุณาตอบรับเข้าร่วมการศึกษาก่อนตอบ",
        "Accept the invitation before you answer.",
    )


class NothingAskedError(DomainError):
    code = "nothing_asked"
    title = Text("รอบนี้ไม่ได้ถามข้อนี้", "This round does not ask that")
    detail = Text(
        "รอบที่เปิดอยู่ไม่ได้ถามข้อนี้ กรุณาอ่าน /panel เพื่อดูว่าเหลืออะไรบ้าง",
        "The open round does not ask this. Read /panel to see what is left.",
    )
