from core.errors import DomainError
from core.text import Text
from pd_activities.errors.status import StatusError


class VisitStatusError(StatusError):
    code = "visit_status"
    title = Text("การนิเทศไม่อยู่ในขั้นที่ทำรายการนี้ได้", "The visit is not at that step")
    detail = Text(
        "การนิเทศครั้งนี้อยู่ในขั้น “{status_th}” กรุณาอ่านข้อมูลล่าสุดแล้วดำเนินการตามลำดับขั้น",
        "The visit is “{status_en}”. Read it again and take the steps in their order.",
    )


class NoDefaultInstrumentError(DomainError):
    code = "no_default_instrument"
    title = Text("ยังไม่มีแบบนิเทศตั้งต้น", "There is no default instrument")
    detail = Text(
        "กรุณาระบุแบบนิเทศ หรือให้ผู้ดูแลระบบของเขตกำหนดแบบตั้งต้น",
        "Name an instrument, or ask the area's administrator to set the default one.",
    )


class AlreadyObservedError(DomainError):
    code = "already_observed"
    title = Text("ส่งผลการสังเกตไปแล้ว", "Your ratings are already in")
    detail = Text(
        "ผลการสังเกตของผู้นิเทศแต่ละคนส่งได้ครั้งเดียว เพื่อให้เป็นอิสระจากกัน ข้อเสนอแนะเพิ่มเติมบันทึกได้ในการสะท้อนผล",
        "Each observer hands in once, so that ratings stay independent. Add more in the feedback.",
    )


class FollowUpsOpenError(DomainError):
    code = "follow_ups_open"
    title = Text("ยังมีสิ่งที่ต้องติดตาม", "Follow-up actions are open")
    detail = Text(
        "ยังมีสิ่งที่ต้องติดตาม {count} รายการ กรุณาปิดให้ครบก่อนปิดการนิเทศ",
        "{count} follow-up actions are still open. Close them before closing the visit.",
    )


class FollowUpClosedError(DomainError):
    code = "follow_up_closed"
    title = Text("ปิดรายการติดตามนี้แล้ว", "The follow-up action is already closed")
    detail = Text("รายการนี้ปิดไปแล้ว กรุณาอ่านข้อมูลล่าสุด", "Someone has closed it. Read it again.")
