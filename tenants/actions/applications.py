"""An office applies, proves its address, and is approved or rejected."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from core.actor import SYSTEM, Actor, ActorKind
from core.jobs.actions import start_job
from core.jobs.models import Job, JobState
from core.journal import actions as journal
from tenants.actions.areas import plan_area
from tenants.enums import ApplicationState, AreaState
from tenants.errors import ApplicationStateError, NameTakenError
from tenants.links import LASTS, make_link
from tenants.models import ApplicationLink, Area, AreaApplication
from tenants.names import RESERVED
from tenants.queries import application_behind

MAIL_STATE = "tenants.mail_state"
PROVISION = "tenants.provision"
_LIVE = [ApplicationState.SUBMITTED, ApplicationState.APPROVED]


@transaction.atomic
def apply_for_area(*, actor: Actor, **office: Any) -> tuple[AreaApplication, str]:
    """Write an application down and mail the proof of its address; also its personal link's token.

    Raises NameTakenError. Until it is proven it holds no name: nobody can squat on another's.
    """
    if office["slug"] in RESERVED or _is_taken(office["code"], office["slug"]):
        raise NameTakenError
    application = AreaApplication.objects.create(**office)
    token = make_link(application)
    mail_state(application)
    journal.record("tenants.application.made", application, actor=actor)
    return application, token


def mail_state(application: AreaApplication) -> Job:
    """Send the applicant fresh links; a job, so that no mail is lost with a worker or a server."""
    return start_job(MAIL_STATE, {"application": str(application.pk)}, actor=SYSTEM)


@transaction.atomic
def remind_applicant(*, email: str) -> None:
    """Mail fresh links for this address's newest application; silently nothing if there is none."""
    newest = AreaApplication.objects.filter(email__iexact=email).order_by("-id").first()
    if newest is not None:
        mail_state(newest)


@transaction.atomic
def prove_application(*, token: str) -> AreaApplication:
    """The address is real: submit the application. A second time changes nothing.

    Raises LinkInvalidError; NameTakenError if another office was faster.
    """
    row = application_behind(token, proving=True).locked()
    if row.state != ApplicationState.UNPROVEN:
        return row
    row.state, row.email_proven_at = ApplicationState.SUBMITTED, timezone.now()
    if _has_area(row.code, row.slug):
        raise NameTakenError
    try:
        with transaction.atomic():
            row.save_changes("state", "email_proven_at")
    except IntegrityError:  # one live application per name
        raise NameTakenError from None
    applicant = Actor(kind=ActorKind.LINK, id=row.pk)
    journal.record(
        "tenants.application.submitted", row, actor=applicant, changes={"state": row.state}
    )
    return row


@transaction.atomic
def approve_application(application: AreaApplication, *, actor: Actor) -> Job:
    """Plan the area and start setting it up. Once approved, only a setting-up that failed resumes.

    Raises ApplicationStateError, NameTakenError.
    """
    row = application.locked()
    if row.state == ApplicationState.APPROVED and not _is_provisioning_under_way_or_done(row.pk):
        return _start_provisioning(row, actor=actor)
    if row.state != ApplicationState.SUBMITTED:
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
    if row.state != ApplicationState.SUBMITTED:
        raise ApplicationStateError(state=row.state)
    row.reason = reason
    _decide(row, ApplicationState.REJECTED, "reason", actor=actor)
    mail_state(row)
    journal.record("tenants.application.rejected", row, actor=actor, changes={"state": row.state})
    return row


@transaction.atomic
def forget_stale_applications() -> int:
    """Delete links past their time, and applications whose address nobody proved; how many."""
    now = timezone.now()
    never_proven = AreaApplication.objects.filter(
        state=ApplicationState.UNPROVEN, created_at__lt=now - LASTS
    )
    gone = (ApplicationLink.objects.filter(expires_at__lt=now), never_proven)
    return sum(rows.delete()[0] for rows in gone)


def _is_taken(code: str, slug: str) -> bool:
    same = Q(code=code) | Q(slug=slug)
    applied = AreaApplication.objects.filter(same, state__in=_LIVE)
    return _has_area(code, slug) or applied.exists()


def _has_area(code: str, slug: str) -> bool:
    """Of the areas that have left, nobody has the name any more."""
    there = Area.objects.exclude(state=AreaState.DELETED)
    return there.filter(Q(code=code) | Q(slug=slug)).exists()


def _decide(row: AreaApplication, state: ApplicationState, *fields: str, actor: Actor) -> None:
    at: datetime = timezone.now()
    row.state, row.decided_at, row.decided_by = state, at, actor.id
    row.save_changes("state", "decided_at", "decided_by", *fields)


def _start_provisioning(row: AreaApplication, *, actor: Actor) -> Job:
    return start_job(PROVISION, {"application": str(row.pk)}, actor=actor)


def _is_provisioning_under_way_or_done(application_id: UUID) -> bool:
    return (
        Job.objects.filter(kind=PROVISION, params__application=str(application_id))
        .exclude(state__in=[JobState.FAILED, JobState.CANCELLED])
        .exists()
    )
