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


class SchoolCodeTakenError(DomainError):
    code = "school_code_taken"
    title = Text("รหัสโรงเรียนนี้ถูกใช้แล้ว", "The school code is taken")
    detail = Text(
        "มีโรงเรียนที่ใช้รหัส {code} แล้ว กรุณาตรวจสอบรหัสหรือแก้ไขโรงเรียนเดิม",
        "A school has the code {code}. Check the code, or change that school.",
    )


class StaffCodeTakenError(DomainError):
    code = "staff_code_taken"
    title = Text("รหัสบุคลากรนี้ถูกใช้แล้ว", "The staff code is taken")
    detail = Text(
        "มีบุคลากรที่ใช้รหัส {code} แล้ว กรุณาตรวจสอบรหัสหรือแก้ไขข้อมูลของคนเดิม",
        "Someone has the staff code {code}. Check the code, or change that record.",
    )


class ClusterCodeTakenError(DomainError):
    code = "cluster_code_taken"
    title = Text("รหัสกลุ่มนี้ถูกใช้แล้ว", "The cluster code is taken")
    detail = Text(
        "มีกลุ่มที่ใช้รหัส {code} แล้ว กรุณาเลือกรหัสอื่น",
        "A cluster has the code {code}. Choose another.",
    )


class SchoolInAnotherClusterError(DomainError):
    code = "school_in_another_cluster"
    title = Text("โรงเรียนอยู่ในกลุ่มแล้ว", "The school is in a cluster already")
    detail = Text(
        "ช่วงเวลานี้โรงเรียนเป็นสมาชิกกลุ่มอยู่แล้ว กรุณาบันทึกการออกจากกลุ่มเดิมก่อน",
        "It is a member of a cluster in that time. Let it leave that one first.",
    )


class MembershipEndedError(DomainError):
    code = "membership_ended"
    title = Text("โรงเรียนออกจากกลุ่มแล้ว", "The membership has ended")
    detail = Text(
        "การเป็นสมาชิกนี้สิ้นสุดเมื่อ {day} แล้ว ไม่ต้องทำอะไรเพิ่ม",
        "This membership ended on {day}; nothing is left to do.",
    )


class SchoolNotMemberError(DomainError):
    code = "school_not_member"
    title = Text("โรงเรียนไม่ได้เป็นสมาชิก", "The school is no member")
    detail = Text(
        "โรงเรียนนี้ไม่ได้เป็นสมาชิกของกลุ่มในวันที่ {day} กรุณาตรวจสอบวันที่หรือบันทึกการเข้าร่วมก่อน",
        "It was no member of the cluster on {day}. Check the day, or let it join first.",
    )


class AlreadySignedError(DomainError):
    code = "already_signed"
    title = Text("โรงเรียนนี้ลงนามแล้ว", "The school has signed")
    detail = Text(
        "ลายมือชื่อของโรงเรียนนี้บันทึกไว้แล้ว ไม่ต้องบันทึกซ้ำ",
        "Its signature is on record; there is no need to record it again.",
    )


class AgreementSignedError(DomainError):
    code = "agreement_signed"
    title = Text("มีโรงเรียนลงนามแล้ว", "Schools have signed")
    detail = Text(
        "บันทึกข้อตกลงที่มีผู้ลงนามแล้วแก้ไขไม่ได้ กรุณาทำฉบับใหม่",
        "What has been signed does not change. Make a new agreement.",
    )


class HasAccountError(DomainError):
    code = "has_account"
    title = Text("มีบัญชีผู้ใช้แล้ว", "There is an account")
    detail = Text(
        "บุคคลนี้มีบัญชีแล้ว หากเข้าใช้ไม่ได้ให้ออกใบเข้าใช้ครั้งแรกใหม่",
        "This person has an account. If they cannot get in, issue an access slip.",
    )
