"""Who sees which people, and which roles hold."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from accounts.enums import AREA_ROLES, CHIEF_ROLES, PLATFORM_ROLES, Role, Scope
from accounts.models import Invitation, RoleGrant, User
from core.actor import Actor
from core.area import current_schema
from tenants.postgresql.base import PUBLIC


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
    there = RoleGrant.objects.holding().filter(
        user=OuterRef("pk"), scope=Scope.SCHOOL, scope_id__in=list(school_ids)
    )
    return User.objects.filter(Exists(there))


def grants_visible_to(actor: Actor) -> QuerySet[RoleGrant]:
    if actor.has(*CHIEF_ROLES, Role.OFFICER):
        return RoleGrant.objects.all()
    return RoleGrant.objects.filter(user__in=[actor.id] if actor.id else [])


def invitations_visible_to(actor: Actor, *, only_open: bool = False) -> QuerySet[Invitation]:
    if not actor.has(*CHIEF_ROLES):
        return Invitation.objects.none()
    return Invitation.objects.open() if only_open else Invitation.objects.all()
