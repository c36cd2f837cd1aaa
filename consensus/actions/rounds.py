"""Rounds: opened, extended, closed and frozen. Answers and closing exclude each other by a lock."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from clusters.enums import Validation
from consensus.actions.recording import note_deviation, record_in
from consensus.actions.verdicts import settle_certification
from consensus.enums import SCORED, PanelistState, RoundKind, RoundStatus, StudyStatus
from consensus.errors import (
    ItemsMissingError,
    NotRankableError,
    PanelTooSmallError,
    RoundLimitError,
    RoundNotOpenError,
    VerdictSettledError,
    WrongStudyStatusError,
)
from consensus.models import Round, Study
from consensus.protocol import RANKABLE, Protocol, parse_protocol
from consensus.queries.recordings import entered_by_way
from consensus.queries.rounds import (
    asked_kind,
    certification_answers,
    expertise_by_seat,
    is_taking_answers,
    planned,
    rated_items,
    rating_columns,
    rating_round_before,
    seat_count,
    sections_of,
    text_answers,
)
from consensus.queries.snapshots import before_feedback, with_snapshots
from consensus.results.certification import freeze_certification
from consensus.results.participation import freeze_texts
from consensus.results.rankings import freeze_rankings
from consensus.results.ratings import freeze_ratings
from consensus.statistics import get_ready
from core.actor import SYSTEM, Actor
from core.errors import invalid
from core.jobs.actions import start_job
from core.jobs.models import Job


@transaction.atomic
def open_round(study: Study, *, actor: Actor, closes_at: datetime | None = None) -> Round:
    """Open the next round of the protocol and write to everyone whom it asks.

    Raises WrongStudyStatusError, RoundLimitError, ItemsMissingError, NotRankableError,
    PanelTooSmallError, InvalidInputError.
    """
    row = study.locked()
    if row.status not in {StudyStatus.SEALED, StudyStatus.ROUND_CLOSED}:
        raise WrongStudyStatusError(status=row.status)
    rounds = parse_protocol(row.protocol).rounds
    number = row.rounds.count() + 1
    if number > len(rounds):
        raise RoundLimitError(limit=len(rounds))
    kind = rounds[number - 1].kind
    _require_items(row, kind)
    return _open(row, number, kind, closes_at, StudyStatus.ROUND_OPEN, actor)


@transaction.atomic
def open_certification(study: Study, *, actor: Actor, closes_at: datetime | None = None) -> Round:
    """Ask the certifiers about a concluded study.

    Raises WrongStudyStatusError, VerdictSettledError, PanelTooSmallError, InvalidInputError.
    """
    row = study.locked()
    if row.status != StudyStatus.CONCLUDED:
        raise WrongStudyStatusError(status=row.status)
    if row.verdict != Validation.NOT_VALIDATED:
        raise VerdictSettledError
    number = row.rounds.count() + 1
    opened = StudyStatus.CERTIFICATION_OPEN
    return _open(row, number, RoundKind.CERTIFICATION, closes_at, opened, actor)


def _open(
    study: Study,
    number: int,
    kind: RoundKind,
    closes_at: datetime | None,
    status: StudyStatus,
    actor: Actor,
) -> Round:
    _require_enough(study, kind)
    _require_future(closes_at)
    round_ = Round.objects.create(study=study, number=number, kind=kind, closes_at=closes_at)
    study.status = status
    study.save_changes("status")
    if closes_at is not None:
        _close_later(round_.pk, closes_at)
    start_job("consensus.send_links", {"round": str(round_.pk), "reminder": False}, actor=actor)
    changes = {"number": number, "kind": kind, "closes_at": closes_at}
    record_in(study, "consensus.round.opened", round_, actor, changes)
    return round_


def _require_items(study: Study, kind: RoundKind) -> None:
    count = study.items.filter(dropped_after=None).count() if kind in SCORED else None
    if count == 0:
        raise ItemsMissingError
    low, high = RANKABLE
    if kind == RoundKind.RANKING and count is not None and not low <= count <= high:
        raise NotRankableError(low=low, high=high)


def _require_enough(study: Study, kind: RoundKind) -> None:
    needed = parse_protocol(study.protocol).smallest_shown
    states = [PanelistState.INVITED, PanelistState.ACCEPTED]
    if study.panelists.filter(kind=asked_kind(kind), state__in=states).count() < needed:
        raise PanelTooSmallError(needed=needed)


def _require_future(closes_at: datetime | None) -> None:
    if closes_at is not None and closes_at <= timezone.now():
        raise invalid(
            "/closes_at", "in_the_past", "ต้องเป็นเวลาในอนาคต", "Must be a time in the future."
        )


def _close_later(round_id: UUID, when: datetime) -> None:
    """A job that nobody may take up before its time; the dispatcher wakes it then."""
    job: Job = start_job("consensus.close_round", {"round": str(round_id)}, actor=SYSTEM)
    job.leased_until = when
    job.save_changes("leased_until")


@transaction.atomic
def extend_round(round_: Round, *, closes_at: datetime, reason: str, actor: Actor) -> Round:
    """Move the closing time of an open round, for a reason. Raises RoundNotOpenError."""
    study = round_.study.locked()
    row = _lock_taking_answers(round_)
    _require_future(closes_at)
    before, row.closes_at = row.closes_at, closes_at
    row.save_changes("closes_at")
    note_deviation(study, "deadline_changed", reason)
    study.save_changes("deviations")
    _close_later(row.pk, closes_at)
    changes = {"closes_at": [before, closes_at], "reason": reason}
    record_in(study, "consensus.round.extended", row, actor, changes)
    return row


@transaction.atomic
def remind(round_: Round, *, actor: Actor) -> Job:
    """Write to those who have not finished an open round. Raises RoundNotOpenError."""
    row = _lock_taking_answers(round_)
    row.reminder_count += 1
    row.save_changes("reminder_count")
    params = {"round": str(row.pk), "reminder": True}
    job: Job = start_job("consensus.send_links", params, actor=actor)
    record_in(round_.study, "consensus.round.reminded", row, actor, {})
    return job


@transaction.atomic
def close_round(round_: Round, *, actor: Actor) -> Round:
    """Close an open round and freeze its statistics. Raises RoundNotOpenError.

    A certification round also settles the study's verdict, and that of its plan version.
    """
    get_ready()
    study = round_.study.locked()
    closing = _lock_open(round_)
    closing.status, closing.closed_at = RoundStatus.CLOSED, timezone.now()
    closing.results = {**_freeze(closing, study), "recorded": entered_by_way(closing)}
    closing.save_changes("status", "closed_at", "results")
    if closing.kind == RoundKind.CERTIFICATION:
        settle_certification(study, closing, actor=actor)
    else:
        study.status = StudyStatus.ROUND_CLOSED
        study.save_changes("status")
    record_in(study, "consensus.round.closed", closing, actor, {"number": closing.number})
    return closing


def close_if_due(round_id: UUID) -> None:
    """Close by the clock. Nothing happens if it is closed already, or was extended."""
    round_ = Round.objects.select_related("study").filter(pk=round_id).first()
    if round_ is None or round_.closes_at is None or round_.closes_at > timezone.now():
        return
    try:
        with transaction.atomic():
            round_.study.locked()  # an extension that is under way comes first
            closes_at = round_.locked().closes_at
            if closes_at is not None and closes_at <= timezone.now():
                close_round(round_, actor=SYSTEM)
    except RoundNotOpenError:
        return


def _lock_open(round_: Round) -> Round:
    # Waits for answers that are being written (they hold FOR SHARE) and keeps new ones out.
    row = round_.locked()
    if row.status != RoundStatus.OPEN:
        raise RoundNotOpenError
    row.study = round_.study
    return row


def _lock_taking_answers(round_: Round) -> Round:
    """What is over by the clock is over, also before anyone has closed it."""
    row = _lock_open(round_)
    if not is_taking_answers(row):
        raise RoundNotOpenError
    return row


def _freeze(round_: Round, study: Study) -> dict[str, Any]:
    protocol = parse_protocol(study.protocol)
    if round_.kind == RoundKind.OPEN_ENDED:
        prompts = [wording.code for wording in planned(round_).prompts]
        return freeze_texts(prompts, seat_count(round_), text_answers(round_))
    if round_.kind == RoundKind.CERTIFICATION:
        parts = protocol.certification.parts(sections_of(round_))
        answers = certification_answers(round_.pk)
        return freeze_certification(protocol, parts, seat_count(round_), answers)
    return _freeze_items(round_, protocol)


def _freeze_items(round_: Round, protocol: Protocol) -> dict[str, Any]:
    items, seats = rated_items(round_), expertise_by_seat(round_)
    earlier = rating_round_before(round_)
    columns, *rest = rating_columns([round_, *([earlier] if earlier else [])], items, seats)
    expertise, before = list(seats.values()), rest[0] if rest else None
    plan, is_last = protocol.rounds[round_.number - 1], round_.number == len(protocol.rounds)
    if round_.kind == RoundKind.RANKING:
        return freeze_rankings(protocol, plan, items, expertise, columns, is_last=is_last)
    if plan.real_time:
        before = before_feedback(round_, items, seats)
    frozen = freeze_ratings(protocol, items, expertise, columns, before=before, is_last=is_last)
    return with_snapshots(frozen, round_, protocol) if plan.real_time else frozen
