"""The answers of single panelists, as far as they may leave: without name, pseudonym or order.

The totals of each round are published too, so rows may not leave where totals less rows would be
what one to four people said; and only once rating has ended, so that a later export cannot be
held against an earlier one (docs/decisions/0036).
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from consensus.enums import SCORED, RoundKind, RowDataWithheld, StudyStatus
from consensus.models import Round, Study
from consensus.protocol import parse_protocol
from consensus.queries.rounds import (
    closed_rounds,
    expertise_by_seat,
    rated_items,
    rating_columns,
)
from consensus.results.rankings import complete_rankings
from consensus.results.ratings import Columns, RatedItem

RATING_ENDED = {
    StudyStatus.CONCLUDED,
    StudyStatus.CERTIFICATION_OPEN,
    StudyStatus.CERTIFIED,
    StudyStatus.NOT_CERTIFIED,
    StudyStatus.ABANDONED,
}

Answer = int | None  # a score, NO_OPINION, or None for no answer


@dataclass(frozen=True)
class RowData:
    """A row a panelist who finished every rating round, shuffled anew for each export.

    `columns` are (round number, item position), in the order of the answers of a row.
    """

    columns: Sequence[tuple[int, int]]
    rows: Sequence[Sequence[Answer]]


def row_data_of(study: Study) -> RowData | RowDataWithheld:
    """The rows that may leave, or why none may."""
    if study.status not in RATING_ENDED:
        return RowDataWithheld.STILL_RUNNING
    rounds = list(closed_rounds(study.pk).filter(kind__in=SCORED))
    if not rounds:
        return RowDataWithheld.NO_RATINGS
    items = rated_items(study.pk)
    seats = list(expertise_by_seat(rounds[0]))
    found = [_columns(each, items, seats) for each in rounds]
    rows = list(zip(*[columns[item.id] for columns in found for item in items], strict=True))
    finished = [row for row in rows if None not in row]
    others = [row for row in rows if None in row]
    smallest = parse_protocol(study.protocol).smallest_shown
    if len(finished) < smallest:
        return RowDataWithheld.TOO_FEW_COMPLETE
    if _tells_few(others, len(items), smallest):
        return RowDataWithheld.TELLS_OTHERS
    secrets.SystemRandom().shuffle(finished)
    columns = [(each.number, item.position) for each in rounds for item in items]
    return RowData(columns, finished)


def _columns(round_: Round, items: Sequence[RatedItem], seats: Sequence[UUID]) -> Columns:
    """What counts of a round: its ratings, or its complete rankings."""
    columns = rating_columns(round_, items, seats)
    return complete_rankings(columns) if round_.kind == RoundKind.RANKING else columns


def _tells_few(others: Sequence[Sequence[Answer]], items: int, smallest: int) -> bool:
    """Would totals less rows be what fewer than `smallest` said: to an item, or to it twice?"""
    answered = [[answer is not None for answer in row] for row in others]
    once = [sum(column) for column in zip(*answered, strict=True)]
    rounds = [
        [row[start : start + items] for row in answered] for start in range(0, len(once), items)
    ]
    twice = [
        sum(then[item] and now[item] for then, now in zip(before, after, strict=True))
        for before, after in pairwise(rounds)
        for item in range(items)
    ]
    return any(0 < few < smallest for few in (*once, *twice))
