"""The result of a ranking round: every item's places, and how far the panel agrees on an order.

Only complete rankings count: one that stops half-way has no place for the rest, and mean ranks over
different items cannot be compared. How many stopped half-way stands beside them.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from consensus.protocol import PlannedRound, Protocol
from consensus.results.participation import participation
from consensus.results.ratings import Columns, RatedItem, answers_by_seat
from consensus.results.robustness import publishable
from consensus.statistics import (
    KendallWRule,
    RankingSummary,
    Undefined,
    judge_order,
    summarise_rankings,
    to_jsonable,
)

_TOO_FEW: dict[str, Any] = to_jsonable(Undefined.TOO_FEW)


def freeze_rankings(
    protocol: Protocol,
    planned: PlannedRound,
    items: Sequence[RatedItem],
    expertise: Sequence[str],
    columns: Columns,
    *,
    is_last: bool,
) -> dict[str, Any]:
    """The results of a ranking; `columns` have each seat's place of an item, None for none."""
    given = answers_by_seat(columns, len(expertise))
    rows = _rows(items, expertise, columns)
    enough = len(rows) >= protocol.smallest_shown
    found = summarise_rankings([row for _, row in rows], len(items), top=planned.top)
    order = judge_order(found.agreement, planned.agreement or KendallWRule())
    return {
        "panel": participation(len(expertise), [count for count in given if count], len(items)),
        "n": len(rows),
        "top": planned.top,
        "agreement": to_jsonable(found.agreement) if enough else _TOO_FEW,
        "judgement": to_jsonable(order) if enough else _TOO_FEW,
        "recommendation": _recommendation(agreed=enough and order.reached is True, is_last=is_last),
        "items": _items(items, found if enough else None),
        "groups": _groups(protocol, rows, len(items)) if enough else [],
    }


def complete_rankings(columns: Columns) -> Columns:
    """The same, without the places of those who left an item out."""
    is_whole = [None not in row for row in zip(*columns.values(), strict=True)]
    return {
        item: [place if whole else None for place, whole in zip(column, is_whole, strict=True)]
        for item, column in columns.items()
    }


def _rows(
    items: Sequence[RatedItem], expertise: Sequence[str], columns: Columns
) -> list[tuple[str, tuple[int, ...]]]:
    """Each complete ranking with its group: the places in the order of the items."""
    whole = complete_rankings(columns)
    placed = zip(*(whole[item.id] for item in items), strict=True)
    told = [tuple(place for place in row if place is not None) for row in placed]
    return [(group, row) for group, row in zip(expertise, told, strict=True) if row]


def _items(items: Sequence[RatedItem], found: RankingSummary | None) -> list[dict[str, Any]]:
    told = to_jsonable(found.items) if found else [_TOO_FEW] * len(items)
    return [
        {
            "id": str(item.id),
            "position": item.position,
            "section": item.section,
            "text": item.text,
            "summary": summary,
        }
        for item, summary in zip(items, told, strict=True)
    ]


def _recommendation(*, agreed: bool, is_last: bool) -> dict[str, Any]:
    if agreed:
        return {"stop": True, "reason": "agreed"}
    return {"stop": is_last, "reason": "round_limit" if is_last else "not_agreed"}


def _groups(
    protocol: Protocol, rows: Sequence[tuple[str, tuple[int, ...]]], size: int
) -> list[dict[str, Any]]:
    """Each group that may be shown, with its W and the mean ranks in the order of the items."""
    by_group: dict[str, list[tuple[int, ...]]] = {}
    for group, row in rows:
        by_group.setdefault(group, []).append(row)
    if len(by_group) <= 1:
        return []
    shown = publishable(
        {name: (len(each),) for name, each in by_group.items()}, protocol.smallest_shown
    )
    return [_group(name, by_group[name], size) for name in sorted(shown)]


def _group(name: str, rows: Sequence[tuple[int, ...]], size: int) -> dict[str, Any]:
    found = summarise_rankings(rows, size, top=1)
    means = [item.mean_rank for item in found.items]
    return {
        "name": name,
        "n": len(rows),
        "w": to_jsonable(found.agreement.w),
        "mean_ranks": to_jsonable(means),
    }


def is_agreed(results: Mapping[str, Any]) -> bool:
    """True if a frozen ranking ended in agreement on an order."""
    return results["judgement"].get("reached") is True
