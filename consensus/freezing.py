"""What a round is frozen to: counts and exact statistics, nothing that fewer than 5 people said.

Pure: rows in, one JSON document out. Fractions are strings ("34/9"), what has no value says why
(`{"undefined": "too_few"}`).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any
from uuid import UUID

from consensus.protocol import Protocol
from consensus.statistics import (
    Decision,
    Stability,
    Undefined,
    Verdict,
    certify,
    compare_rounds,
    count_answers,
    judge_item,
    knife_edge,
    panel_agreement,
    summarise_item,
    to_jsonable,
)

_TOO_FEW = to_jsonable(Undefined.TOO_FEW)


@dataclass(frozen=True)
class RatedItem:
    id: UUID
    position: int
    section: str
    text: str


@dataclass(frozen=True)
class RoundRatings:
    """Scores of one round by (seat, item); None is "no opinion", what is absent is missing."""

    scores: Mapping[tuple[UUID, UUID], int | None]

    def column(self, seats: Sequence[UUID], item: UUID) -> list[int | None]:
        return [self.scores.get((seat, item)) for seat in seats]


def get_ready() -> None:
    """Load what p-values need; the first time takes a second, so do it before any lock is held."""
    import_module("scipy.stats")


def freeze_ratings(
    protocol: Protocol,
    items: Sequence[RatedItem],
    seats: Sequence[UUID],
    ratings: RoundRatings,
    *,
    earlier: RoundRatings | None,
    is_last: bool,
) -> dict[str, Any]:
    """The results of a rating round; `earlier` is the rating round before it."""
    frozen = [_freeze_item(protocol, item, seats, ratings, earlier) for item in items]
    matrix = [[ratings.scores.get((seat, item.id)) for item in items] for seat in seats]
    agreement = panel_agreement(matrix)
    few = agreement.panelists < protocol.smallest_shown
    return {
        "panel": participation(seats, [seat for seat, _ in ratings.scores], len(items)),
        "agreement": _TOO_FEW if few else to_jsonable(agreement),
        "recommendation": _recommendation(frozen, is_last=is_last),
        "items": frozen,
    }


def freeze_texts(
    prompts: Sequence[str], seats: Sequence[UUID], answers: Iterable[tuple[UUID, str]]
) -> dict[str, Any]:
    """How many answered an open-ended round and each of its prompts."""
    given = list(answers)
    by_prompt = Counter(code for _, code in given)
    return {
        "panel": participation(seats, [seat for seat, _ in given], len(prompts)),
        "prompts": [{"code": code, "n": by_prompt[code]} for code in prompts],
    }


def freeze_certification(
    protocol: Protocol,
    parts: Sequence[str],
    seats: Sequence[UUID],
    answers: Mapping[tuple[UUID, str, str], int],
) -> dict[str, Any]:
    """The certifiers' answers by (seat, part, criterion), and whether every part passes."""
    plan = protocol.certification
    tally = Counter((part, code, value) for (_, part, code), value in answers.items())
    asked = [(part, wording.code) for part in parts for wording in plan.criteria]
    frozen = []
    for part, code in asked:
        values = range(plan.lowest, plan.highest + 1)
        counts = [tally[part, code, value] for value in values]
        line: dict[str, Any] = {"part": part, "criterion": code, "n": sum(counts)}
        if sum(counts) < protocol.smallest_shown:
            frozen.append({**line, "outcome": _TOO_FEW, "passed": False})
        else:
            outcome = certify(counts, plan.rule)
            shown = {"counts": counts, **to_jsonable(outcome)}
            frozen.append({**line, "outcome": shown, "passed": outcome.passed is True})
    return {
        "panel": participation(seats, [seat for seat, _, _ in answers], len(asked)),
        "certified": all(line["passed"] for line in frozen),
        "parts": frozen,
    }


def participation(
    seats: Collection[UUID], answers_by_seat: Iterable[UUID], asked: int
) -> dict[str, int]:
    """How many were asked, answered anything, everything, or a part."""
    given = Counter(answers_by_seat)
    complete = sum(count >= asked for count in given.values())
    return {
        "asked": len(seats),
        "answered": len(given),
        "complete": complete,
        "incomplete": len(given) - complete,
    }


def _freeze_item(
    protocol: Protocol,
    item: RatedItem,
    seats: Sequence[UUID],
    ratings: RoundRatings,
    earlier: RoundRatings | None,
) -> dict[str, Any]:
    column = ratings.column(seats, item.id)
    answered = sum((seat, item.id) in ratings.scores for seat in seats)
    counts = count_answers(column, protocol.points)
    n = sum(counts)
    frozen: dict[str, Any] = {
        "id": str(item.id),
        "position": item.position,
        "section": item.section,
        "text": item.text,
        "n": n,
        "no_opinion": answered - n,
        "missing": len(seats) - answered,
    }
    if n < protocol.smallest_shown:
        unknown = {"summary": _TOO_FEW, "stability": _TOO_FEW, "judgement": _TOO_FEW}
        return {**frozen, **unknown, "on_edge": False}
    stability, stable = _stability(protocol, item, seats, column, earlier)
    summary = summarise_item(counts)
    rule, in_from = protocol.consensus, protocol.in_from
    judgement = judge_item(summary, rule=rule, in_from=in_from, stable=stable)
    edge = knife_edge(counts, rule=rule, in_from=in_from, stable=stable)
    return {
        **frozen,
        "summary": to_jsonable(summary),
        "stability": to_jsonable(stability),
        "judgement": to_jsonable(judgement),
        "on_edge": edge.on_edge,
    }


def _stability(
    protocol: Protocol,
    item: RatedItem,
    seats: Sequence[UUID],
    column: Sequence[int | None],
    earlier: RoundRatings | None,
) -> tuple[Stability | Undefined, Decision]:
    if earlier is None:
        return Undefined.NOT_COMPARED, Undefined.NOT_COMPARED
    before = earlier.column(seats, item.id)
    found = compare_rounds(before, column, protocol.points, rule=protocol.stability)
    if found.answered_both < protocol.smallest_shown:
        return Undefined.TOO_FEW, Undefined.TOO_FEW
    return found, found.stable


def _recommendation(frozen: Sequence[Mapping[str, Any]], *, is_last: bool) -> dict[str, Any]:
    """Stop when every item is settled (stability comes before consensus) or no round is left."""
    settled = sum(item["judgement"].get("settled") is True for item in frozen)
    if frozen and settled == len(frozen):
        return {"stop": True, "reason": "all_settled", "settled": settled}
    reason = "round_limit" if is_last else "not_settled"
    return {"stop": is_last, "reason": reason, "settled": settled}


def is_in(item: Mapping[str, Any]) -> bool:
    """True if a frozen item ended as consensus with a high median."""
    return verdict_of(item) == Verdict.CONSENSUS_IN.value


def verdict_of(item: Mapping[str, Any]) -> str:
    """The verdict on a frozen item, or the reason why there is none."""
    verdict = item["judgement"].get("verdict", item["judgement"])
    return str(verdict["undefined"] if isinstance(verdict, dict) else verdict)
