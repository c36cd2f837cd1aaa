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


OVER = (StudyStatus.CERTIFIED, StudyStatus.NOT_CERTIFIED, StudyStatus.ABANDONED)


class RoundKind(BilingualChoices):
    OPEN_ENDED = "open_ended", "Open-ended questions", "คำถามปลายเปิด"
    RATING = "rating", "Rating", "ให้คะแนน"
    RANKING = "ranking", "Ranking", "จัดลำดับ"
    CERTIFICATION = "certification", "Certification", "รับรอง"


SCORED = (RoundKind.RATING, RoundKind.RANKING)  # items get a number: a score, or a place


class GroupFeedback(BilingualChoices):
    """Whose answers a panelist sees; a group is the expertise that the panel list gives."""

    WHOLE = "whole", "The whole panel", "ทั้งคณะ"
    OWN = "own", "The whole panel and the own group", "ทั้งคณะและกลุ่มของตน"
    ALL = "all", "The whole panel and every group", "ทั้งคณะและทุกกลุ่ม"


class StepState(BilingualChoices):
    """Where a step of a study stands for the person who reads of it."""

    PAST = "past", "done", "ผ่านแล้ว"
    NOW = "now", "now", "ขณะนี้"
    AHEAD = "ahead", "ahead", "ต่อไป"


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


class EntryWay(BilingualChoices):
    """How a panelist gave the answers that a recorder entered."""

    INTERVIEW = "interview", "In an interview", "สัมภาษณ์"
    PAPER = "paper", "On paper", "แบบกระดาษ"
    CHAT = "chat", "By chat", "แชต"


class FollowUpWay(BilingualChoices):
    """How someone was followed up in person, beside the reminders that are mailed."""

    VISIT = "visit", "Visit", "ไปพบ"
    CALL = "call", "Phone call", "โทรศัพท์"
    MESSAGE = "message", "Message", "ส่งข้อความ"
    LETTER = "letter", "Letter", "ส่งหนังสือ"


class ReportFormat(BilingualChoices):
    """How a report leaves. Row data, and the script that recomputes all numbers, are in `csv`."""

    PDF = "pdf", "Report (PDF)", "รายงาน (PDF)"
    XLSX = "xlsx", "Tables (Excel)", "ตาราง (Excel)"
    JSON = "json", "Report as data (JSON)", "รายงานเป็นข้อมูล (JSON)"
    CSV = "csv", "Anonymised data with a script (CSV)", "ข้อมูลนิรนามพร้อมโปรแกรมตรวจสอบ (CSV)"


class RowDataWithheld(BilingualChoices):
    """Why the answers of single panelists stay inside."""

    STILL_RUNNING = (
        "still_running",
        "Rating may go on; rows leave once the rounds have ended.",
        "การให้คะแนนอาจยังไม่สิ้นสุด ข้อมูลรายแถวเผยแพร่ได้เมื่อจบทุกรอบแล้ว",
    )
    NO_RATINGS = (
        "no_ratings",
        "No rating round has closed.",
        "ยังไม่มีรอบให้คะแนนที่ปิดแล้ว",
    )
    TOO_FEW_COMPLETE = (
        "too_few_complete",
        "Too few panelists finished every round.",
        "ผู้ที่ตอบครบทุกรอบมีจำนวนน้อยเกินไป",
    )
    TELLS_OTHERS = (
        "tells_others",
        "Beside the totals, the rows would tell what the few said who did not finish every round.",
        "เมื่อเทียบกับผลรวม ข้อมูลรายแถวจะเปิดเผยคำตอบของคนจำนวนน้อยที่ตอบไม่ครบทุกรอบ",
    )
