from core.text import BilingualChoices


class AreaKind(BilingualChoices):
    PRIMARY = "primary", "Primary education", "ประถมศึกษา"
    SECONDARY = "secondary", "Secondary education", "มัธยมศึกษา"


class AreaState(BilingualChoices):
    PROVISIONING = "provisioning", "Being set up", "กำลังจัดเตรียม"
    ACTIVE = "active", "Active", "ใช้งาน"
    SUSPENDED = "suspended", "Suspended", "ระงับการใช้งาน"
    LEAVING = "leaving", "Leaving", "กำลังเลิกใช้งาน"
    DELETED = "deleted", "Deleted", "ลบแล้ว"


class ApplicationState(BilingualChoices):
    UNPROVEN = "unproven", "E-mail not yet proven", "รอยืนยันอีเมล"
    SUBMITTED = "submitted", "Awaiting review", "รอการพิจารณา"
    MORE_WANTED = "more_wanted", "More information wanted", "ขอข้อมูลเพิ่มเติม"
    APPROVED = "approved", "Approved", "อนุมัติแล้ว"
    REJECTED = "rejected", "Rejected", "ไม่อนุมัติ"
