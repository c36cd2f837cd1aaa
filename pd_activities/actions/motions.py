"""Motions and votes: nothing counts without quorum, a seat votes once, one closing has effect."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from core.access import require
from core.actor import Actor
from core.ids import new_id
from core.lookups import named
from pd_activities.actions.meetings import RUNNING, demand, demand_quorum, record
from pd_activities.calculations.voting import Outcome, Tally, decide
from pd_activities.enums.committees import (
    ActionItemStatus,
    CastingVote,
    MajorityOf,
    MeetingStatus,
    MotionStatus,
    VoteChoice,
)
from pd_activities.errors.committees import (
    ActionItemDoneError,
    AgendaItemResolvedError,
    AlreadyVotedError,
    MotionStatusError,
    NotPresentError,
    TooManyHandsError,
    VoteIsPersonalError,
)
from pd_activities.models import ActionItem, AgendaItem, Meeting, Motion, Seat, Vote
from pd_activities.queries.committees import (
    Ballot,
    ballot_of,
    filled_seats,
    procedure_of,
    quorum_of,
)
from pd_activities.rules.committees import may_run_committee


@transaction.atomic
def propose_motion(
    item: AgendaItem,
    *,
    text: str,
    actor: Actor,
    id: UUID | None = None,
) -> Motion:
    """Put a text under an agenda item that has no resolution yet."""
    meeting = item.meeting.locked()
    demand(meeting, *RUNNING)
    if item.motions.filter(status=MotionStatus.CARRIED).exists():
        raise AgendaItemResolvedError
    motion = Motion.objects.create(id=id or new_id(), agenda_item=item, text=text)
    record("motion.proposed", motion, meeting, actor, {"agenda_item": item.number})
    return motion


@transaction.atomic
def open_motion(motion: Motion, *, actor: Actor) -> Motion:
    """Open the vote, in an open and quorate meeting."""
    meeting, row = _locked(motion)
    demand(meeting, MeetingStatus.OPEN)
    _demand(row, MotionStatus.PROPOSED)
    rivals = [MotionStatus.OPEN, MotionStatus.TIED, MotionStatus.CARRIED]
    if row.agenda_item.motions.filter(status__in=rivals).exists():
        raise AgendaItemResolvedError
    demand_quorum(quorum_of(meeting, without=ballot_of(row, meeting).recused))
    return _move(row, MotionStatus.OPEN, "opened", meeting, actor)


@transaction.atomic
def cast_vote(
    motion: Motion, *, choice: VoteChoice, actor: Actor, seat: UUID | None = None
) -> Motion:
    """One seat's vote, by its holder; for a holder without an account, by those who run it.

    `recused` declares a conflict of interest; it can be declared before the vote is opened.
    """
    meeting, row = _locked(motion)
    if choice == VoteChoice.RECUSED:
        _demand(row, MotionStatus.PROPOSED, MotionStatus.OPEN)
    else:
        _demand(row, MotionStatus.OPEN)
    demand(meeting, *RUNNING)
    voting = _voting_seat(meeting, seat, actor)
    ballot = ballot_of(row, meeting)
    if row.votes.filter(seat=voting).exists():
        raise AlreadyVotedError
    if voting.pk not in ballot.present:
        raise NotPresentError
    if voting.user_id is None and ballot.hands.cast >= ballot.most_hands:
        raise TooManyHandsError(most=ballot.most_hands - 1)
    Vote.objects.create(
        motion=row,
        seat=voting,
        choice=choice,
        recorded_by_id=None if voting.user_id is not None else actor.id,
    )
    row.save_changes()
    record("motion.voted", row, meeting, actor, {"seat": voting.pk})
    return row


@transaction.atomic
def record_hands(
    motion: Motion, *, in_favour: int, against: int, abstained: int, actor: Actor
) -> Motion:
    """The count of raised hands of members without an account, in place of an earlier count."""
    meeting, row = _locked(motion)
    _demand(row, MotionStatus.OPEN)
    most = ballot_of(row, meeting).most_hands
    if in_favour + against + abstained > most:
        raise TooManyHandsError(most=most)
    row.hands_in_favour, row.hands_against, row.hands_abstained = in_favour, against, abstained
    row.hands_recorded_by_id = actor.id
    row.save_changes("hands_in_favour", "hands_against", "hands_abstained", "hands_recorded_by")
    counts = {"in_favour": in_favour, "against": against, "abstained": abstained}
    record("motion.hands_recorded", row, meeting, actor, counts)
    return row


@transaction.atomic
def close_motion(motion: Motion, *, actor: Actor) -> Motion:
    """End the vote and count it. A tie waits for the chair's casting vote, if the chair has one."""
    meeting, row = _locked(motion)
    _demand(row, MotionStatus.OPEN)
    ballot = ballot_of(row, meeting)
    demand_quorum(quorum_of(meeting, without=ballot.recused))
    if ballot.hands.cast > ballot.most_hands:  # attendance was corrected after the count
        raise TooManyHandsError(most=ballot.most_hands)
    tally = ballot.tally
    row.in_favour_count, row.against_count = tally.in_favour, tally.against
    row.abstained_count, row.present_count = tally.abstained, ballot.voters
    outcome = _outcome(row, meeting, casting_vote=None)
    if outcome == Outcome.TIED and not _chair_decides(meeting, ballot):
        outcome = Outcome.LOST
    return _decided(row, outcome, meeting, actor)


