"""What panelists and certifiers answer, or a recorder for them (`entry`). No answer writes to the
journal or keeps a time.

Every write first holds the open round FOR SHARE and then checks it: closing takes the same row FOR
UPDATE, so that an answer is either counted or refused, also when both happen at once.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from consensus.actions.entries import hold_right, note_entry
from consensus.actions.real_time import keep_first_scores, renew_feedback
from consensus.actions.recording import record_in
from consensus.credentials import Entry
from consensus.enums import OVER, PanelistState, RoundKind, RoundStatus
from consensus.errors import (
    ConsentNeededError,
    NothingAskedError,
    RoundNotOpenError,
    WrongStudyStatusError,
)
from consensus.models import (
    CertificationAnswer,
    Panelist,
    PanelSeat,
    Rating,
    Round,
    TextAnswer,
)
from consensus.protocol import parse_protocol
from consensus.queries.rounds import (
    asked_items,
    asked_kind,
    is_taking_answers,
    planned,
    sections_of,
)
from core.actor import Actor
from core.errors import DomainError, InvalidInputError, NotFoundError, invalid


@transaction.atomic
def accept_invitation(
    panelist: Panelist,
    *,
    actor: Actor,
    conflict_of_interest: str | None = None,
    entry: Entry | None = None,
) -> Panelist:
    """Consent to take part, once or again; the same said twice is said once.

    A conflict of interest of which nothing is said stays as it was. Raises WrongStudyStatusError.
    """
    row = panelist.locked()
    _require_running(row)
    if conflict_of_interest is None:
        conflict_of_interest = row.conflict_of_interest
    if (row.state, row.conflict_of_interest) == (PanelistState.ACCEPTED, conflict_of_interest):
        return row
    row.state, row.consented_at = PanelistState.ACCEPTED, timezone.now()
    row.consent_way = entry.way if entry else ""
    row.conflict_of_interest = conflict_of_interest
    row.save_changes("state", "consented_at", "consent_way", "conflict_of_interest")
    changes = {"way": entry.way} if entry else {}
    record_in(row.study, "consensus.panelist.accepted", row, actor, changes)
    return row


@transaction.atomic
def decline_invitation(panelist: Panelist, *, actor: Actor) -> Panelist:
    """Decline, or withdraw after consent; answers of this and earlier rounds stay counted.

    Raises WrongStudyStatusError.
    """
    row = panelist.locked()
    _require_running(row)
    state = PanelistState.WITHDRAWN if row.consented_at else PanelistState.DECLINED
    if row.state == state:
        return row
    row.state = state
    row.save_changes("state")
    record_in(row.study, f"consensus.panelist.{row.state}", row, actor, {})
    return row


def _require_running(panelist: Panelist) -> None:
    if panelist.study.status in OVER:
        raise WrongStudyStatusError(status=panelist.study.status)


@dataclass(frozen=True)
class GivenRating:
    rating: int | None = None
    no_opinion: bool = False
    comment: str = ""


@dataclass(frozen=True)
class MeantRating:
    """A rating of an item. It may have waited on a phone without a signal: `number` says for which
    round it was meant, and another one does not take it. So with texts and certification."""

    item: UUID
    given: GivenRating
    number: int | None = None


def save_rating(
    panelist: Panelist,
    item_id: UUID,
    given: GivenRating,
    *,
    number: int | None = None,
    entry: Entry | None = None,
) -> GivenRating:
    """Keep a rating until it is changed or the round closes.

    Raises RoundNotOpenError, NothingAskedError, ConsentNeededError, NotFoundError,
    InvalidInputError.
    """
    [wrong] = save_ratings(panelist, [MeantRating(item_id, given, number)], entry=entry)
    if wrong is not None:
        raise wrong
    return given


@transaction.atomic
def save_ratings(
    panelist: Panelist, ratings: Sequence[MeantRating], *, entry: Entry | None = None
) -> list[DomainError | None]:
    """Keep the ratings that are right, and tell in their order what is wrong with the others.

    Of an item that is rated twice, the later rating stands. What lies in no single rating stops
    all of them. Raises RoundNotOpenError, NothingAskedError, ConsentNeededError.
    """
    round_ = _hold(panelist, RoundKind.RATING, entry)
    items = asked_items(round_).filter(pk__in={each.item for each in ratings})
    asked = set(items.values_list("pk", flat=True))
    points = parse_protocol(panelist.study.protocol).points
    wrong = [_problem_with(each, round_, asked, points) for each in ratings]
    right = {each.item: each.given for each, error in zip(ratings, wrong, strict=True) if not error}
    if right:
        note_entry(panelist, round_, entry)
        _write_ratings(panelist, round_, right)
    return wrong


def _problem_with(
    meant: MeantRating, round_: Round, asked: Collection[UUID], points: int
) -> DomainError | None:
    given = meant.given
    if meant.number not in (None, round_.number):
        return RoundNotOpenError()
    if given.rating is not None and (given.no_opinion or not 1 <= given.rating <= points):
        return _off_the_scale("/rating", 1, points)
    return None if meant.item in asked else NotFoundError()


def _write_ratings(panelist: Panelist, round_: Round, given: Mapping[UUID, GivenRating]) -> None:
    Rating.objects.bulk_create(
        [
            Rating(
                round=round_,
                seat_id=panelist.seat_id,
                item_id=item,
                score=each.rating,
                no_opinion=each.no_opinion,
                comment=each.comment,
            )
            for item, each in given.items()
        ],
        update_conflicts=True,
        unique_fields=["round", "item", "seat"],
        update_fields=["score", "no_opinion", "comment"],
    )
    if planned(round_).real_time:
        keep_first_scores(round_, panelist.seat_id, given.keys())
        renew_feedback(round_, given.keys())


@transaction.atomic
def save_text(
    panelist: Panelist,
    prompt: str,
    text: str,
    *,
    number: int | None = None,
    entry: Entry | None = None,
) -> None:
    """Keep a free text; an empty one takes the answer back.

    Raises RoundNotOpenError, NothingAskedError, ConsentNeededError, NotFoundError.
    """
    round_ = hold_open_round(panelist, RoundKind.OPEN_ENDED, number=number, entry=entry)
    if prompt not in {wording.code for wording in planned(round_).prompts}:
        raise NotFoundError
    TextAnswer.objects.bulk_create(
        [TextAnswer(round=round_, seat_id=panelist.seat_id, prompt=prompt, text=text)],
        update_conflicts=True,
        unique_fields=["round", "seat", "prompt"],
        update_fields=["text"],
    )


@transaction.atomic
def save_certification(
    panelist: Panelist,
    answers: Sequence[Mapping[str, Any]],
    *,
    number: int | None = None,
    entry: Entry | None = None,
) -> None:
    """Keep a certifier's answers, each `{part, criterion, value}`.

    Raises RoundNotOpenError, NothingAskedError, ConsentNeededError, InvalidInputError.
    """
    round_ = hold_open_round(panelist, RoundKind.CERTIFICATION, number=number, entry=entry)
    plan = parse_protocol(panelist.study.protocol).certification
    parts = set(plan.parts(sections_of(round_)))
    criteria = {wording.code for wording in plan.criteria}
    kept: dict[tuple[str, str], int] = {}
    for place, each in enumerate(answers):
        if each["part"] not in parts or each["criterion"] not in criteria:
            raise invalid(
                f"/answers/{place}",
                "not_asked",
                "ไม่มีข้อนี้ในการรับรอง",
                "Certification does not ask this.",
            )
        if not plan.lowest <= each["value"] <= plan.highest:
            raise _off_the_scale(f"/answers/{place}/value", plan.lowest, plan.highest)
        kept[each["part"], each["criterion"]] = each["value"]
    CertificationAnswer.objects.bulk_create(
        [
            CertificationAnswer(
                round=round_, seat_id=panelist.seat_id, part=part, criterion=code, value=value
            )
            for (part, code), value in kept.items()
        ],
        update_conflicts=True,
        unique_fields=["round", "seat", "part", "criterion"],
        update_fields=["value"],
    )


@transaction.atomic
def finish_round(
    panelist: Panelist, *, number: int | None = None, entry: Entry | None = None
) -> None:
    """Say that nothing more will come in this round; answers can still be changed.

    Raises RoundNotOpenError, ConsentNeededError.
    """
    round_ = hold_open_round(panelist, number=number, entry=entry)
    PanelSeat.objects.filter(pk=panelist.seat_id).update(finished_round=round_.number)


def hold_open_round(
    panelist: Panelist, kind: RoundKind | None = None, *, number: int | None, entry: Entry | None
) -> Round:
    """The study's open round, held against closing until this transaction ends.

    The person is held too, so that it stays known through whom all of their answers came.
    """
    round_ = _hold(panelist, kind, entry)
    if number not in (None, round_.number):
        raise RoundNotOpenError
    note_entry(panelist, round_, entry)
    return round_


def _hold(panelist: Panelist, kind: RoundKind | None, entry: Entry | None) -> Round:
    if panelist.state != PanelistState.ACCEPTED:
        raise ConsentNeededError
    if entry is not None:
        hold_right(panelist, entry)
    held = list(Round.objects.raw(_HOLD, [panelist.pk, PanelistState.ACCEPTED, RoundStatus.OPEN]))
    round_ = held[0] if held else None
    if round_ is None or not is_taking_answers(round_):
        raise RoundNotOpenError
    if asked_kind(round_.kind) != panelist.kind or kind not in (None, round_.kind):
        raise NothingAskedError
    round_.study = panelist.study
    return round_


_HOLD = """
SELECT r.* FROM consensus_round r JOIN consensus_panelist p USING (study_id)
WHERE p.id = %s AND p.state = %s AND r.status = %s FOR SHARE OF r FOR NO KEY UPDATE OF p
"""


def _off_the_scale(pointer: str, low: int, high: int) -> InvalidInputError:
    return invalid(
        pointer,
        "off_the_scale",
        f"ต้องเป็น {low} ถึง {high} หรือไม่มีความเห็น อย่างใดอย่างหนึ่ง",
        f"Must be {low} to {high}, and only without “no opinion”.",
    )
