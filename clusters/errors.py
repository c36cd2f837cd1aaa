from core.errors import DomainError
from core.text import Text


class PlanExistsError(DomainError):
    code = "plan_exists"
    title = Text("มีแผนของปีการศึกษานี้แล้ว", "The year has its plan")
    detail = Text(
        "กลุ่มนี้มีแผนของปีการศึกษา {year} (ค.ศ.) แล้ว กรุณาเปิดแผนเดิมแล้วเริ่มฉบับใหม่",
        "The cluster has a plan for academic year {year}. Open it and start a new version.",
    )


class PlanNotDraftError(DomainError):
    code = "plan_not_draft"
    title = Text("แผนฉบับนี้แก้ไขไม่ได้แล้ว", "This version is frozen")
    detail = Text(
        "ฉบับที่เสนอแล้วแก้ไขไม่ได้ กรุณาเริ่มฉบับใหม่ของแผนนี้",
        "A submitted version does not change. Start a new version of the plan.",
    )


class PlanEmptyError(DomainError):
    code = "plan_empty"
    title = Text("แผนยังไม่มีรายการ", "The plan has no items")
    detail = Text("กรุณาเพิ่มรายการอย่างน้อยหนึ่งรายการก่อนเสนอแผน", "Add at least one item, then submit.")


class PlanNotSubmittedError(DomainError):
    code = "plan_not_submitted"
    title = Text("แผนฉบับนี้ไม่อยู่ในขั้นเสนอ", "This version is not submitted")
    detail = Text(
        "ทำได้เฉพาะกับฉบับที่เสนอแล้ว กรุณาตรวจสอบสถานะของฉบับนี้",
        "This needs a submitted version. Look at the status of this one.",
    )


class PlanReturnedError(DomainError):
    code = "plan_returned"
    title = Text("แผนฉบับนี้ถูกส่งกลับ", "This version was returned")
    detail = Text(
        "คณะผู้เชี่ยวชาญส่งฉบับนี้กลับพร้อมเหตุผล กรุณาเริ่มฉบับใหม่ แก้ไข แล้วเสนออีกครั้ง",
        "The experts returned it with reasons. Start a new version, amend it and submit that.",
    )


class PlanDraftExistsError(DomainError):
    code = "plan_draft_exists"
    title = Text("มีฉบับร่างอยู่แล้ว", "There is a draft already")
    detail = Text(
        "แผนนี้มีฉบับร่างอยู่แล้ว กรุณาแก้ไขฉบับร่างนั้น",
        "This plan has a draft. Change that one instead.",
    )


class PlanContentChangedError(DomainError):
    code = "plan_content_changed"
    title = Text("เนื้อหาแผนไม่ตรงกับที่ตรวจสอบ", "Not the content that was judged")
    detail = Text(
        "ผลการตรวจสอบเป็นของเนื้อหาอื่น กรุณาตรวจสอบว่าอ้างถึงแผนฉบับที่ถูกต้อง",
        "The verdict is about other content. Check that it names the right plan version.",
    )
