"""The comments that a panel sees of itself: by nobody, in no order, without what gives one away."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from consensus.enums import RoundKind, RoundStatus
from consensus.errors import RoundNotClosedError
from consensus.models import FeedbackSnapshot, Rating, Round, WithheldComment
from consensus.protocol import parse_protocol
from consensus.queries.rounds import planned
from consensus.queries.snapshots import newest_snapshots

_HIDDEN = "[…]"


@dataclass(frozen=True)
class Comment:
    """`shown` is what the panel sees of `text`; None: nothing of it."""

    id: UUID
    item: UUID
    text: str
    shown: str | None


def comments_of(round_: Round) -> list[Comment]:
    """Of a closed rating round, or of what a real-time round shows, closed as well as open.

    What came after the last snapshot would be told by the difference: it may be one person's.
    Those on items that enough people rated, in the order of their random ids. Raises
    RoundNotClosedError.
    """
    if round_.kind != RoundKind.RATING:
        return []
    if planned(round_).real_time:
        given = _in_snapshots(newest_snapshots(round_))
    elif round_.status == RoundStatus.CLOSED:
        given = _written(round_)
    else:
        raise RoundNotClosedError
    return _with_what_is_shown(round_, given)


def shown_in(round_: Round, snapshots: Iterable[FeedbackSnapshot]) -> dict[UUID, list[str]]:
    """What the panel sees of these snapshots' comments, by item."""
    return _by_item(_with_what_is_shown(round_, _in_snapshots(snapshots)))


def shown_of(round_: Round) -> dict[UUID, list[str]]:
    """What the panel sees of a closed round's comments, by item."""
    return _by_item(comments_of(round_))


def withheld_by_round(study_id: UUID) -> dict[UUID, dict[str, int]]:
    """How many comments of each round the panel sees nothing of, or not all of."""
    rows = WithheldComment.objects.filter(rating__round__study=study_id)
    found: dict[UUID, dict[str, int]] = {}
    for round_id, pieces in rows.values_list("rating__round", "pieces"):
        told = found.setdefault(round_id, {"withheld": 0, "in_part": 0})
        told["in_part" if pieces else "withheld"] += 1
    return found


def _by_item(comments: Iterable[Comment]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = {}
    for each in comments:
        if each.shown is not None:
            found.setdefault(each.item, []).append(each.shown)
    return found


_Given = tuple[UUID, UUID, str]  # rating, item, words


def _with_what_is_shown(round_: Round, given: Iterable[_Given]) -> list[Comment]:
    withheld = _withheld(round_)
    return [
        Comment(pk, item, text, _shown(text, withheld.get((pk, text)))) for pk, item, text in given
    ]


def _written(round_: Round) -> Iterable[_Given]:
    smallest = parse_protocol(round_.study.protocol).smallest_shown
    enough = [item["id"] for item in (round_.results or {})["items"] if item["n"] >= smallest]
    rows = Rating.objects.filter(round=round_.pk, item__in=enough).exclude(comment="")
    return rows.order_by("pk").values_list("pk", "item", "comment")


def _in_snapshots(snapshots: Iterable[FeedbackSnapshot]) -> Iterable[_Given]:
    rows = [
        (UUID(pk), snapshot.item_id, text)
        for snapshot in snapshots
        for pk, text in snapshot.comments
    ]
    return sorted(rows)


def _withheld(round_: Round) -> Mapping[tuple[UUID, str], WithheldComment]:
    """By rating and by the words that it was about: written anew, they are another comment."""
    rows = WithheldComment.objects.filter(rating__round=round_.pk)
    return {(row.rating_id, row.text): row for row in rows}


def _shown(text: str, withheld: WithheldComment | None) -> str | None:
    if withheld is None:
        return text
    if not withheld.pieces:
        return None
    for start, end in reversed(withheld.pieces):
        text = text[:start] + _HIDDEN + text[end:]
    return text
