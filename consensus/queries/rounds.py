"""What a round asks, of whom, and what came in: by pseudonym, never joined to a person."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, QuerySet, TextField
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from consensus.enums import SCORED, PanelKind, RoundKind, RoundStatus
from consensus.errors import RoundNotClosedError, TooFewAnswersError
from consensus.models import (
    CertificationAnswer,
    Panelist,
    PanelSeat,
    Rating,
    Round,
    StudyItem,
    TextAnswer,
)
from consensus.protocol import PlannedRound, parse_protocol
from consensus.results.participation import NO_OPINION, participation
from consensus.results.ratings import RatedItem


def planned(round_: Round) -> PlannedRound:
    """What the protocol says of an open-ended or rating round."""
    return parse_protocol(round_.study.protocol).rounds[round_.number - 1]


def asked_kind(kind: str) -> PanelKind:
    """Who answers a round of this kind."""
    return PanelKind.CERTIFIER if kind == RoundKind.CERTIFICATION else PanelKind.PANELIST


def is_taking_answers(round_: Round) -> bool:
    """Open, also by the clock: nobody may have closed it yet."""
    is_due = round_.closes_at is not None and round_.closes_at <= timezone.now()
    return round_.status == RoundStatus.OPEN and not is_due


def seat_count(round_: Round) -> int:
    """How many seats the round asks."""
    return _seats(round_).count()


def _seats(round_: Round) -> QuerySet[PanelSeat]:
    """The seats that the round asks, in an order that tells nothing."""
    return PanelSeat.objects.filter(study=round_.study_id, kind=asked_kind(round_.kind)).order_by(
        "pk"
    )


def asked_items(round_: Round) -> QuerySet[StudyItem]:
    """The items that a round is about, in their order: those that were not dropped before it."""
    items = StudyItem.objects.filter(study=round_.study_id)
    return items.exclude(dropped_after__lt=round_.number).order_by("position")


def dropped_items(study_id: UUID) -> QuerySet[StudyItem]:
    return StudyItem.objects.filter(study=study_id, dropped_after__isnull=False).order_by(
        "position"
    )


def told_of_dropped(study_id: UUID) -> list[dict[str, Any]]:
    """What a report says of the items that were dropped."""
    return [
        {
            "position": item.position,
            "text": item.text,
            "after": item.dropped_after,
            "reason": item.dropped_why,
        }
        for item in dropped_items(study_id)
    ]


def rated_items(round_: Round) -> list[RatedItem]:
    rows = asked_items(round_).values_list("pk", "position", "section", "text")
    return [RatedItem(*row) for row in rows]


def sections_of(round_: Round) -> list[str]:
    """The sections of a round's items, in their order."""
    rows = asked_items(round_).exclude(section="")
    return list(dict.fromkeys(rows.values_list("section", flat=True)))


def expertise_by_seat(round_: Round) -> dict[UUID, str]:
    """The seats that the round asks, each with its expertise group."""
    return dict(_seats(round_).values_list("pk", "expertise"))


def rating_columns(
    rounds: Sequence[Round], items: Sequence[RatedItem], seats: Iterable[UUID]
) -> list[dict[UUID, list[int | None]]]:
    """What was answered in each round to these items, and to others if it asked them.

    An entry a seat; see consensus.results.ratings.Columns. Rows with nothing but a comment count
    as missing. One row an item comes from PostgreSQL, so that a thousand panelists cost hardly
    more than ten.
    """
    places = {str(seat): place for place, seat in enumerate(seats)}
    nobody: list[int | None] = [None] * len(places)
    columns = {round_.pk: {item.id: [*nobody] for item in items} for round_ in rounds}
    given = Rating.objects.filter(round__in=[*columns]).exclude(score=None, no_opinion=False)
    rows = given.values("round", "item").annotate(
        seats=ArrayAgg(Cast("seat", TextField())),
        answers=ArrayAgg(Coalesce("score", NO_OPINION)),
    )
    for round_id, item, who, answers in rows.values_list("round", "item", "seats", "answers"):
        column = columns[round_id].setdefault(item, [*nobody])
        for seat, answer in zip(who, answers, strict=True):
            column[places[seat]] = answer
    return [*columns.values()]


