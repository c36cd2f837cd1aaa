from core.text import BilingualChoices


class CommitteeKind(BilingualChoices):
    CLUSTER = "cluster", "Committee of a cluster", "คณะกรรมการกลุ่มโรงเรียน"
    SCHOOL = "school", "Basic-education school committee", "คณะกรรมการสถานศึกษาขั้นพื้นฐาน"


class SeatCategory(BilingualChoices):
    """Whom a seat represents. It is the only thing kept about a religious member's religion."""

    CHAIR = "chair", "Chair", "ประธานกรรมการ"
    PARENT = "parent", "Parents", "ผู้แทนผู้ปกครอง"
    TEACHER = "teacher", "Teachers", "ผู้แทนครู"
    COMMUNITY_ORGANISATION = (
        "community_organisation",
        "Community organisations",
        "ผู้แทนองค์กรชุมชน",
    )
    LOCAL_GOVERNMENT = (
        "local_government",
        "Local government",
        "ผู้แทนองค์กรปกครองส่วนท้องถิ่น",
    )
    ALUMNI = "alumni", "Alumni", "ผู้แทนศิษย์เก่า"
    RELIGIOUS = "religious", "Religious organisations", "ผู้แทนพระภิกษุหรือองค์กรศาสนา"
    EXPERT = "expert", "Experts", "ผู้ทรงคุณวุฒิ"
    SECRETARY = "secretary", "Secretary", "กรรมการและเลขานุการ"
    OTHER = "other", "Other", "อื่น ๆ"


class SeatRole(BilingualChoices):
    CHAIR = "chair", "Chair", "ประธาน"
    SECRETARY = "secretary", "Secretary", "เลขานุการ"
    MEMBER = "member", "Member", "กรรมการ"


class MeetingStatus(BilingualChoices):
    CALLED = "called", "Called", "นัดประชุมแล้ว"
    OPEN = "open", "Open", "กำลังประชุม"
    CLOSED = "closed", "Closed", "ปิดประชุมแล้ว"
    MINUTES_ADOPTED = "minutes_adopted", "Minutes adopted", "รับรองรายงานการประชุมแล้ว"


class AgendaKind(BilingualChoices):
    """The usual order of a meeting's agenda (ระเบียบวาระ)."""

    CHAIR_INFORMS = "chair_informs", "The chair informs", "เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ"
    MINUTES = "minutes", "Adoption of minutes", "เรื่องรับรองรายงานการประชุม"
    CARRIED_OVER = "carried_over", "Carried over", "เรื่องสืบเนื่อง"
    FOR_INFORMATION = "for_information", "For information", "เรื่องเสนอเพื่อทราบ"
    FOR_DECISION = "for_decision", "For decision", "เรื่องเสนอเพื่อพิจารณา"
    OTHER = "other", "Other", "เรื่องอื่น ๆ"


class Presence(BilingualChoices):
    PRESENT = "present", "Present", "มาประชุม"
    ABSENT = "absent", "Absent", "ขาดประชุม"
    EXCUSED = "excused", "Excused", "ลาประชุม"
    RECUSED = "recused", "Recused", "งดร่วมประชุมเพราะมีส่วนได้เสีย"


class MotionStatus(BilingualChoices):
    PROPOSED = "proposed", "Proposed", "เสนอแล้ว"
    OPEN = "open", "Open for votes", "กำลังลงมติ"
    TIED = "tied", "Tied, awaiting the chair", "คะแนนเสียงเท่ากัน รอประธานชี้ขาด"
    CARRIED = "carried", "Carried", "เห็นชอบ"
    LOST = "lost", "Lost", "ไม่เห็นชอบ"
    WITHDRAWN = "withdrawn", "Withdrawn", "ถอนญัตติ"


class VoteChoice(BilingualChoices):
    """`RECUSED` declares a conflict of interest: the seat counts for neither quorum nor vote."""

    IN_FAVOUR = "in_favour", "In favour", "เห็นด้วย"
    AGAINST = "against", "Against", "ไม่เห็นด้วย"
    ABSTAINED = "abstained", "Abstained", "งดออกเสียง"
    RECUSED = "recused", "Recused", "มีส่วนได้เสีย"


class CastingVote(BilingualChoices):
    """The chair's further vote that decides a tie."""

    IN_FAVOUR = "in_favour", "In favour", "เห็นด้วย"
    AGAINST = "against", "Against", "ไม่เห็นด้วย"


class MajorityOf(BilingualChoices):
    """Of what more than half is needed."""

    VOTES_CAST = "votes_cast", "Votes in favour and against", "คะแนนเสียงเห็นด้วยและไม่เห็นด้วย"
    PRESENT = "present", "Members present", "กรรมการที่มาประชุม"


class ActionItemStatus(BilingualChoices):
    OPEN = "open", "Open", "ยังไม่แล้วเสร็จ"
    DONE = "done", "Done", "แล้วเสร็จ"
