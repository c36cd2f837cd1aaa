"""The answers of single panelists, as far as they may leave: without name, pseudonym or order.

Totals are published too, of the whole and of groups, so rows may not leave where totals less rows
would be what one to four people said, or where so few of a group stand in the rows; and only once
rating has ended, so that a later export cannot be held against an earlier one (decisions 36, 41).
"""

import secrets
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias
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
from consensus.results.robustness import publishable, tells_few

RATING_ENDED = {
    StudyStatus.CONCLUDED,
    StudyStatus.CERTIFICATION_OPEN,
    StudyStatus.CERTIFIED,
    StudyStatus.NOT_CERTIFIED,
    StudyStatus.ABANDONED,
}

Answer = int | None  # a score, NO_OPINION, or None for no answer
Row: TypeAlias = Sequence[Answer]
Table: TypeAlias = Sequence[str | None]  # by person: the part counted in; None: not counted


@dataclass(frozen=True)
class RowData:
    """A row a panelist who finished every rating round, shuffled anew for each export.

    `columns` are (round number, item position), in the order of the answers of a row.
    """

    columns: Sequence[tuple[int, int]]
    rows: Sequence[Row]


def row_data_of(study: Study) -> RowData | RowDataWithheld:
    """The rows that may leave, or why none may."""
    if study.status not in RATING_ENDED:
        return RowDataWithheld.STILL_RUNNING
    rounds = list(closed_rounds(study.pk).filter(kind__in=SCORED))
    if not rounds:
        return RowDataWithheld.NO_RATINGS
    items = rated_items(study.pk)
    seats = expertise_by_seat(rounds[0])
    found = [_columns(each, items, seats) for each in rounds]
    rows = list(zip(*[columns[item.id] for columns in found for item in items], strict=True))
    finished = [row for row in rows if None not in row]
    smallest = parse_protocol(study.protocol).smallest_shown
    if len(finished) < smallest:
        return RowDataWithheld.TOO_FEW_COMPLETE
    if any(
        tells_few(_cells(rows, table), smallest)
        for table in _tables(rows, list(seats.values()), len(items), smallest)
    ):
        return RowDataWithheld.TELLS_OTHERS
    secrets.SystemRandom().shuffle(finished)
    columns = [(each.number, item.position) for each in rounds for item in items]
    return RowData(columns, finished)


def _columns(round_: Round, items: Sequence[RatedItem], seats: Iterable[UUID]) -> Columns:
    """What counts of a round: its ratings, or its complete rankings."""
    columns = rating_columns(round_, items, seats)
    return complete_rankings(columns) if round_.kind == RoundKind.RANKING else columns


def _cells(rows: Sequence[Row], table: Table) -> Iterable[int]:
    """How many people of each part of a table finished every round, and how many did not."""
    parts = [(part, None in row) for row, part in zip(rows, table, strict=True) if part is not None]
    return Counter(parts).values()


def _tables(
    rows: Sequence[Row], expertise: Sequence[str], items: int, smallest: int
) -> Iterator[Table]:
    """Everything that is published of an item in a round.

    Of all who answered it; of those who answered it in the round before as well; of each group. No
    row names a group, but the rows of a group are those that add up to what it said of every item.
    """
    columns = list(zip(*rows, strict=True))
    for place, column in enumerate(columns):
        yield [None if answer is None else "" for answer in column]
        if place >= items:
            pairs = zip(columns[place - items], column, strict=True)
            yield [None if None in pair else "" for pair in pairs]
        scored = Counter(group for group, score in zip(expertise, column, strict=True) if score)
        shown = publishable({group: (n,) for group, n in scored.items()}, smallest)
        yield [
            None if answer is None else group if group in shown else ""
            for group, answer in zip(expertise, column, strict=True)
        ]
