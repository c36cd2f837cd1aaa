"""When the feedback of a real-time round may be renewed, item by item.

Two snapshots of an item differ by what some panelists changed, and whoever sees both sees that. So
a new one needs at least five panelists (the protocol's `smallest_shown`) whose scores differ from
the newest snapshot, and from every earlier one as well: five who change and four of them who change
back would tell on the fifth. "No opinion" shows in no snapshot and counts as no score. Who changes
back and forth between two snapshots counts not at all, who changes twice counts once.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from consensus.protocol import Protocol
from consensus.statistics import Undefined, count_answers, summarise_item, to_jsonable

Scores: TypeAlias = Mapping[str, int]  # by seat; of one item


def changed(before: Scores, now: Scores) -> int:
    """How many panelists score differently, newly, or no more."""
    return sum(before.get(seat) != now.get(seat) for seat in {*before, *now})


def is_due(earlier: Sequence[Scores], now: Scores, smallest: int) -> bool:
    """True if `now` may be shown to those who have seen the `earlier` snapshots."""
    enough = len(now) >= smallest
    return enough and all(changed(before, now) >= smallest for before in earlier)


def summary_of(scores: Scores, protocol: Protocol) -> dict[str, Any]:
    summary: dict[str, Any] = to_jsonable(
        summarise_item(count_answers(scores.values(), protocol.points))
    )
    return summary


def history_of(
    snapshots: Sequence[tuple[Scores, int]], last: Scores, smallest: int
) -> dict[str, Any]:
    """What a report says of an item's snapshots, each with its scores and how many changed.

    `changed_since` is how many changed after the last one; one to four are too few to say.
    """
    since = changed(snapshots[-1][0] if snapshots else {}, last)
    return {
        "snapshots": [{"n": len(scores), "changed": moved} for scores, moved in snapshots],
        "changed_since": to_jsonable(Undefined.TOO_FEW) if 0 < since < smallest else since,
    }
