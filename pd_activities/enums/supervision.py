from core.text import BilingualChoices


class VisitStatus(BilingualChoices):
    PLANNED = "planned", "Planned", "วางแผนแล้ว"
    OBSERVED = "observed", "Observed", "สังเกตการสอนแล้ว"
    FEEDBACK_GIVEN = "feedback_given", "Feedback given", "สะท้อนผลแล้ว"
    ACKNOWLEDGED = "acknowledged", "Acknowledged by the teacher", "ครูรับทราบแล้ว"
    CLOSED = "closed", "Closed", "ปิดการนิเทศแล้ว"
    CANCELLED = "cancelled", "Cancelled", "ยกเลิก"


class PidrePhase(BilingualChoices):
    """The cycle in which supervision is usually told here."""

    PLANNING = "planning", "Planning", "การวางแผน (P)"
    INFORMING = "informing", "Informing", "การให้ความรู้ (I)"
    DOING = "doing", "Doing", "การปฏิบัติการนิเทศ (D)"
    REINFORCING = "reinforcing", "Reinforcing", "การสร้างขวัญกำลังใจ (R)"
    EVALUATING = "evaluating", "Evaluating", "การประเมินผล (E)"


class FollowUpOwner(BilingualChoices):
    """Who owes a follow-up action that a feedback conference agreed on."""

    TEACHER = "teacher", "The observed teacher", "ครูผู้รับการนิเทศ"
    LEAD = "lead", "The lead supervisor", "ผู้นิเทศหลัก"
    DIRECTOR = "director", "The school's director", "ผู้อำนวยการโรงเรียน"
