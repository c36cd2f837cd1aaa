from core.text import BilingualChoices


class ImportState(BilingualChoices):
    CHECKING = "checking", "Being checked", "กำลังตรวจสอบ"
    REFUSED = "refused", "Cannot be used", "ใช้ไม่ได้"
    CHECKED = "checked", "Checked", "ตรวจสอบแล้ว"
    APPLYING = "applying", "Being applied", "กำลังนำเข้า"
    APPLIED = "applied", "Applied", "นำเข้าแล้ว"
