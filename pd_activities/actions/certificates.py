"""Certificates of hours: issued from the transcript, signed by the area, revoked for a reason."""

from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from clusters.models import Teacher
from core.actor import Actor
from core.calendar import area_calendar
from core.journal import actions as journal
from pd_activities.errors.certificates import NothingCreditedError
from pd_activities.models import Certificate
from pd_activities.queries.certificates import sha256_of, statement_of
from pd_activities.queries.hours import transcript_of
from tenants import signing


@transaction.atomic
def issue_certificate(
    teacher: Teacher, *, academic_year: int | None, actor: Actor
) -> tuple[Certificate, bool]:
    """A signed statement of what the ledger says now, and whether it is a new one.

    Where one that holds says the same already, it is that one. Raises NothingCreditedError.
    """
    row = Teacher.objects.select_for_update(no_key=True, of=("self",)).get(pk=teacher.pk)
    statement = statement_of(transcript_of(row, academic_year))
    if not statement["credit_minutes"]:
        raise NothingCreditedError
    sha256 = sha256_of(statement)
    same = Certificate.objects.filter(
        teacher=row, academic_year=academic_year, statement_sha256=sha256, revoked_at=None
    )
    if known := same.order_by("created_at").first():
        return known, False
    number = uuid4()
    certificate = Certificate.objects.create(
        id=number,
        teacher=row,
        academic_year=academic_year,
        statement=statement,
        statement_sha256=sha256,
        signed=signing.sign(_claims(number, academic_year, statement)),
        issued_by=actor.id,
    )
    journal.record(
        "pd_activities.certificate.issued",
        certificate,
        actor=actor,
        school_id=row.school_id,
        changes={"academic_year": academic_year, "credit_minutes": statement["credit_minutes"]},
    )
    return certificate, True


def _claims(number: UUID, academic_year: int | None, statement: dict[str, Any]) -> dict[str, Any]:
    """What is signed: names as printed, minutes by kind, and a hash in place of the entries."""
    calendar = area_calendar()
    days = [each["occurred_on"] for each in statement["entries"]]
    first, last = min(days), max(days)
    if academic_year is not None:
        first, last = (day.isoformat() for day in calendar.days_of(academic_year))
    return {
        "jti": str(number),
        "iat": int(timezone.now().timestamp()),
        "sub": statement["teacher_name"],
        "school": statement["school_name"],
        "from": first,
        "until": last,
        "hours": statement["hours"],
        "credit_minutes": statement["credit_minutes"],
        "entries": sha256_of(statement["entries"]),
    }


@transaction.atomic
def revoke_certificate(certificate: Certificate, *, reason: str, actor: Actor) -> Certificate:
    """It holds no more, here and for whoever verifies it. Twice changes nothing."""
    row = certificate.locked()
    if row.revoked_at is not None:
        return row
    row.revoked_at, row.revoked_by, row.revoked_reason = timezone.now(), actor.id, reason
    row.save_changes("revoked_at", "revoked_by", "revoked_reason")
    signing.revoke(row.pk, revoked_at=row.revoked_at)
    journal.record(
        "pd_activities.certificate.revoked",
        row,
        actor=actor,
        school_id=row.teacher.school_id,
        changes={"revoked_at": row.revoked_at},
    )
    return row
