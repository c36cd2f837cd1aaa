from core.text import BilingualChoices


class TrainingHost(BilingualChoices):
    """Who holds a training, and so whose teachers it is for."""

    AREA = "area", "Service area", "เขตพื้นที่"
    CLUSTER = "cluster", "Cluster", "กลุ่มโรงเรียน"
    SCHOOL = "school", "School", "โรงเรียน"


class Modality(BilingualChoices):
    """Where people meet: of a training as a whole and of each session."""

    ONSITE = "onsite", "On site", "ในสถานที่"
    ONLINE = "online", "Online", "ออนไลน์"
    HYBRID = "hybrid", "On site and online", "ผสมผสาน"


class TrainingStatus(BilingualChoices):
    """Draft, open, closed; a draft or an open one may be cancelled instead."""

    DRAFT = "draft", "Draft", "ร่าง"
    OPEN = "open", "Open for enrolment", "เปิดรับสมัคร"
    CLOSED = "closed", "Closed", "ปิดแล้ว"
    CANCELLED = "cancelled", "Cancelled", "ยกเลิก"


class EnrolmentStatus(BilingualChoices):
    ENROLLED = "enrolled", "Enrolled", "ได้ที่นั่ง"
    WAITING = "waiting", "On the waiting list", "รายชื่อสำรอง"
    CANCELLED = "cancelled", "Cancelled", "ยกเลิก"


class AttendanceSource(BilingualChoices):
    """How we know that someone was there."""

    QR = "qr", "QR code", "คิวอาร์โค้ด"
    TYPED_CODE = "typed_code", "Typed code", "รหัสที่พิมพ์"
    MANUAL = "manual", "Recorded by the organiser", "ผู้จัดบันทึก"
    ONLINE_REPORT = "online_report", "Online meeting's report", "รายงานการประชุมออนไลน์"


class HourSource(BilingualChoices):
    """What a ledger entry was made from."""

    TRAINING = "training", "Training", "การอบรม"
    ACTIVITY_LOG = "activity_log", "Activity log", "บันทึกกิจกรรม"


class HourKind(BilingualChoices):
    """What credit hours are counted as: trainings, and each kind of activity log."""

    TRAINING = "training", "Training", "การอบรม"
    PLC = "plc", "Professional learning community", "ชุมชนการเรียนรู้ทางวิชาชีพ (PLC)"
    READING = "reading", "Reading and self-study", "การอ่านและศึกษาด้วยตนเอง"
    COACHING = "coaching", "Coaching and mentoring", "การชี้แนะและเป็นพี่เลี้ยง"
    OTHER = "other", "Other", "อื่น ๆ"


class CertificateCheck(BilingualChoices):
    """What verifying a certificate finds."""

    VALID = "valid", "Signed by this service area, and holds", "เขตพื้นที่นี้ลงนามไว้จริง และยังใช้ได้"
    REVOKED = (
        "revoked",
        "Signed by this service area, but revoked since",
        "เขตพื้นที่นี้ลงนามไว้จริง แต่ถูกเพิกถอนแล้ว",
    )
    UNKNOWN = (
        "unknown",
        "No service area has signed just this: it was altered, or is none of KruNet's",
        "ไม่พบว่าเขตพื้นที่ใดลงนามข้อความนี้ อาจถูกแก้ไข หรือไม่ได้ออกจาก KruNet",
    )
