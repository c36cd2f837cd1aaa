"""Which committees one may see; their seats, quorum and votes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from core.actor import Actor
from core.spans import holds_on
from pd_activities.calculations.quorum import is_quorate, least_present
from pd_activities.calculations.voting import Tally
from pd_activities.enums.committees import (
    ActionItemStatus,
    CommitteeKind,
    MotionStatus,
    Presence,
    SeatRole,
    VoteChoice,
)
from pd_activities.models import (
    ActionItem,
    AgendaItem,
    Committee,
    CommitteeRule,
    Meeting,
    MeetingAttendance,
    Motion,
    Seat,
    Vote,
)
from pd_activities.queries.reach import oneself, run_by, sees_office


def committee_rules() -> QuerySet[CommitteeRule]:
    return CommitteeRule.objects.all()


def committees_visible_to(actor: Actor) -> QuerySet[Committee]:
    """All for the office and supervisors; one's cluster's, one's school's; those one sits in."""
    if sees_office(actor):
        return Committee.objects.all()
    seats = in_term(Seat.objects.filter(oneself(actor, "user")), timezone.localdate())
    return Committee.objects.filter(run_by(actor) | Q(pk__in=seats.values("committee")))


def seats_visible_to(actor: Actor) -> QuerySet[Seat]:
    return Seat.objects.filter(committee__in=_visible(actor)).select_related("committee")


def meetings_visible_to(actor: Actor) -> QuerySet[Meeting]:
    return Meeting.objects.filter(committee__in=_visible(actor)).select_related("committee")


def agenda_items_visible_to(actor: Actor) -> QuerySet[AgendaItem]:
    items = AgendaItem.objects.filter(meeting__committee__in=_visible(actor))
    return items.select_related("meeting__committee")


def motions_visible_to(actor: Actor) -> QuerySet[Motion]:
    motions = Motion.objects.filter(agenda_item__meeting__committee__in=_visible(actor))
    return motions.select_related("agenda_item__meeting__committee")


def resolutions_visible_to(actor: Actor) -> QuerySet[Motion]:
    """Motions that were carried."""
    return motions_visible_to(actor).filter(status=MotionStatus.CARRIED)


def action_items_visible_to(actor: Actor) -> QuerySet[ActionItem]:
    items = ActionItem.objects.filter(agenda_item__meeting__committee__in=_visible(actor))
    return items.select_related("agenda_item__meeting__committee")


def _visible(actor: Actor) -> QuerySet[Committee, dict[str, Any]]:
    return committees_visible_to(actor).order_by().values("pk")  # type: ignore[return-value]


def rule_for(kind: CommitteeKind, *, pupils: int, on: date) -> CommitteeRule | None:
    """The area's rule for a new committee of this kind, in a school of so many pupils."""
    return (
        CommitteeRule.objects.filter(
            holds_on(on, "valid_from", "valid_until"), kind=kind, pupils_from__lte=pupils
        )
        .order_by("-pupils_from", "-valid_from")
        .first()
    )


def in_term(seats: QuerySet[Seat], on: date) -> QuerySet[Seat]:
    return seats.filter(holds_on(on, "term_from", "term_until"))


def filled_seats(meeting: Meeting) -> QuerySet[Seat]:
    """The seats whose term covers the day of the meeting."""
    return in_term(
        Seat.objects.filter(committee=meeting.committee_id), timezone.localdate(meeting.held_at)
    )


@dataclass(frozen=True)
class Quorum:
    """`present` of `filled` seats; `least` are needed."""

    filled: int
    present: int
    fraction: Fraction

    @property
    def least(self) -> int:
        return least_present(self.filled, self.fraction)

    @property
    def is_quorate(self) -> bool:
        return is_quorate(self.present, self.filled, self.fraction)


def procedure_of(meeting: Meeting) -> Mapping[str, Any]:
    """The rule frozen when the meeting was opened; before that, the committee's."""
    procedure: Mapping[str, Any] = meeting.procedure or meeting.committee.procedure
    return procedure


def present_seats(meeting: Meeting) -> dict[UUID, Seat]:
    """The filled seats recorded as present."""
    present = MeetingAttendance.objects.filter(meeting=meeting, presence=Presence.PRESENT)
    return {seat.pk: seat for seat in filled_seats(meeting).filter(pk__in=present.values("seat"))}


def quorum_of(meeting: Meeting, *, without: int = 0) -> Quorum:
    """The meeting's quorum; `without` so many of those present, who have a conflict of interest."""
    return Quorum(
        filled=filled_seats(meeting).count(),
        present=len(present_seats(meeting)) - without,
        fraction=Fraction(procedure_of(meeting)["quorum"]),
    )


@dataclass(frozen=True)
class Ballot:
    """What stands on a motion now, of those present: votes, hands, and who stepped aside."""

    present: dict[UUID, Seat]
    choices: dict[UUID, str]  # by seat; of those present only
    hands: Tally

    @property
    def recused(self) -> int:
        return sum(choice == VoteChoice.RECUSED for choice in self.choices.values())

    @property
    def voters(self) -> int:
        return len(self.present) - self.recused

    @property
    def most_hands(self) -> int:
        """Those present without an account and without a vote of their own."""
        return sum(
            seat.user_id is None and seat.pk not in self.choices for seat in self.present.values()
        )

    @property
    def tally(self) -> Tally:
        votes = list(self.choices.values())
        return self.hands + Tally(
            votes.count(VoteChoice.IN_FAVOUR),
            votes.count(VoteChoice.AGAINST),
            votes.count(VoteChoice.ABSTAINED),
        )

    @property
    def chair(self) -> Seat | None:
        """The chair, if present and without a conflict of interest."""
        return next(
            (
                seat
                for seat in self.present.values()
                if seat.role == SeatRole.CHAIR and self.choices.get(seat.pk) != VoteChoice.RECUSED
            ),
            None,
        )


def ballot_of(motion: Motion, meeting: Meeting) -> Ballot:
    present = present_seats(meeting)
    votes = dict(motion.votes.values_list("seat_id", "choice"))
    return Ballot(
        present=present,
        choices={seat: choice for seat, choice in votes.items() if seat in present},
        hands=Tally(motion.hands_in_favour, motion.hands_against, motion.hands_abstained),
    )


def votes_shown(motion: Motion) -> list[Vote]:
    """Seat by seat; how they voted stays hidden until the vote is closed."""
    votes = list(motion.votes.select_related("seat").order_by("id"))
    if motion.status in (MotionStatus.PROPOSED, MotionStatus.OPEN):
        for vote in votes:
            vote.choice = None  # type: ignore[assignment]
    return votes


def carried_items(meeting: Meeting) -> QuerySet[ActionItem]:
    """What earlier meetings of the committee left open, as this meeting finds it: items of
    meetings held before, that were still open when this one was held."""
    return (
        ActionItem.objects.filter(
            Q(status=ActionItemStatus.OPEN) | Q(closed_at__gte=meeting.held_at),
            agenda_item__meeting__committee=meeting.committee_id,
            agenda_item__meeting__held_at__lt=meeting.held_at,
        )
        .select_related("agenda_item__meeting__committee")
        .order_by("due_on", "id")
    )
