"""How far an actor reaches in this room: the office everywhere, others to their own."""

from django.db.models import Q

from accounts.enums import Role, Scope
from clusters.enums import AREA_MANAGERS
from clusters.queries import school_ids_of, sees_whole_area
from core.actor import Actor

OFFICE = (*AREA_MANAGERS, Role.SUPERVISOR)
STAFF_LEADERS = (Role.CLUSTER_COORDINATOR, Role.SCHOOL_DIRECTOR)


def sees_office(actor: Actor) -> bool:
    """True for the area office, which sees everyone's trainings, hours, logs and committees."""
    return sees_whole_area(actor, *OFFICE)


def run_by(actor: Actor, prefix: str = "") -> Q:
    """What is held by one's own cluster or school; `prefix` leads from elsewhere to it."""
    clusters = list(actor.scope_ids(Role.CLUSTER_COORDINATOR, Scope.CLUSTER))
    schools = list(actor.scope_ids(Role.SCHOOL_DIRECTOR, Scope.SCHOOL))
    return Q(**{f"{prefix}cluster__in": clusters}) | Q(**{f"{prefix}school__in": schools})


def oneself(actor: Actor, user: str) -> Q:
    """What the path `user` leads from to the actor; nothing for an actor without an account."""
    return Q(**{user: actor.id}) if actor.id is not None else Q(pk__in=[])


def of_own_people(actor: Actor, prefix: str = "") -> Q:
    """Oneself, and the staff of the schools that one answers for."""
    schools = school_ids_of(actor, *STAFF_LEADERS)
    return oneself(actor, f"{prefix}user") | Q(**{f"{prefix}school__in": schools})
