"""Which areas and applications someone may see."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from core.actor import Actor
from core.errors import NotFoundError
from core.jobs.models import UNFINISHED, Job, JobState
from tenants.enums import LIVE, ApplicationState, AreaState
from tenants.errors import LinkInvalidError
from tenants.links import digest
from tenants.models import (
    ApplicationDocument,
    ApplicationLink,
    Area,
    AreaApplication,
    AreaUsage,
    ServicePlan,
)
from tenants.names import RESERVED

_UNREAD = ApplicationDocument.objects.defer("content")
PROVISION = "tenants.provision"  # a kind of job


def areas_visible_to(actor: Actor) -> QuerySet[Area]:
    """Operators see every area that was not deleted; everyone sees the active ones."""
    if actor.has("operator"):
        return Area.objects.exclude(state=AreaState.DELETED)
    return Area.objects.filter(state=AreaState.ACTIVE)


def area_named(key: str, actor: Actor) -> Area:
    """By id or code, among those that the actor sees. Raises NotFoundError."""
    found = areas_visible_to(actor).filter(by_id_or_code(key)).first()
    if found is None:
        raise NotFoundError
    return found


def areas_that_signed_as(key: str) -> QuerySet[Area]:
    """By id, or all that had this code, those that have left too. Raises NotFoundError."""
    try:
        found = Area.objects.filter(pk=UUID(key))
    except ValueError:
        found = Area.objects.filter(code=key)
    if not found.exists():
        raise NotFoundError
    return found


def service_plans_visible_to(actor: Actor) -> QuerySet[ServicePlan]:
    return ServicePlan.objects.all() if actor.has("operator") else ServicePlan.objects.none()


def usage_visible_to(actor: Actor) -> QuerySet[AreaUsage]:
    """All areas' months, for operators."""
    return AreaUsage.objects.all() if actor.has("operator") else AreaUsage.objects.none()


def is_taken(
    *, code: str = "", slug: str = "", but_by: Area | AreaApplication | None = None
) -> bool:
    """Whether this code or sub-domain is another's: of an area that has not left, as its name or
    former name, or of a live application; or of nobody, ever."""
    same = Q(code=code) | Q(slug=slug)
    host = f"{slug}.{settings.BASE_DOMAIN}"
    areas = Area.objects.filter(same | Q(domains__domain=host)).exclude(state=AreaState.DELETED)
    applications = AreaApplication.objects.filter(same, state__in=LIVE)
    if but_by is not None:
        areas, applications = areas.exclude(pk=but_by.pk), applications.exclude(pk=but_by.pk)
    if isinstance(but_by, Area):
        applications = applications.exclude(area=but_by)
    return slug in RESERVED or areas.exists() or applications.exists()


def by_id_or_code(key: str) -> Q:
    try:
        return Q(pk=UUID(key))
    except ValueError:
        return Q(code=key) & ~Q(state=AreaState.DELETED)  # a code may come back


def applications_visible_to(actor: Actor) -> QuerySet[AreaApplication]:
    if actor.has("operator"):
        rows = AreaApplication.objects.select_related("area")
        return rows.prefetch_related(Prefetch("documents", _UNREAD))
    return AreaApplication.objects.none()


def provisioning_jobs(application_id: UUID) -> QuerySet[Job]:
    """Each try to set this application's area up, the newest first."""
    jobs = Job.objects.filter(kind=PROVISION, params__application=str(application_id))
    return jobs.order_by("-id")


def not_set_up() -> QuerySet[AreaApplication]:
    """Approved, but the last try to set the area up has failed or was cancelled, or nothing is
    known of it any more; `last_try` is its state. An area may be open, without the first letter.
    """
    key = KeyTextTransform("application", "params")
    tries = Job.objects.annotate(of=key).filter(
        kind=PROVISION, of=Cast(OuterRef("pk"), TextField())
    )
    last: Any = Subquery(tries.order_by("-id").values("state")[:1])
    rows = AreaApplication.objects.select_related("area").annotate(
        last_try=Coalesce(last, Value(""))
    )
    half = Q(area__state=AreaState.PROVISIONING) & ~Q(
        last_try__in=[*UNFINISHED, JobState.SUCCEEDED]
    )
    unwelcomed = Q(area__state=AreaState.ACTIVE, last_try=JobState.FAILED)
    return rows.filter(half | unwelcomed, state=ApplicationState.APPROVED)


def to_review() -> QuerySet[AreaApplication]:
    """Proven and not yet read, or answered since."""
    return AreaApplication.objects.filter(state=ApplicationState.SUBMITTED)


def documents_visible_to(actor: Actor) -> QuerySet[ApplicationDocument]:
    if actor.has("operator"):
        return ApplicationDocument.objects.all()
    return ApplicationDocument.objects.none()


def application_behind(token: str, *, proving: bool = False) -> AreaApplication:
    """What a personal link leads to. Raises LinkInvalidError, whatever is wrong with it."""
    links = ApplicationLink.objects.filter(digest=digest(token), expires_at__gt=timezone.now())
    if proving:
        links = links.filter(proves_email=True)
    link = links.select_related("application__area").first()
    if link is None:
        raise LinkInvalidError
    return link.application
