"""Who may do what with supervision visits."""

from accounts.enums import Role
from clusters.enums import AREA_MANAGERS
from clusters.rules import directs
from core.access import rule
from core.actor import Actor, ActorKind
from pd_activities.enums.supervision import FollowUpOwner
from pd_activities.models import FollowUpAction, SupervisionVisit

_SIGNED_IN = {ActorKind.USER, ActorKind.OPERATOR}


@rule
def may_see_visits(actor: Actor, _visit: object) -> bool:
    """Anyone signed in, of the visits that they may see."""
    return actor.kind in _SIGNED_IN


@rule
def may_see_instruments(actor: Actor, _instrument: object) -> bool:
    """Anyone signed in."""
    return actor.kind in _SIGNED_IN


@rule
def may_manage_instruments(actor: Actor, _instrument: object) -> bool:
    """The area's administrator."""
    return actor.has(Role.AREA_ADMIN)


@rule
def may_plan_visit(actor: Actor, _visit: object) -> bool:
    """Supervisors."""
    return actor.has(Role.SUPERVISOR)


@rule
def may_lead_visit(actor: Actor, visit: SupervisionVisit | None) -> bool:
    """The supervisor who leads the visit."""
    return actor.has(Role.SUPERVISOR) and visit is not None and visit.lead_id == actor.id


@rule
def may_observe(actor: Actor, visit: SupervisionVisit | None) -> bool:
    """The visit's lead supervisor and those who observe with them."""
    return visit is not None and actor.id in observer_ids(visit)


@rule
def may_acknowledge(actor: Actor, visit: SupervisionVisit | None) -> bool:
    """The teacher who was observed."""
    return visit is not None and actor.id is not None and visit.teacher.user_id == actor.id


@rule
def may_see_agreement(actor: Actor, visit: SupervisionVisit | None) -> bool:
    """The visit's observers whose own ratings are in; the area's administrator and officers."""
    if visit is None:
        return False
    if actor.id in observer_ids(visit):
        return any(
            each.observer_id == actor.id and each.submitted_at for each in visit.observations.all()
        )
    return actor.has(*AREA_MANAGERS)


@rule
def may_close_follow_up(actor: Actor, follow_up: FollowUpAction | None) -> bool:
    """The visit's lead supervisor, and whoever owes the action."""
    if follow_up is None:
        return False
    visit = follow_up.visit
    if may_lead_visit.test(actor, visit):
        return True
    if follow_up.owner == FollowUpOwner.TEACHER:
        return bool(may_acknowledge.test(actor, visit))
    if follow_up.owner == FollowUpOwner.DIRECTOR:
        return directs(actor, visit.school_id)
    return False


def observer_ids(visit: SupervisionVisit) -> set[object]:
    return {observation.observer_id for observation in visit.observations.all()}
