"""Who may do what with committees and their meetings."""

from typing import Any

from django.utils import timezone

from accounts.enums import Role
from clusters.rules import coordinates, directs
from core.access import rule
from core.actor import Actor
from pd_activities.enums.committees import SeatRole
from pd_activities.models import Committee, Meeting, Motion, Seat
from pd_activities.queries.committees import in_term
from pd_activities.queries.reach import STAFF_LEADERS


@rule
def may_manage_committee_rules(actor: Actor, _rule: object) -> bool:
    """The area's administrator."""
    return actor.has(Role.AREA_ADMIN)


@rule
def may_found_committee(actor: Actor, committee: Committee | None) -> bool:
    """The coordinator of the cluster, the director of the school."""
    if committee is None:
        return actor.has(*STAFF_LEADERS)
    if committee.cluster_id is not None:
        return coordinates(actor, committee.cluster_id)
    return committee.school_id is not None and directs(actor, committee.school_id)


@rule
def may_run_committee(actor: Actor, thing: Any) -> bool:
    """The cluster's coordinator or school's director, and the committee's secretary."""
    if thing is None:
        return actor.id is not None  # decided when the committee is known
    committee = committee_of(thing)
    return bool(may_found_committee.test(actor, committee)) or _holds(
        actor, committee, SeatRole.SECRETARY
    )


@rule
def may_vote(actor: Actor, motion: Motion | None) -> bool:
    """Members of the committee; for members without an account, those who run the committee."""
    if motion is None:
        return False
    committee = committee_of(motion)
    return _holds(actor, committee) or bool(may_run_committee.test(actor, committee))


@rule
def may_break_tie(actor: Actor, motion: Motion | None) -> bool:
    """The committee's chair; for a chair without an account, those who run the committee."""
    if motion is None:
        return False
    committee = committee_of(motion)
    return _holds(actor, committee, SeatRole.CHAIR) or bool(
        may_run_committee.test(actor, committee)
    )


def committee_of(thing: Any) -> Committee:
    """The committee that a seat, a meeting or something of a meeting belongs to."""
    if isinstance(thing, Committee):
        return thing
    if isinstance(thing, Seat | Meeting):
        return thing.committee
    item = getattr(thing, "agenda_item", thing)
    committee: Committee = item.meeting.committee
    return committee


def _holds(actor: Actor, committee: Committee, *roles: SeatRole) -> bool:
    if actor.id is None:
        return False
    held = Seat.objects.filter(committee=committee, user=actor.id, role__in=roles or SeatRole)
    return in_term(held, timezone.localdate()).exists()
