"""Who may write, read and verify activity logs."""

from accounts.enums import Role
from clusters.rules import coordinates_school, directs
from core.access import rule
from core.actor import Actor
from pd_activities.models import ActivityLog
from pd_activities.queries.reach import OFFICE
from pd_activities.rules.training import LEARNERS, ORGANISERS


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
        or directs(actor, obj.school_id)
        or coordinates_school(actor, obj.school_id)
    )
