"""The area's register of schools."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from clusters.actions.changes import is_taken, put
from clusters.errors import SchoolCodeTakenError
from clusters.models import School
from core.actor import Actor
from core.journal import actions as journal
from core.thai import sort_key


@transaction.atomic
def create_school(*, actor: Actor, **fields: Any) -> School:
    """Add a school. Raises SchoolCodeTakenError."""
    _check_code(fields["code"])
    school = School.objects.create(**fields, sort_key=sort_key(fields["name_th"]))
    journal.record(
        "clusters.school.created", school, actor=actor, school_id=school.pk, changes=fields
    )
    return school


@transaction.atomic
def update_school(school: School, fields: Mapping[str, Any], *, actor: Actor) -> School:
    """Change what is known of a school. Raises SchoolCodeTakenError, StaleVersionError."""
    row = school.locked_unchanged()
    if "code" in fields:
        _check_code(fields["code"], but=row.pk)
    if changes := put(row, fields):
        journal.record(
            "clusters.school.updated", row, actor=actor, school_id=row.pk, changes=changes
        )
    return row


def _check_code(code: str, but: UUID | None = None) -> None:
    if is_taken(School.objects.filter(code=code), but):
        raise SchoolCodeTakenError(code=code)
