"""The snapshots of a real-time round: what the panel sees, and where stability starts from."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from consensus.models import FeedbackSnapshot, Rating, Round, StudyItem
from consensus.protocol import Protocol
from consensus.results.ratings import RatedItem
from consensus.results.snapshots import Scores, history_of


def scores_now(round_: Round, **only: Any) -> dict[str, dict[str, int]]:
    """The scores of an open or closed round as they stand: by item, then by seat."""
    rows = Rating.objects.filter(round=round_.pk, **only).values_list("item", "seat", "score")
    found: dict[str, dict[str, int]] = {}
    for item, seat, score in rows:
        if score is not None:
            found.setdefault(str(item), {})[str(seat)] = score
    return found


def newest_snapshots(round_: Round) -> list[FeedbackSnapshot]:
    """The snapshot of each item that has one, without the answers behind it."""
    rows = FeedbackSnapshot.objects.filter(round=round_.pk).order_by("item", "-number")
    return list(rows.distinct("item").defer("answers"))


def newest_answers(round_: Round, items: Iterable[StudyItem]) -> dict[UUID, Scores]:
    """The scores behind the newest snapshot of each of these items that has one."""
    rows = FeedbackSnapshot.objects.filter(round=round_.pk, item__in=items)
    newest = rows.order_by("item", "-number").distinct("item")
    return dict(newest.values_list("item", "answers"))


def before_feedback(
    round_: Round, items: Sequence[RatedItem], seats: Iterable[UUID]
) -> dict[UUID, list[int | None]]:
    """What each seat scored before it could see the group, laid out as `rating_columns` does.

    That is its score in the item's first snapshot or, if it came later, its first one. Nothing for
    an item that never had a snapshot.
    """
    shown = FeedbackSnapshot.objects.filter(round=round_.pk, number=1)
    first: dict[UUID, Scores] = dict(shown.values_list("item", "answers"))
    rows = Rating.objects.filter(round=round_.pk, item__in=first).exclude(first_score=None)
    given = {(item, seat): score for item, seat, score in rows.values_list(*_FIRST)}
    return {
        item.id: [
            first.get(item.id, {}).get(str(seat), given.get((item.id, seat))) for seat in seats
        ]
        for item in items
    }


_FIRST = ("item", "seat", "first_score")


def with_snapshots(frozen: dict[str, Any], round_: Round, protocol: Protocol) -> dict[str, Any]:
    """Frozen results of a real-time round, each item with the numbers of its snapshots."""
    rows = FeedbackSnapshot.objects.filter(round=round_.pk).order_by("number")
    shown: dict[str, list[tuple[Scores, int]]] = {}
    for item, answers, changed in rows.values_list("item", "answers", "changed"):
        shown.setdefault(str(item), []).append((answers, changed))
    last = scores_now(round_)
    items = [
        {
            **item,
            "feedback": history_of(
                shown.get(item["id"], []), last.get(item["id"], {}), protocol.smallest_shown
            ),
        }
        for item in frozen["items"]
    ]
    return {**frozen, "items": items}
