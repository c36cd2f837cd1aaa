"""What spreadsheets may bring into this room: schools, teachers, memberships."""

from clusters.imports.memberships import MEMBERSHIPS
from clusters.imports.schools import SCHOOLS
from clusters.imports.teachers import TEACHERS
from core.imports.kinds import register_kind


def register_kinds() -> None:
    for kind in (SCHOOLS, TEACHERS, MEMBERSHIPS):
        register_kind(kind)
