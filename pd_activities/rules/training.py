"""Who may do what with trainings, seats and attendance."""

from accounts.enums import Role
from clusters.rules import coordinates, directs, manages_area
from core.access import rule
from core.actor import Actor
from pd_activities.models import AttendanceInterval, Enrolment, Training, TrainingSession
from pd_activities.queries.reach import OFFICE, STAFF_LEADERS

ORGANISERS = (*OFFICE, *STAFF_LEADERS)
LEARNERS = (*ORGANISERS, Role.TEACHER)


@rule
def may_see_trainings(actor: Actor, _obj: object) -> bool:
    """Everyone but committee members; each sees what the area, their cluster or school holds."""
    return actor.has(*LEARNERS, Role.VIEWER)


@rule
def may_run_training(actor: Actor, obj: object) -> bool:
    """The area office, a coordinator for the own cluster, a director for the own school."""
    if manages_area(actor) or actor.has(Role.SUPERVISOR):
        return True
    training = _training_of(obj)
    if training is None:
        return actor.has(*ORGANISERS)
    if training.cluster_id is not None:
        return coordinates(actor, training.cluster_id)
    return training.school_id is not None and directs(actor, training.school_id)


@rule
def may_enrol(actor: Actor, _obj: object) -> bool:
    """Staff enrol themselves; who runs the training enrols anyone of the area."""
    return actor.has(*LEARNERS)


@rule
def is_own_enrolment(actor: Actor, obj: object) -> bool:
    """The teacher who is enrolled."""
    return isinstance(obj, Enrolment) and actor.id == obj.teacher.user_id


@rule
def may_leave(actor: Actor, obj: object) -> bool:
    """The teacher who is enrolled, and who runs the training."""
    return is_own_enrolment(actor, obj) or may_run_training(actor, obj)


@rule
def may_attend(actor: Actor, _obj: object) -> bool:
    """Staff with a seat in the training, each for themselves."""
    return actor.has(*LEARNERS)


@rule
def may_see_attendance(actor: Actor, _obj: object) -> bool:
    """Teachers their own; directors and coordinators their staff's; who runs a training, all."""
    return actor.has(*LEARNERS)


def _training_of(obj: object) -> Training | None:
    if isinstance(obj, AttendanceInterval):
        return obj.session.training
    if isinstance(obj, TrainingSession | Enrolment):
        return obj.training
    return obj if isinstance(obj, Training) else None
