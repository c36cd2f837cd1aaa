from core.text import BilingualChoices


class Role(BilingualChoices):
    """Who someone is to the area, a cluster or a school; the last two belong to the platform."""

    AREA_ADMIN = "area_admin", "Area administrator", "ผู้ดูแลระบบเขตพื้นที่"
    OFFICER = "officer", "Education officer", "นักวิชาการศึกษา"
    SUPERVISOR = "supervisor", "Supervisor", "ศึกษานิเทศก์"
    CLUSTER_COORDINATOR = "cluster_coordinator", "Cluster coordinator", "ผู้ประสานงานกลุ่มโรงเรียน"
    SCHOOL_DIRECTOR = "school_director", "School director", "ผู้อำนวยการโรงเรียน"
    TEACHER = "teacher", "Teacher", "ครู"
    COMMITTEE_MEMBER = "committee_member", "Committee member", "กรรมการ"
    VIEWER = "viewer", "Viewer", "ผู้เข้าชม"
    OPERATOR = "operator", "Platform operator", "ผู้ดูแลแพลตฟอร์ม"
    NATIONAL_VIEWER = "national_viewer", "National viewer", "ผู้ดูข้อมูลระดับประเทศ"


class Scope(BilingualChoices):
    PLATFORM = "platform", "Platform", "แพลตฟอร์ม"
    AREA = "area", "Area", "เขตพื้นที่"
    CLUSTER = "cluster", "Cluster", "กลุ่มโรงเรียน"
    SCHOOL = "school", "School", "โรงเรียน"


class OidcMatch(BilingualChoices):
    """By what an account is found that an issuer vouches for."""

    EMAIL = "email", "Verified e-mail address", "อีเมลที่ยืนยันแล้ว"
    STAFF_CODE = "staff_code", "Staff code", "รหัสบุคลากร"


class Language(BilingualChoices):
    THAI = "th", "Thai", "ไทย"
    ENGLISH = "en", "English", "อังกฤษ"


SCOPES_OF_ROLE: dict[Role, frozenset[Scope]] = {
    Role.AREA_ADMIN: frozenset({Scope.AREA}),
    Role.OFFICER: frozenset({Scope.AREA}),
    Role.SUPERVISOR: frozenset({Scope.AREA}),
    Role.CLUSTER_COORDINATOR: frozenset({Scope.CLUSTER}),
    Role.SCHOOL_DIRECTOR: frozenset({Scope.SCHOOL}),
    Role.TEACHER: frozenset({Scope.SCHOOL}),
    Role.COMMITTEE_MEMBER: frozenset({Scope.CLUSTER, Scope.SCHOOL}),
    Role.VIEWER: frozenset({Scope.AREA, Scope.CLUSTER, Scope.SCHOOL}),
    Role.OPERATOR: frozenset({Scope.PLATFORM}),
    Role.NATIONAL_VIEWER: frozenset({Scope.PLATFORM}),
}

PLATFORM_ROLES = frozenset({Role.OPERATOR, Role.NATIONAL_VIEWER})
AREA_ROLES = frozenset(Role) - PLATFORM_ROLES
# Who hands out roles, in an area and on the platform; there is always someone left who holds it.
CHIEF_ROLES = frozenset({Role.AREA_ADMIN, Role.OPERATOR})
