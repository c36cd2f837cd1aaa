"""Who may write, read and verify activity logs."""

from accounts.enums import Role, Scope
from clusters.queries import memberships_on
from core.access import rule
from core.actor import Actor
from pd_activities.models import ActivityLog
from pd_activities.rules.training import LEARNERS, OFFICE, ORGANISERS


@rule
def may_see_logs(actor: Actor, _obj: object) -> bool:
    """Teachers their own, directors and coordinators their schools', the area office all."""
    return actor.has(*LEARNERS)


@rule
def may_write_log(actor: Actor, _obj: object) -> bool:
    """Teachers, each their own."""
    return actor.has(Role.TEACHER)


@rule
def may_change_log(actor: Actor, obj: object) -> bool:
    """The teacher who wrote it."""
    return isinstance(obj, ActivityLog) and actor.id == obj.teacher.user_id


@rule
def may_verify_log(actor: Actor, obj: object) -> bool:
    """The school's director, its cluster's coordinator, the area office; nobody their own."""
    if not isinstance(obj, ActivityLog):
        return actor.has(*ORGANISERS)
    if actor.id == obj.teacher.user_id:
        return False
    return (
        actor.has(*OFFICE)
        or obj.school_id in set(actor.scope_ids(Role.SCHOOL_DIRECTOR, Scope.SCHOOL))
        or _coordinates(actor, obj)
    )


def _coordinates(actor: Actor, log: ActivityLog) -> bool:
    clusters = list(actor.scope_ids(Role.CLUSTER_COORDINATOR, Scope.CLUSTER))
    return bool(clusters) and (
        memberships_on().filter(cluster__in=clusters, school=log.school_id).exists()
    )
