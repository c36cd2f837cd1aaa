"""Who sees which people, and which roles hold."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.db.models.functions import Lower

from accounts.enums import AREA_ROLES, CHIEF_ROLES, PLATFORM_ROLES, Role, Scope
from accounts.models import Invitation, RoleGrant, User
from core.actor import Actor
from core.area import current_schema
from core.journal.actions import number_before
from core.journal.models import JournalEntry
from core.quotas import Quota, counts
from tenants.figures import monthly
from tenants.postgresql.base import PUBLIC


def roles_granted_here() -> frozenset[Role]:
    """The roles that exist in the present schema: an area's, or the platform's."""
    return PLATFORM_ROLES if current_schema() == PUBLIC else AREA_ROLES


def is_operator_today(user_id: UUID) -> bool:
    """Asked in the public schema: true for an active account that holds the role."""
    held = RoleGrant.objects.holding().filter(user=user_id, user__is_active=True)
    return held.filter(role=Role.OPERATOR).exists()


@counts(Quota.USERS)
def active_users() -> int:
    return User.objects.filter(is_active=True).count()


@monthly("signed_in_users")
def signed_in_users(start: datetime, end: datetime) -> int:
    """How many people signed in at least once."""
    entries = JournalEntry.objects.filter(
        number__gt=number_before(start),
        verb="accounts.user.signed_in",
        at__gte=start,
        at__lt=end,
    )
    return entries.aggregate(people=Count("actor_id", distinct=True))["people"] or 0


def codes_without_account(codes: Iterable[str]) -> set[str]:
    """Those of these staff codes, in lower case, that nobody has here."""
    wanted = {code.lower() for code in codes}
    named = User.objects.alias(named=Lower("username")).filter(named__in=list(wanted))
    return wanted - {code.lower() for code in named.values_list("username", flat=True) if code}


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
