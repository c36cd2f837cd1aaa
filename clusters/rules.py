"""Who may do what here. The docstrings are printed in the API document."""

from datetime import date
from typing import Any
from uuid import UUID

from accounts.enums import Role, Scope
from clusters.enums import AREA_MANAGERS
from clusters.models import Agreement, Cluster, Membership, Plan, PlanVersion
from core.access import rule
from core.actor import Actor, ActorKind


@rule
def manages_area(actor: Actor, _obj: object = None) -> bool:
    """The area's administrators and officers."""
    return actor.kind == ActorKind.SYSTEM or actor.has(*AREA_MANAGERS)


@rule
def may_set_stage_rules(actor: Actor, _obj: object) -> bool:
    """The area's administrators."""
    return actor.has(Role.AREA_ADMIN)


@rule
def may_read(actor: Actor, _obj: object) -> bool:
    """Everyone with a role in the area; each sees what their roles reach."""
    return bool(actor.grants)


@rule
def may_run_cluster(actor: Actor, thing: Any) -> bool:
    """The area's administrators and officers; a coordinator for the own cluster."""
    if manages_area(actor):
        return True
    if thing is None:
        return actor.has(Role.CLUSTER_COORDINATOR)  # decided when the cluster is known
    return coordinates(actor, cluster_of(thing))


def coordinates(actor: Actor, cluster_id: UUID) -> bool:
    """True if the actor coordinates this cluster."""
    return cluster_id in actor.scope_ids(Role.CLUSTER_COORDINATOR, Scope.CLUSTER)


def coordinates_school(actor: Actor, school_id: UUID, day: date | None = None) -> bool:
    """True if the actor coordinates the cluster that the school belongs to on this day."""
    own = list(actor.scope_ids(Role.CLUSTER_COORDINATOR, Scope.CLUSTER))
    return (
        bool(own) and Membership.objects.on(day).filter(school=school_id, cluster__in=own).exists()
    )


def directs(actor: Actor, school_id: UUID) -> bool:
    """True if the actor directs this school."""
    return school_id in actor.scope_ids(Role.SCHOOL_DIRECTOR, Scope.SCHOOL)


def cluster_of(thing: Cluster | Membership | Agreement | Plan | PlanVersion) -> UUID:
    """The id of the cluster that this belongs to."""
    if isinstance(thing, Cluster):
        return thing.pk
    return thing.plan.cluster_id if isinstance(thing, PlanVersion) else thing.cluster_id
