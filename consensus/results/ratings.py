"""The result of a rating round: every item's statistics and verdict, and the panel's agreement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import UUID

from consensus.protocol import Protocol
from consensus.results.participation import NO_OPINION, participation
from consensus.results.robustness import (
    attrition,
    group_feedback,
    shows_agreement,
    subgroups,
    tells_few,
)
from consensus.statistics import (
    Stability,
    Undefined,
    Verdict,
    compare_rounds,
    compare_totals,
    count_answers,
    judge_item,
    knife_edge,
    panel_agreement,
    summarise_item,
    to_jsonable,
)

# The answers to each item, one entry a seat, in one order of seats for all items and rounds:
# a score, NO_OPINION, or None where there is no answer.
Columns: TypeAlias = Mapping[UUID, Sequence[int | None]]

_TOO_FEW = to_jsonable(Undefined.TOO_FEW)
_NOT_COMPARED = to_jsonable(Undefined.NOT_COMPARED)


@dataclass(frozen=True)
class RatedItem:
    id: UUID
    position: int
    section: str
    text: str


@dataclass(frozen=True)
class Earlier:
    """The rating round before, with who answered there and in this one no more."""

    columns: Columns
    left: Sequence[bool]


def freeze_ratings(
    protocol: Protocol,
    items: Sequence[RatedItem],
    expertise: Sequence[str],
    columns: Columns,
    *,
    before: Columns | None,
    is_last: bool,
) -> dict[str, Any]:
    """The results of a rating round.

    `expertise` is each seat's group; `before` are the answers of the rating round before.
    """
    given = answers_by_seat(columns, len(expertise))
    earlier = _earlier(before, given) if before is not None else None
    frozen = [_freeze_item(protocol, item, expertise, columns, earlier) for item in items]
    scores = [_scores(columns[item.id]) for item in items]
    agreement = panel_agreement(list(zip(*scores, strict=True)))
    shown = shows_agreement(scores, protocol.smallest_shown)
    return {
        "panel": participation(len(expertise), [count for count in given if count], len(items)),
        "agreement": to_jsonable(agreement) if shown else _TOO_FEW,
        "recommendation": _recommendation(frozen, is_last=is_last),
        "items": frozen,
    }


def answers_by_seat(columns: Columns, seats: int) -> list[int]:
    rows = zip(*columns.values(), strict=True)
    return [len(row) - row.count(None) for row in rows] or [0] * seats


def _earlier(before: Columns, given: Sequence[int]) -> Earlier:
    given_before = answers_by_seat(before, len(given))
    left = [bool(then) and not now for then, now in zip(given_before, given, strict=True)]
    return Earlier(before, left)


def _scores(column: Sequence[int | None]) -> list[int | None]:
    return [answer or None for answer in column]


def _freeze_item(
    protocol: Protocol,
    item: RatedItem,
    expertise: Sequence[str],
    columns: Columns,
    earlier: Earlier | None,
) -> dict[str, Any]:
    column = columns[item.id]
    scores = _scores(column)
    counts = count_answers(scores, protocol.points)
    frozen: dict[str, Any] = {
        "id": str(item.id),
        "position": item.position,
        "section": item.section,
        "text": item.text,
        "n": sum(counts),
        "no_opinion": column.count(NO_OPINION),
        "missing": column.count(None),
    }
    if sum(counts) < protocol.smallest_shown:
        hidden = ("summary", "stability", "judgement", "attrition", "subgroups")
        told = _answered_alone(frozen, protocol.smallest_shown)
        return {**told, **dict.fromkeys(hidden, _TOO_FEW), "on_edge": False, "groups": []}
    then = _scores(earlier.columns[item.id]) if earlier else None
    stability = stability_shown(protocol, then, scores)
    stable = stability if isinstance(stability, Undefined) else stability.stable
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
        "flips": to_jsonable(edge.flips),
        "attrition": attrition(protocol, then, scores, left=earlier.left)
        if earlier and then
        else _NOT_COMPARED,
        "subgroups": subgroups(protocol, expertise, column),
        "groups": group_feedback(protocol, expertise, column),
    }


def _answered_alone(frozen: Mapping[str, Any], smallest: int) -> dict[str, Any]:
    """Where one to four answered at all, `n` counts them with those who had no opinion."""
    answered = frozen["n"] + frozen["no_opinion"]
    if not tells_few([answered], smallest):
        return {**frozen}
    return {**frozen, "n": answered, "no_opinion": _TOO_FEW}


def stability_shown(
    protocol: Protocol, before: Sequence[int | None] | None, scores: Sequence[int | None]
) -> Stability | Undefined:
    """Over those who scored both rounds; over the totals where one to four scored only one.

    What those who scored both did, held against the totals, would tell what these few said.
    """
    if before is None:
        return Undefined.NOT_COMPARED
    found = compare_rounds(before, scores, protocol.points, rule=protocol.stability)
    both, smallest = found.answered_both, protocol.smallest_shown
    if both < smallest:
        return Undefined.TOO_FEW
    if not tells_few([found.answered_earlier - both, found.answered_later - both], smallest):
        return found
    totals = [count_answers(each, protocol.points) for each in (before, scores)]
    return compare_totals(found, *totals)


def _recommendation(frozen: Sequence[Mapping[str, Any]], *, is_last: bool) -> dict[str, Any]:
    """Stop when every item is settled (stability comes before consensus) or no round is left."""
    settled = sum(map(is_settled, frozen))
    if frozen and settled == len(frozen):
        return {"stop": True, "reason": "all_settled", "settled": settled}
    reason = "round_limit" if is_last else "not_settled"
    return {"stop": is_last, "reason": reason, "settled": settled}


def is_settled(item: Mapping[str, Any]) -> bool:
    """True if a frozen item has a verdict and its answers have stopped moving."""
    return item["judgement"].get("settled") is True


def is_in(item: Mapping[str, Any]) -> bool:
    """True if a frozen item ended as consensus with a high median."""
    return verdict_of(item) == Verdict.CONSENSUS_IN.value


def verdict_of(item: Mapping[str, Any]) -> str:
    """The verdict on a frozen item, or the reason why there is none."""
    verdict = item["judgement"].get("verdict", item["judgement"])
    return str(verdict["undefined"] if isinstance(verdict, dict) else verdict)
