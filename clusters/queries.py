"""Reads: who belongs to whom on a day, and what an actor may see.

Everyone in an area-wide role sees the area. The others see what their grants reach: a cluster with
its present member schools, or a school with the cluster that it belongs to.
"""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from accounts.enums import Role, Scope
from clusters.enums import AREA_MANAGERS, DEFAULT_EVIDENCE
from clusters.models import (
    Agreement,
    Cluster,
    Membership,
    Plan,
    PlanItem,
    PlanVersion,
    School,
    StageChange,
    StageRules,
    Teacher,
)
from core.actor import Actor, ActorKind

_ANSWERS_FOR_STAFF = (
    *AREA_MANAGERS,
    Role.SUPERVISOR,
    Role.CLUSTER_COORDINATOR,
    Role.SCHOOL_DIRECTOR,
)


# --- Membership on a day -----------------------------------------------------------------------
def memberships_on(day: date | None = None) -> QuerySet[Membership]:
    """Memberships that hold on this day; without one, today."""
    return Membership.objects.on(day)


def member_schools(cluster: Cluster, day: date | None = None) -> QuerySet[School]:
    return School.objects.filter(
        pk__in=memberships_on(day).filter(cluster=cluster).values("school")
    )


# --- What an actor's grants reach --------------------------------------------------------------
def sees_whole_area(actor: Actor, *roles: str) -> bool:
    """True if one of these roles (without any: some role) is held for the whole area."""
    return actor.kind == ActorKind.SYSTEM or any(
        grant.scope == Scope.AREA and (not roles or grant.role in roles) for grant in actor.grants
    )


def school_ids_of(actor: Actor, *roles: str) -> QuerySet[School, UUID]:
    """Ids of the schools that the actor's grants (of these roles) reach, for use in `__in`.

    A grant for a cluster reaches the schools that are its members today.
    """
    ids = School.objects.values_list("pk", flat=True)
    if sees_whole_area(actor, *roles):
        return ids
    in_clusters = memberships_on().filter(cluster__in=_granted(actor, Scope.CLUSTER, roles))
    return ids.filter(
        Q(pk__in=_granted(actor, Scope.SCHOOL, roles)) | Q(pk__in=in_clusters.values("school"))
    )


def cluster_ids_of(actor: Actor, *roles: str) -> QuerySet[Cluster, UUID]:
    """Ids of the clusters that the actor's grants (of these roles) reach, for use in `__in`.

    A grant for a school reaches the cluster of which it is a member today.
    """
    ids = Cluster.objects.values_list("pk", flat=True)
    if sees_whole_area(actor, *roles):
        return ids
    of_schools = memberships_on().filter(school__in=_granted(actor, Scope.SCHOOL, roles))
    return ids.filter(
        Q(pk__in=_granted(actor, Scope.CLUSTER, roles)) | Q(pk__in=of_schools.values("cluster"))
    )


def teacher_of(actor: Actor) -> Teacher | None:
    """The staff record of the person who acts, if they have one."""
    return Teacher.objects.filter(user=actor.id).first() if actor.id else None


def _granted(actor: Actor, scope: Scope, roles: tuple[str, ...]) -> list[UUID]:
    return list(_scope_ids(actor, scope, roles))


def _scope_ids(actor: Actor, scope: Scope, roles: tuple[str, ...]) -> Iterator[UUID]:
    for grant in actor.grants:
        if grant.scope == scope and grant.scope_id and (not roles or grant.role in roles):
            yield grant.scope_id


# --- What is visible ---------------------------------------------------------------------------
def clusters_visible_to(actor: Actor) -> QuerySet[Cluster]:
    return Cluster.objects.filter(pk__in=cluster_ids_of(actor))


def schools_visible_to(actor: Actor) -> QuerySet[School]:
    """The schools of one's grants and of their clusters; a coordinator also those of no cluster."""
    if sees_whole_area(actor):
        return School.objects.all()
    fellows = memberships_on().filter(cluster__in=cluster_ids_of(actor))
    visible = Q(pk__in=school_ids_of(actor)) | Q(pk__in=fellows.values("school"))
    if actor.has(Role.CLUSTER_COORDINATOR):
        visible |= ~Q(pk__in=memberships_on().values("school"))
    return School.objects.filter(visible)


def teachers_visible_to(actor: Actor) -> QuerySet[Teacher]:
    """Oneself, and the staff of the schools that one answers for or views.

    Each row says in `is_open` whether the actor may read its e-mail and standing.
    """
    own = Q(user=actor.id) if actor.id else Q(pk__in=[])
    is_open = own | Q(school__in=school_ids_of(actor, *_ANSWERS_FOR_STAFF))
    is_visible = own | Q(school__in=school_ids_of(actor, *_ANSWERS_FOR_STAFF, Role.VIEWER))
    return Teacher.objects.filter(is_visible).annotate(is_open=is_open)


def memberships_visible_to(actor: Actor) -> QuerySet[Membership]:
    return Membership.objects.filter(cluster__in=cluster_ids_of(actor))


def agreements_visible_to(actor: Actor) -> QuerySet[Agreement]:
    return Agreement.objects.filter(cluster__in=cluster_ids_of(actor)).prefetch_related(
        "signatures"
    )


def stage_changes_of(cluster: Cluster) -> QuerySet[StageChange]:
    """The history of a cluster's network stage, newest first."""
    return StageChange.objects.filter(cluster=cluster).order_by("-id")


def stage_rules() -> StageRules:
    """The area's own rules, or the default."""
    return StageRules.objects.first() or StageRules(requirements=DEFAULT_EVIDENCE)


def plans_visible_to(actor: Actor) -> QuerySet[Plan]:
    versions = PlanVersion.objects.order_by("number")
    return Plan.objects.filter(cluster__in=cluster_ids_of(actor)).prefetch_related(
        Prefetch("versions", versions)
    )


def plan_versions_visible_to(actor: Actor) -> QuerySet[PlanVersion]:
    items = PlanItem.objects.order_by("position")
    return (
        PlanVersion.objects.filter(plan__cluster__in=cluster_ids_of(actor))
        .select_related("plan")
        .prefetch_related(Prefetch("items", items))
    )
