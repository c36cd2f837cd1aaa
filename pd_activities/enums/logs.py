from core.text import BilingualChoices


class LogKind(BilingualChoices):
    """What a teacher did; each is also a kind of credit hours."""

    PLC = "plc", "Professional learning community", "ชุมชนการเรียนรู้ทางวิชาชีพ (PLC)"
    READING = "reading", "Reading and self-study", "การอ่านและศึกษาด้วยตนเอง"
    COACHING = "coaching", "Coaching and mentoring", "การชี้แนะและเป็นพี่เลี้ยง"
    OTHER = "other", "Other", "อื่น ๆ"


class LogStatus(BilingualChoices):
    SUBMITTED = "submitted", "Waiting for verification", "รอการรับรอง"
    VERIFIED = "verified", "Verified", "รับรองแล้ว"
    RETURNED = "returned", "Returned with a reason", "ส่งกลับพร้อมเหตุผล"
