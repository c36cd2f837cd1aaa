from core.text import BilingualChoices


class StudyStatus(BilingualChoices):
    """The life of a study, in its order; abandoned may follow any but the last three."""

    DRAFT = "draft", "Draft", "ร่าง"
    SEALED = "sealed", "Sealed", "ผนึกระเบียบวิธีแล้ว"
    ROUND_OPEN = "round_open", "Round open", "เปิดรอบ"
    ROUND_CLOSED = "round_closed", "Round closed", "ปิดรอบ"
    CONCLUDED = "concluded", "Concluded", "สรุปผลแล้ว"
    CERTIFICATION_OPEN = "certification_open", "Certification open", "เปิดการรับรอง"
    CERTIFIED = "certified", "Certified", "ได้รับการรับรอง"
    NOT_CERTIFIED = "not_certified", "Not certified", "ไม่ได้รับการรับรอง"
    ABANDONED = "abandoned", "Abandoned", "ยุติก่อนเสร็จ"


class RoundKind(BilingualChoices):
    OPEN_ENDED = "open_ended", "Open-ended questions", "คำถามปลายเปิด"
    RATING = "rating", "Rating", "ให้คะแนน"
    CERTIFICATION = "certification", "Certification", "รับรอง"


class RoundStatus(BilingualChoices):
    OPEN = "open", "Open", "เปิด"
    CLOSED = "closed", "Closed", "ปิด"
    DISCARDED = "discarded", "Discarded", "ไม่นำมาใช้"


class PanelKind(BilingualChoices):
    PANELIST = "panelist", "Expert panelist", "ผู้เชี่ยวชาญ"
    CERTIFIER = "certifier", "Certifier", "ผู้ทรงคุณวุฒิ"


class PanelistState(BilingualChoices):
    INVITED = "invited", "Invited", "เชิญแล้ว"
    ACCEPTED = "accepted", "Accepted", "ตอบรับ"
    DECLINED = "declined", "Declined", "ปฏิเสธ"
    WITHDRAWN = "withdrawn", "Withdrawn", "ถอนตัว"


class ItemOrigin(BilingualChoices):
    GIVEN = "given", "Given", "กำหนดให้"
    PLAN = "plan", "From the plan", "จากแผน"
    CODED = "coded", "Coded from answers", "จากคำตอบของผู้เชี่ยวชาญ"


class LinkChannel(BilingualChoices):
    MAIL = "mail", "E-mail", "อีเมล"
    LETTER = "letter", "Letter", "หนังสือราชการ"
