from core.errors import DomainError
from core.text import Text


class NoStaffRecordError(DomainError):
    code = "no_staff_record"
    title = Text("บัญชีนี้ไม่ผูกกับทะเบียนครู", "No staff record")
    detail = Text(
        "บัญชีของท่านยังไม่ผูกกับทะเบียนครู กรุณาแจ้งผู้ดูแลระบบของเขตพื้นที่ให้ผูกบัญชี",
        "Your account belongs to no teacher on record. Ask the area's administrator to link it.",
    )


class ActivityLogDiffersError(DomainError):
    code = "activity_log_differs"
    title = Text("มีบันทึกรหัสนี้แล้วแต่เนื้อหาไม่ตรงกัน", "The log exists with other content")
    detail = Text(
        "มีบันทึกรหัสนี้อยู่แล้วและเนื้อหาต่างกัน กรุณาอ่านบันทึกที่มีอยู่ แล้วแก้ไขด้วย PATCH หรือส่งเป็นบันทึกใหม่ด้วยรหัสใหม่",
        "A log with this id says something else. Read it and change it by PATCH, or send yours "
        "again under a new id.",
    )


class ActivityLogVerifiedError(DomainError):
    code = "activity_log_verified"
    title = Text("บันทึกนี้รับรองแล้ว", "The log is verified")
    detail = Text(
        "บันทึกที่รับรองแล้วแก้ไขไม่ได้ กรุณาขอให้ผู้รับรองส่งกลับก่อน",
        "A verified log does not change. Ask who verified it to return it first.",
    )


class LogNotSubmittedError(DomainError):
    code = "log_not_submitted"
    title = Text("บันทึกนี้ถูกส่งกลับแล้ว", "The log was returned")
    detail = Text(
        "บันทึกนี้ถูกส่งกลับให้ครูแก้ไข รับรองได้เมื่อครูส่งใหม่",
        "It went back to the teacher; it can be verified once they have sent it again.",
    )
