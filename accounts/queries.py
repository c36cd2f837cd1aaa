"""Who sees which people, and which roles hold."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.enums import AREA_ROLES, CHIEF_ROLES, PLATFORM_ROLES, Role, Scope
from accounts.models import Invitation, RoleGrant, User
from core.actor import Actor
from core.area import current_schema
from tenants.postgresql.base import PUBLIC


def grants_holding() -> QuerySet[RoleGrant]:
    """Grants that hold today."""
    today = timezone.localdate()
    return RoleGrant.objects.filter(valid_from__lte=today).filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=today)
    )


def grants_open() -> QuerySet[RoleGrant]:
    """Grants that hold today or will one day."""
    return RoleGrant.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=timezone.localdate())
    )


def roles_granted_here() -> frozenset[Role]:
    """The roles that exist in the present schema: an area's, or the platform's."""
    return PLATFORM_ROLES if current_schema() == PUBLIC else AREA_ROLES


def users_visible_to(actor: Actor) -> QuerySet[User]:
    """Administrators and officers see everyone, a director the people of the school, others
    themselves."""
    if actor.has(*CHIEF_ROLES, Role.OFFICER):
        return User.objects.all()
    schools = list(actor.scope_ids(Role.SCHOOL_DIRECTOR, Scope.SCHOOL))
    if schools:
        return users_of_schools(schools)
    return User.objects.filter(pk__in=[actor.id] if actor.id else [])


def users_of_schools(school_ids: Iterable[UUID]) -> QuerySet[User]:
    there = grants_holding().filter(
        user=OuterRef("pk"), scope=Scope.SCHOOL, scope_id__in=list(school_ids)
    )
    return User.objects.filter(Exists(there))


def grants_visible_to(actor: Actor) -> QuerySet[RoleGrant]:
    if actor.has(*CHIEF_ROLES, Role.OFFICER):
        return RoleGrant.objects.all()
    return RoleGrant.objects.filter(user__in=[actor.id] if actor.id else [])


def invitations_visible_to(actor: Actor) -> QuerySet[Invitation]:
    return Invitation.objects.all() if actor.has(*CHIEF_ROLES) else Invitation.objects.none()


def still_open(invitations: QuerySet[Invitation]) -> QuerySet[Invitation]:
    return invitations.filter(
        accepted_at__isnull=True, revoked_at__isnull=True, expires_at__gt=timezone.now()
    )
