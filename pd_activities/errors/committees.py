from core.errors import DomainError
from core.text import Text
from pd_activities.errors.status import StatusError


class MeetingStatusError(StatusError):
    code = "meeting_status"
    title = Text("การประชุมไม่อยู่ในสถานะที่ทำรายการนี้ได้", "The meeting is not at that step")
    detail = Text(
        "การประชุมครั้งที่ {reference} อยู่ในสถานะ “{status_th}” กรุณาดำเนินการตามลำดับ",
        "Meeting {reference} is “{status_en}”. Take the steps in their order.",
    )


class NoQuorumError(DomainError):
    code = "no_quorum"
    title = Text("ไม่ครบองค์ประชุม", "No quorum")
    detail = Text(
        "มีกรรมการที่นับเป็นองค์ประชุม {present} จาก {filled} คน ต้องมีอย่างน้อย {least} คน "
        "กรุณาตรวจสอบการบันทึกผู้เข้าประชุม",
        "{present} of {filled} members count towards the quorum; {least} are needed. "
        "Check the recorded attendance.",
    )


class MotionsOpenError(DomainError):
    code = "motions_open"
    title = Text("ยังมีญัตติที่ไม่ได้ข้อยุติ", "Motions are undecided")
    detail = Text(
        "ยังมีญัตติที่กำลังลงมติหรือรอชี้ขาด {count} รายการ กรุณาปิดการลงมติหรือถอนญัตติก่อนปิดประชุม",
        "{count} motions are being voted on or tied. Close or withdraw them first.",
    )


class MotionStatusError(StatusError):
    code = "motion_status"
    title = Text("ญัตติไม่อยู่ในสถานะที่ทำรายการนี้ได้", "The motion is not at that step")
    detail = Text(
        "ญัตตินี้อยู่ในสถานะ “{status_th}” กรุณาอ่านข้อมูลล่าสุด",
        "The motion is “{status_en}”. Read it again.",
    )


class AgendaItemResolvedError(DomainError):
    code = "agenda_item_resolved"
    title = Text("ระเบียบวาระนี้มีมติหรือกำลังลงมติอยู่", "The agenda item has or awaits its resolution")
    detail = Text(
        "ระเบียบวาระหนึ่งมีมติได้ข้อเดียว กรุณาเพิ่มระเบียบวาระย่อยสำหรับญัตติอื่น",
        "An agenda item has one resolution: decide the motion that is open, or add another item.",
    )


class AgendaItemInUseError(DomainError):
    code = "agenda_item_in_use"
    title = Text("ระเบียบวาระนี้มีญัตติหรือสิ่งที่ต้องดำเนินการแล้ว", "The agenda item is in use")
    detail = Text(
        "ลบหรือเปลี่ยนเลขระเบียบวาระที่มีญัตติหรือสิ่งที่ต้องดำเนินการไม่ได้ กรุณาเพิ่มระเบียบวาระใหม่แทน",
        "An item with motions or action items is neither removed nor renumbered. Add another one.",
    )


class AlreadyVotedError(DomainError):
    code = "already_voted"
    title = Text("ลงคะแนนไปแล้ว", "The seat has voted")
    detail = Text(
        "กรรมการหนึ่งคนลงคะแนนในญัตติหนึ่งได้ครั้งเดียว",
        "Each seat votes once on a motion.",
    )


class NotPresentError(DomainError):
    code = "not_present"
    title = Text("ไม่ได้บันทึกว่ามาประชุม", "Not recorded as present")
    detail = Text(
        "เฉพาะกรรมการที่เลขานุการบันทึกว่ามาประชุมและไม่มีส่วนได้เสียจึงลงคะแนนได้",
        "Only members whom the secretary recorded as present, and not recused, may vote.",
    )


class VoteIsPersonalError(DomainError):
    code = "vote_is_personal"
    title = Text("กรรมการผู้นี้ต้องลงคะแนนเอง", "This member votes in person")
    detail = Text(
        "กรรมการที่มีบัญชีผู้ใช้ต้องลงคะแนนด้วยบัญชีของตน",
        "A member with an account votes with it; nobody else can.",
    )


class TooManyHandsError(DomainError):
    code = "too_many_hands"
    title = Text("จำนวนคะแนนเกินจำนวนกรรมการ", "More hands than members")
    detail = Text(
        "นับคะแนนได้ไม่เกิน {most} คะแนน คือกรรมการที่มาประชุม ไม่มีบัญชี และยังไม่มีคะแนนรายบุคคล",
        "At most {most} hands can be counted: those present without an account or a vote of "
        "their own.",
    )


class MeetingYearError(DomainError):
    code = "meeting_year_fixed"
    title = Text("เลื่อนประชุมข้ามปีไม่ได้", "The meeting's year is fixed")
    detail = Text(
        "ครั้งที่ประชุมนับตามปี กรุณาเลื่อนภายในปีเดิม หรือนัดประชุมครั้งใหม่",
        "Meetings are numbered by year. Move it within its year, or call another meeting.",
    )


class ActionItemDoneError(DomainError):
    code = "action_item_done"
    title = Text("ปิดรายการนี้แล้ว", "The action item is already done")
    detail = Text("รายการนี้ปิดไปแล้ว กรุณาอ่านข้อมูลล่าสุด", "Someone has closed it. Read it again.")


class NoCommitteeRuleError(DomainError):
    code = "no_committee_rule"
    title = Text("ไม่มีระเบียบของคณะกรรมการ", "There is no rule for this committee")
    detail = Text(
        "เขตพื้นที่ยังไม่มีระเบียบที่ใช้ในวันนั้น กรุณาระบุองค์ประกอบและวิธีประชุมเอง",
        "The area has no rule for that date. Send composition and procedure yourself.",
    )
