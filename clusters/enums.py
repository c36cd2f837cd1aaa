from accounts.enums import Role
from core.text import BilingualChoices

AREA_MANAGERS = (Role.AREA_ADMIN, Role.OFFICER)  # they keep the registers of the whole area


class Position(BilingualChoices):
    ASSISTANT_TEACHER = "assistant_teacher", "Assistant teacher", "ครูผู้ช่วย"
    TEACHER = "teacher", "Teacher", "ครู"
    DEPUTY_DIRECTOR = "deputy_director", "Deputy school director", "รองผู้อำนวยการโรงเรียน"
    DIRECTOR = "director", "School director", "ผู้อำนวยการโรงเรียน"
    SUPERVISOR = "supervisor", "Supervisor", "ศึกษานิเทศก์"
    OFFICER = "officer", "Education officer", "นักวิชาการศึกษา"
    GOVERNMENT_EMPLOYEE = "government_employee", "Government employee", "พนักงานราชการ"
    CONTRACT_TEACHER = "contract_teacher", "Contract teacher", "ครูอัตราจ้าง"


class Standing(BilingualChoices):
    """Academic standing (วิทยฐานะ)."""

    NONE = "none", "None", "ไม่มีวิทยฐานะ"
    PROFESSIONAL = "professional", "Professional", "ชำนาญการ"
    SENIOR_PROFESSIONAL = "senior_professional", "Senior professional", "ชำนาญการพิเศษ"
    EXPERT = "expert", "Expert", "เชี่ยวชาญ"
    SENIOR_EXPERT = "senior_expert", "Senior expert", "เชี่ยวชาญพิเศษ"


class NetworkStage(BilingualChoices):
    """The six network-building stages of the Buriram model, in their order."""

    AWARENESS = "awareness", "Awareness of need", "ขั้นตระหนักถึงความจำเป็นในการสร้างเครือข่าย"
    COORDINATION = "coordination", "Coordination of organisations", "ขั้นประสานหน่วยงาน/องค์กรเครือข่าย"
    COMMITMENT = "commitment", "Joint commitment", "ขั้นสร้างพันธสัญญาร่วมกัน"
    MANAGEMENT = "management", "Network management", "ขั้นบริหารจัดการเครือข่าย"
    RELATIONSHIP_BUILDING = "relationship_building", "Relationship development", "ขั้นพัฒนาความสัมพันธ์"
    RELATIONSHIP_MAINTENANCE = (
        "relationship_maintenance",
        "Relationship maintenance",
        "ขั้นรักษาความสัมพันธ์และความต่อเนื่อง",
    )


# What each stage asks for until the area says otherwise; clusters.evidence explains the codes.
# The last two are told by the room of activities.
DEFAULT_EVIDENCE: dict[str, list[str]] = {
    NetworkStage.AWARENESS: ["schools_joined"],
    NetworkStage.COORDINATION: ["coordinator_appointed"],
    NetworkStage.COMMITMENT: ["agreement_signed_by_all"],
    NetworkStage.MANAGEMENT: ["roles_assigned", "plan_adopted"],
    NetworkStage.RELATIONSHIP_BUILDING: ["joint_activity"],
    NetworkStage.RELATIONSHIP_MAINTENANCE: ["activity_every_term"],
}


class WorkScope(BilingualChoices):
    """The seven work scopes (ขอบข่ายงาน) over which a plan is written."""

    CURRICULUM = "curriculum", "Curriculum", "การพัฒนาหลักสูตร"
    LEARNING_PROCESS = "learning_process", "Learning process", "การพัฒนากระบวนการเรียนรู้"
    ASSESSMENT = "assessment", "Measurement and evaluation", "การพัฒนาการวัดและประเมินผล"
    MEDIA_TECHNOLOGY = (
        "media_technology",
        "Media, innovation and technology",
        "การพัฒนาสื่อ นวัตกรรม และเทคโนโลยี",
    )
    SUPERVISION = (
        "supervision",
        "Supervision, monitoring and evaluation",
        "การพัฒนาระบบนิเทศ ติดตาม และประเมินผล",
    )
    QUALITY_ASSURANCE = "quality_assurance", "Quality assurance", "การพัฒนาระบบประกันคุณภาพ"
    ADMINISTRATION = "administration", "Education management", "การพัฒนาระบบบริหารจัดการศึกษา"


class PlanStatus(BilingualChoices):
    DRAFT = "draft", "Draft", "ร่าง"
    SUBMITTED = "submitted", "Submitted", "เสนอแล้ว"
    ADOPTED = "adopted", "Adopted", "ประกาศใช้"


class Validation(BilingualChoices):
    """What a Delphi study said of one plan version."""

    NOT_VALIDATED = "not_validated", "Not validated", "ยังไม่ผ่านการตรวจสอบ"
    VALIDATED = "validated", "Validated", "ผ่านการตรวจสอบแล้ว"
    RETURNED = "returned", "Returned with reasons", "ส่งกลับพร้อมเหตุผล"
