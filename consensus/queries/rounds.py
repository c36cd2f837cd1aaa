"""What a round asks, of whom, and what came in: by pseudonym, never joined to a person."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

from consensus.enums import PanelKind, RoundKind, RoundStatus
from consensus.errors import RoundNotClosedError, TooFewAnswersError
from consensus.freezing import RatedItem, RoundRatings, participation
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


def planned(round_: Round) -> PlannedRound:
    """What the protocol says of an open-ended or rating round."""
    return parse_protocol(round_.study.protocol).rounds[round_.number - 1]


def asked_kind(kind: str) -> PanelKind:
    """Who answers a round of this kind."""
    return PanelKind.CERTIFIER if kind == RoundKind.CERTIFICATION else PanelKind.PANELIST


def seats_of(round_: Round) -> list[UUID]:
    """The pseudonyms that the round asks, in an order that tells nothing."""
    seats = PanelSeat.objects.filter(study=round_.study_id, kind=asked_kind(round_.kind))
    return list(seats.order_by("pk").values_list("pk", flat=True))


def rated_items(study_id: UUID) -> list[RatedItem]:
    rows = StudyItem.objects.filter(study=study_id).order_by("position")
    return [RatedItem(*row) for row in rows.values_list("pk", "position", "section", "text")]


def sections_of(study_id: UUID) -> list[str]:
    """The sections of the items, in their order."""
    rows = StudyItem.objects.filter(study=study_id).exclude(section="").order_by("position")
    return list(dict.fromkeys(rows.values_list("section", flat=True)))


def ratings_of(round_id: UUID) -> RoundRatings:
    """What was answered in a round; rows with nothing but a comment count as missing."""
    rows = Rating.objects.filter(round=round_id).exclude(score=None, no_opinion=False)
    return RoundRatings(
        {(seat, item): score for seat, item, score in rows.values_list("seat", "item", "score")}
    )


def rating_round_before(round_: Round) -> Round | None:
    """The last closed rating round of the study before this one."""
    return _rating_rounds_before(round_).first()


def ratings_before(round_: Round) -> RoundRatings | None:
    """What was answered in that round; None if there was none."""
    earlier = _rating_rounds_before(round_).values_list("pk", flat=True).first()
    return ratings_of(earlier) if earlier else None


def _rating_rounds_before(round_: Round) -> QuerySet[Round]:
    closed = Round.objects.filter(
        study=round_.study_id, kind=RoundKind.RATING, status=RoundStatus.CLOSED
    )
    return closed.filter(number__lt=round_.number).order_by("-number")


def last_results(study_id: UUID) -> Round | None:
    """The newest closed rating round, whose frozen verdicts are the study's."""
    return (
        Round.objects.filter(study=study_id, kind=RoundKind.RATING, status=RoundStatus.CLOSED)
        .order_by("-number")
        .first()
    )


def text_answers(round_: Round, seats: Sequence[UUID]) -> list[tuple[UUID, str]]:
    rows = TextAnswer.objects.filter(round=round_.pk, seat__in=seats).exclude(text="")
    return list(rows.values_list("seat", "prompt"))


def certification_answers(round_id: UUID) -> dict[tuple[UUID, str, str], int]:
    rows = CertificationAnswer.objects.filter(round=round_id)
    columns = rows.values_list("seat", "part", "criterion", "value")
    return {(seat, part, criterion): value for seat, part, criterion, value in columns}


def answers_to_expect(round_: Round) -> int:
    """How many answers a full contribution to this round has."""
    if round_.kind == RoundKind.OPEN_ENDED:
        return len(planned(round_).prompts)
    if round_.kind == RoundKind.RATING:
        return StudyItem.objects.filter(study=round_.study_id).count()
    plan = parse_protocol(round_.study.protocol).certification
    return len(plan.parts(sections_of(round_.study_id))) * len(plan.criteria)


def seats_answering(round_: Round) -> list[UUID]:
    """One entry per answer given so far: whose it is, not what it says."""
    if round_.kind == RoundKind.OPEN_ENDED:
        texts = TextAnswer.objects.filter(round=round_.pk).exclude(text="")
        return list(texts.values_list("seat", flat=True))
    if round_.kind == RoundKind.RATING:
        ratings = Rating.objects.filter(round=round_.pk).exclude(score=None, no_opinion=False)
        return list(ratings.values_list("seat", flat=True))
    answers = CertificationAnswer.objects.filter(round=round_.pk)
    return list(answers.values_list("seat", flat=True))


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
    return participation(seats_of(round_), seats_answering(round_), answers_to_expect(round_))


def closed_rounds(study_id: UUID) -> QuerySet[Round]:
    return Round.objects.filter(study=study_id, status=RoundStatus.CLOSED).order_by("number")
