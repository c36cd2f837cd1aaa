"""The register of the schools' staff."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.actions.staff import StaffRow, create_staff_accounts, take_seats
from accounts.enums import Role, Scope
from clusters.actions.changes import is_taken, put
from clusters.errors import HasAccountError, StaffCodeTakenError
from clusters.models import School, Teacher
from core.actor import Actor
from core.journal import actions as journal
from core.thai import sort_key


@transaction.atomic
def create_teacher(*, school: School, actor: Actor, **fields: Any) -> Teacher:
    """Add someone to a school's staff. Raises StaffCodeTakenError."""
    _check_staff_code(fields["staff_code"])
    teacher = Teacher.objects.create(school=school, **fields, sort_key=sort_key(fields["name_th"]))
    journal.record(
        "clusters.teacher.created", teacher, actor=actor, school_id=school.pk, changes=fields
    )
    return teacher


@transaction.atomic
def update_teacher(teacher: Teacher, fields: Mapping[str, Any], *, actor: Actor) -> Teacher:
    """Change a staff record; a new `school` moves the person there.

    Raises StaffCodeTakenError, StaleVersionError.
    """
    row = teacher.locked_unchanged()
    if "staff_code" in fields:
        _check_staff_code(fields["staff_code"], but=row.pk)
    values = dict(fields)
    if "school" in values:
        values["school_id"] = values.pop("school").pk
    if changes := put(row, values):
        journal.record(
            "clusters.teacher.updated", row, actor=actor, school_id=row.school_id, changes=changes
        )
    return row


@transaction.atomic
def open_account(teacher: Teacher, *, actor: Actor) -> Teacher:
    """Give someone an account named by the staff code, with the role of a teacher of the school.

    It has no password: an access slip opens it. Raises HasAccountError, QuotaExceededError.
    """
    if teacher.user_id is None:
        take_seats([teacher.staff_code])
    row = teacher.locked()
    if row.user_id is not None:
        raise HasAccountError
    (row.user,) = create_staff_accounts(
        [StaffRow(row.staff_code, row.name_th, Role.TEACHER, Scope.SCHOOL, row.school_id)],
        actor=actor,
    )
    row.save_changes("user")
    journal.record(
        "clusters.teacher.account_opened",
        row,
        actor=actor,
        school_id=row.school_id,
        changes={"user": row.user_id},
    )
    return row


def _check_staff_code(code: str, but: UUID | None = None) -> None:
    if is_taken(Teacher.objects.filter(staff_code=code), but):
        raise StaffCodeTakenError(code=code)