@transaction.atomic
def break_tie(motion: Motion, *, choice: CastingVote, actor: Actor) -> Motion:
    """The chair's casting vote on a tied motion; recorded for a chair without an account."""
    meeting, row = _locked(motion)
    _demand(row, MotionStatus.TIED)
    chair = ballot_of(row, meeting).chair
    if chair is None:
        raise NotPresentError
    if chair.user_id is not None and chair.user_id != actor.id:
        raise VoteIsPersonalError
    if chair.user_id is None:
        require(may_run_committee, actor, meeting)
    row.casting_vote = choice
    outcome = _outcome(row, meeting, casting_vote=choice == CastingVote.IN_FAVOUR)
    return _decided(row, outcome, meeting, actor)


@transaction.atomic
def withdraw_motion(motion: Motion, *, actor: Actor) -> Motion:
    """Take back a motion that is not decided, until the meeting is closed."""
    meeting, row = _locked(motion)
    _demand(row, MotionStatus.PROPOSED, MotionStatus.OPEN, MotionStatus.TIED)
    demand(meeting, *RUNNING)
    return _move(row, MotionStatus.WITHDRAWN, "withdrawn", meeting, actor)


@transaction.atomic
def add_action_item(
    item: AgendaItem,
    *,
    text: str,
    owner_name: str,
    due_on: date,
    actor: Actor,
    id: UUID | None = None,
) -> ActionItem:
    """Something that someone owes after the meeting, under the item that it follows from."""
    meeting = item.meeting.locked()
    demand(meeting, MeetingStatus.OPEN, MeetingStatus.CLOSED)
    owed = ActionItem.objects.create(
        id=id or new_id(), agenda_item=item, text=text, owner_name=owner_name, due_on=due_on
    )
    record("action_item.added", owed, meeting, actor, {"due_on": due_on})
    return owed


@transaction.atomic
def close_action_item(item: ActionItem, *, outcome: str, actor: Actor) -> ActionItem:
    """It is done; it no longer appears at the next meetings."""
    row = item.locked()
    if row.status == ActionItemStatus.DONE:
        raise ActionItemDoneError
    row.status, row.outcome, row.closed_at = ActionItemStatus.DONE, outcome, timezone.now()
    row.save_changes("status", "outcome", "closed_at")
    record("action_item.closed", row, row.agenda_item.meeting, actor, {"outcome": None})
    return row


def _locked(motion: Motion) -> tuple[Meeting, Motion]:
    # Meeting before motion, everywhere: attendance cannot change between counting and writing.
    meeting = motion.agenda_item.meeting.locked()
    return meeting, motion.locked()


def _demand(motion: Motion, *statuses: MotionStatus) -> None:
    if motion.status not in statuses:
        raise MotionStatusError(MotionStatus(motion.status))


def _voting_seat(meeting: Meeting, seat: UUID | None, actor: Actor) -> Seat:
    seats = filled_seats(meeting)
    if seat is None:
        own = seats.filter(user=actor.id).first()
        if own is None:
            raise NotPresentError
        return own
    others = named(seats, seat, "/seat")
    if others.user_id is None:
        require(may_run_committee, actor, meeting)
    elif others.user_id != actor.id:
        raise VoteIsPersonalError
    return others


def _outcome(motion: Motion, meeting: Meeting, *, casting_vote: bool | None) -> Outcome:
    return decide(
        Tally(motion.in_favour_count or 0, motion.against_count or 0, motion.abstained_count or 0),
        present=motion.present_count or 0,
        of_present=procedure_of(meeting)["majority_of"] == MajorityOf.PRESENT,
        casting_vote=casting_vote,
    )


def _chair_decides(meeting: Meeting, ballot: Ballot) -> bool:
    return bool(procedure_of(meeting)["casting_vote"]) and ballot.chair is not None


def _decided(motion: Motion, outcome: Outcome, meeting: Meeting, actor: Actor) -> Motion:
    if outcome != Outcome.TIED:
        motion.decided_at = timezone.now()
    return _move(
        motion,
        MotionStatus(outcome.value),
        outcome.value,
        meeting,
        actor,
        "in_favour_count",
        "against_count",
        "abstained_count",
        "present_count",
        "casting_vote",
        "decided_at",
    )


def _move(
    motion: Motion, status: MotionStatus, verb: str, meeting: Meeting, actor: Actor, *fields: str
) -> Motion:
    before, motion.status = motion.status, status
    motion.save_changes("status", *fields)
    record(f"motion.{verb}", motion, meeting, actor, {"status": [before, status]})
    return motion