def rating_round_before(round_: Round) -> Round | None:
    """The last closed round of the study before this one that asked the same of the items."""
    before = _closed_rounds_of_items(round_.study_id).filter(number__lt=round_.number)
    before = before.filter(kind=round_.kind)
    return before.defer("results").first()  # a hundred kilobytes that nobody reads here


def last_results(study_id: UUID) -> Round | None:
    """The newest closed rating, whose frozen verdicts are the study's; without one, ranking."""
    rounds = _closed_rounds_of_items(study_id)
    return rounds.filter(kind=RoundKind.RATING).first() or rounds.first()


def last_advice(study_id: UUID) -> Round | None:
    """The newest closed rating or ranking, which says whether to stop."""
    return _closed_rounds_of_items(study_id).first()


def _closed_rounds_of_items(study_id: UUID) -> QuerySet[Round]:
    rounds = Round.objects.filter(study=study_id, kind__in=SCORED, status=RoundStatus.CLOSED)
    return rounds.order_by("-number")


def text_answers(round_: Round) -> list[tuple[UUID, str]]:
    """(seat, prompt) of every text that was written."""
    rows = TextAnswer.objects.filter(round=round_.pk).exclude(text="")
    return list(rows.values_list("seat", "prompt"))


def certification_answers(round_id: UUID) -> dict[tuple[UUID, str, str], int]:
    rows = CertificationAnswer.objects.filter(round=round_id)
    columns = rows.values_list("seat", "part", "criterion", "value")
    return {(seat, part, criterion): value for seat, part, criterion, value in columns}


def answers_to_expect(round_: Round) -> int:
    """How many answers a full contribution to this round has."""
    if round_.kind == RoundKind.OPEN_ENDED:
        return len(planned(round_).prompts)
    if round_.kind in SCORED:
        return asked_items(round_).count()
    plan = parse_protocol(round_.study.protocol).certification
    return len(plan.parts(sections_of(round_))) * len(plan.criteria)


def answers_by_seat(round_: Round) -> dict[UUID, int]:
    """How many answers each seat that gave any has given so far; not what they say."""
    answers = _answers(round_)
    return dict(answers.values("seat").annotate(given=Count("pk")).values_list("seat", "given"))


def seats_answering(round_: Round) -> QuerySet[Any]:
    """The seats that gave any answer so far, for another query."""
    return _answers(round_).values("seat")


def _answers(round_: Round) -> QuerySet[Any]:
    return _ANSWERS[RoundKind(round_.kind)].filter(round=round_.pk)


_ANSWERS: dict[RoundKind, QuerySet[Any]] = {
    RoundKind.OPEN_ENDED: TextAnswer.objects.exclude(text=""),
    **dict.fromkeys(SCORED, Rating.objects.exclude(score=None, no_opinion=False)),
    RoundKind.CERTIFICATION: CertificationAnswer.objects.all(),
}


def has_answers(round_: Round, seat_id: UUID) -> bool:
    """Whether this seat has written anything in the round, be it a comment or taken back since."""
    written = _ANSWERS[RoundKind(round_.kind)].model.objects
    return bool(written.filter(round=round_.pk, seat=seat_id).exists())


def still_expected(round_: Round) -> QuerySet[Panelist]:
    """People with an e-mail address who take part, for opening letters and reminders."""
    return Panelist.objects.filter(
        study=round_.study_id, kind=asked_kind(round_.kind), state__in=["invited", "accepted"]
    ).exclude(email="")


def anonymous_texts(round_: Round) -> QuerySet[TextAnswer]:
    """The texts of a closed round, in the order of their random ids, tied to nobody.

    Raises RoundNotClosedError; TooFewAnswersError where a text could be guessed to be someone's.
    """
    if round_.status != RoundStatus.CLOSED:
        raise RoundNotClosedError
    rows = TextAnswer.objects.filter(round=round_.pk).exclude(text="")
    needed = parse_protocol(round_.study.protocol).smallest_shown
    if rows.values("seat").distinct().count() < needed:
        raise TooFewAnswersError(needed=needed)
    return rows.order_by("pk")


def completion(round_: Round) -> dict[str, int]:
    """How many of those asked have answered so far; never who, never what."""
    return participation(
        seat_count(round_), answers_by_seat(round_).values(), answers_to_expect(round_)
    )


def closed_rounds(study_id: UUID) -> QuerySet[Round]:
    return Round.objects.filter(study=study_id, status=RoundStatus.CLOSED).order_by("number")
