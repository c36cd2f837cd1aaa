"""An office applies, proves its address, and is approved or rejected."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.actor import SYSTEM, Actor, ActorKind
from core.jobs.actions import start_job
from core.jobs.models import Job, JobState
from core.journal import actions as journal
from tenants.actions.areas import plan_area
from tenants.enums import UNDER_REVIEW, ApplicationState, AreaState
from tenants.errors import (
    ApplicationStateError,
    AreaStateError,
    NameTakenError,
    TooManyApplicationsError,
    TooManyLettersError,
)
from tenants.links import LASTS, make_link
from tenants.models import ApplicationDocument, ApplicationLink, AreaApplication
from tenants.official import speaks_for_its_office
from tenants.provisioning import remove
from tenants.queries import (
    PROVISION,
    application_behind,
    is_taken,
    not_set_up,
    provisioning_jobs,
)

logger = structlog.get_logger(__name__)

MAIL_STATE = "tenants.mail_state"
MOST_A_DAY = 5  # applications with one e-mail address
MOST_LETTERS_A_DAY = 10  # about one application
_RETRIED_FOR = timedelta(days=3)
_DOCUMENTS_KEPT = timedelta(days=90)  # after the decision


@transaction.atomic
def apply_for_area(*, actor: Actor, **office: Any) -> tuple[AreaApplication, str]:
    """Write an application down and mail the proof of its address; also its personal link's token.

    Raises NameTakenError, TooManyApplicationsError. Until it is proven it holds no name: nobody
    can squat on another's.
    """
    bound_by_address(office["email"])
    if is_taken(code=office["code"], slug=office["slug"]):
        raise NameTakenError
    application = AreaApplication.objects.create(**office)
    token = make_link(application)
    mail_state(application)
    journal.record("tenants.application.made", application, actor=actor)
    return application, token


def bound_by_address(email: str) -> None:
    """Nobody's mailbox is filled by others who type its address.

    Raises TooManyApplicationsError.
    """
    day = AreaApplication.objects.filter(created_at__gt=_a_day_ago())
    if day.filter(email__iexact=email).count() >= MOST_A_DAY:
        raise TooManyApplicationsError


def bound_letters(application: AreaApplication) -> None:
    """Nor by corrections and reminders without end. Raises TooManyLettersError."""
    letters = Job.objects.filter(kind=MAIL_STATE, params__application=str(application.pk))
    if letters.filter(created_at__gt=_a_day_ago()).count() >= MOST_LETTERS_A_DAY:
        raise TooManyLettersError


def _a_day_ago() -> datetime:
    return timezone.now() - timedelta(days=1)


def mail_state(application: AreaApplication) -> Job:
    """Send the applicant fresh links; a job, so that no mail is lost with a worker or a server."""
    return start_job(MAIL_STATE, {"application": str(application.pk)}, actor=SYSTEM)


@transaction.atomic
def remind_applicant(*, email: str) -> None:
    """Mail fresh links for this address's newest application; silently nothing if there is none,
    or if it had letters enough today."""
    newest = AreaApplication.objects.filter(email__iexact=email).order_by("-id").first()
    if newest is not None:
        with suppress(TooManyLettersError):
            bound_letters(newest)
            mail_state(newest)


@transaction.atomic
def prove_application(*, token: str) -> AreaApplication:
    """The address is real: submit the application. A second time changes nothing.

    Raises LinkInvalidError; NameTakenError if another office was faster.
    """
    row = locked_behind(token, proving=True)
    if row.state != ApplicationState.UNPROVEN:
        return row
    row.state, row.email_proven_at = ApplicationState.SUBMITTED, timezone.now()
    if is_taken(code=row.code, slug=row.slug):
        raise NameTakenError
    try:
        with transaction.atomic():
            row.save_changes("state", "email_proven_at")
    except IntegrityError:  # one live application per name
        raise NameTakenError from None
    record_applicant("submitted", row, {"state": row.state})
    if speaks_for_its_office(row.email, row.code):
        approve_application(row, actor=SYSTEM)
        row.refresh_from_db()
    return row


@transaction.atomic
def approve_application(application: AreaApplication, *, actor: Actor) -> Job:
    """Plan the area and start setting it up. Once approved, only a setting-up that failed resumes.

    Raises ApplicationStateError, NameTakenError.
    """
    row = application.locked()
    if row.state == ApplicationState.APPROVED and not is_being_set_up(row.pk):
        return _start_provisioning(row, actor=actor)
    if row.state not in UNDER_REVIEW:
        raise ApplicationStateError(state=row.state)
    try:
        with transaction.atomic():
            row.area = plan_area(row)
    except (IntegrityError, ValidationError):  # the database's word, and django-tenants'
        raise NameTakenError from None
    _decide(row, ApplicationState.APPROVED, "area", actor=actor)
    job = _start_provisioning(row, actor=actor)
    journal.record("tenants.application.approved", row, actor=actor, changes={"state": row.state})
    return job


@transaction.atomic
def reject_application(
    application: AreaApplication, *, reason: str, actor: Actor
) -> AreaApplication:
    """Say no, with the reason; the applicant gets it by mail. Raises ApplicationStateError."""
    row = application.locked()
    if row.state not in UNDER_REVIEW:
        raise ApplicationStateError(state=row.state)
    row.reason = reason
    _decide(row, ApplicationState.REJECTED, "reason", actor=actor)
    mail_state(row)
    journal.record("tenants.application.rejected", row, actor=actor, changes={"state": row.state})
    return row


@transaction.atomic
def give_up_setting_up(
    application: AreaApplication, *, reason: str, actor: Actor
) -> AreaApplication:
    """Clean up after a setting-up that failed or was cancelled, and say no, with the reason.

    Role, schema, host name and area are gone together; an area whose door was opened is not given
    up, but leaves. Raises ApplicationStateError, AreaStateError.
    """
    row = application.locked()
    if row.state != ApplicationState.APPROVED or row.area is None or is_being_set_up(row.pk):
        raise ApplicationStateError(state=row.state)
    area = row.area.locked()
    if area.state != AreaState.PROVISIONING:
        raise AreaStateError(state=area.state)
    remove(area)
    row.area, row.reason = None, reason
    _decide(row, ApplicationState.REJECTED, "reason", "area", actor=actor)
    area.delete()
    mail_state(row)
    journal.record("tenants.application.given_up", row, actor=actor, changes={"state": row.state})
    return row


@transaction.atomic
def resume_failed() -> int:
    """Set up once more what failed, for some days: servers come back. How many were started.

    An area may be open and its first administrator without a letter. What is not tried again is
    told in the log, and operators by mail, to resume or to give up.
    """
    recent = timezone.now() - _RETRIED_FOR
    started = 0
    for row in not_set_up().select_for_update(of=("self",), skip_locked=True):
        is_recent = row.decided_at is not None and row.decided_at > recent
        if is_recent and row.last_try == JobState.FAILED:  # type: ignore[attr-defined]
            _start_provisioning(row, actor=SYSTEM)
            started += 1
        else:
            logger.warning("area_not_set_up", application=str(row.pk), code=row.code)
    return started


@transaction.atomic
def forget_stale_applications() -> int:
    """Delete links past their time, applications that nobody proved, and documents long decided
    on; how many rows."""
    now = timezone.now()
    never_proven = AreaApplication.objects.filter(
        state=ApplicationState.UNPROVEN, created_at__lt=now - LASTS
    )
    decided = ApplicationDocument.objects.filter(application__decided_at__lt=now - _DOCUMENTS_KEPT)
    gone = (ApplicationLink.objects.filter(expires_at__lt=now), never_proven, decided)
    return sum(rows.delete()[0] for rows in gone)


def locked_behind(token: str, *, proving: bool = False) -> AreaApplication:
    """The application of a personal link, locked; the link may have ended while we waited for it.

    Raises LinkInvalidError.
    """
    row = application_behind(token, proving=proving).locked()
    application_behind(token, proving=proving)
    return row


def record_applicant(what: str, row: AreaApplication, changes: Mapping[str, Any]) -> None:
    """Journal what whoever holds the personal link has done."""
    applicant = Actor(kind=ActorKind.LINK, id=row.pk)
    journal.record(f"tenants.application.{what}", row, actor=applicant, changes=changes)


def _decide(row: AreaApplication, state: ApplicationState, *fields: str, actor: Actor) -> None:
    at: datetime = timezone.now()
    row.state, row.decided_at, row.decided_by = state, at, actor.id
    row.save_changes("state", "decided_at", "decided_by", *fields)


def _start_provisioning(row: AreaApplication, *, actor: Actor) -> Job:
    return start_job(PROVISION, {"application": str(row.pk)}, actor=actor)


def is_being_set_up(application_id: UUID) -> bool:
    """True also if it is done already; False if it failed or was cancelled."""
    jobs = provisioning_jobs(application_id)
    return jobs.exclude(state__in=[JobState.FAILED, JobState.CANCELLED]).exists()
