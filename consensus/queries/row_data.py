"""The answers of single panelists, as far as they may leave: without name, pseudonym or order.

Totals are published too, of the whole and of groups, so rows may not leave where totals less rows
would be what one to four people said, or where so few of a group stand in the rows; and only once
rating has ended, so that a later export cannot be held against an earlier one (decisions 36, 41).
"""

import secrets
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
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
from consensus.results.participation import NO_OPINION
from consensus.results.rankings import complete_rankings
from consensus.results.robustness import publishable, shows_agreement, tells_few

RATING_ENDED = {
    StudyStatus.CONCLUDED,
    StudyStatus.CERTIFICATION_OPEN,
    StudyStatus.CERTIFIED,
    StudyStatus.NOT_CERTIFIED,
    StudyStatus.ABANDONED,
}

Answer = int | None  # a score, NO_OPINION, or None for no answer
Row: TypeAlias = Sequence[Answer]
Column: TypeAlias = Sequence[Answer]
Found: TypeAlias = Mapping[tuple[int, int], Column]  # by round number and item position
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
    seats = expertise_by_seat(rounds[0])
    found = {
        (each.number, item): column
        for each in rounds
        for item, column in _columns_by_position(each, seats).items()
    }
    rows = list(zip(*found.values(), strict=True))
    finished = [row for row in rows if None not in row]
    smallest = parse_protocol(study.protocol).smallest_shown
    if len(finished) < smallest:
        return RowDataWithheld.TOO_FEW_COMPLETE
    if rows_tell_few(found, list(seats.values()), smallest):
        return RowDataWithheld.TELLS_OTHERS
    secrets.SystemRandom().shuffle(finished)
    return RowData(list(found), finished)


def _columns_by_position(round_: Round, seats: Iterable[UUID]) -> dict[int, Column]:
    """What counts of a round: its ratings, or its complete rankings."""
    items = rated_items(round_)
    [columns] = rating_columns([round_], items, seats)
    counted = complete_rankings(columns) if round_.kind == RoundKind.RANKING else columns
    return {item.position: counted[item.id] for item in items}


def rows_tell_few(found: Found, expertise: Sequence[str], smallest: int) -> bool:
    """Would the rows of those who finished, beside all that is published, tell on a few?

    Of each part of each published table, those in the rows and those not in them must be nobody or
    enough people.
    """
    rows = list(zip(*found.values(), strict=True))
    tables = _tables(found, expertise, smallest)
    return any(tells_few(_cells(rows, table), smallest) for table in tables)


def _cells(rows: Sequence[Row], table: Table) -> Iterable[int]:
    """How many people of each part of a table finished every round, and how many did not."""
    parts = [(part, None in row) for row, part in zip(rows, table, strict=True) if part is not None]
    return Counter(parts).values()


def _tables(found: Found, expertise: Sequence[str], smallest: int) -> Iterator[Table]:
    """Everything that is published of an item in a round: of answers, and of scores alone.

    Of all who gave one; of those who gave one in the round before as well, if that asked it; of
    each group; and, of a round, of those who scored every item. No row names a group, but the rows
    of a group are those that add up to what it said of every item.
    """
    numbers = dict.fromkeys(number for number, _ in found)
    for number in numbers:
        columns = [column for (asked_in, _), column in found.items() if asked_in == number]
        if shows_agreement(columns, smallest):
            yield ["" if all(row) else None for row in zip(*columns, strict=True)]
    before = {after: earlier for earlier, after in pairwise(numbers)}
    for (number, item), column in found.items():
        then = found.get((before.get(number, 0), item))
        shown = _groups_shown(column, expertise, smallest)
        parts = [group if group in shown else "" for group in expertise]
        for counts in (_is_answer, bool):
            given = [counts(answer) for answer in column]
            yield ["" if each else None for each in given]
            if then is not None:
                yield [
                    "" if each and counts(earlier) else None
                    for earlier, each in zip(then, given, strict=True)
                ]
            yield [part if each else None for part, each in zip(parts, given, strict=True)]


def _is_answer(answer: Answer) -> bool:
    return answer is not None


def _groups_shown(column: Column, expertise: Sequence[str], smallest: int) -> Iterable[str]:
    answered = list(zip(expertise, column, strict=True))
    scored = Counter(group for group, answer in answered if answer)
    silent = Counter(group for group, answer in answered if answer == NO_OPINION)
    return publishable({group: (scored[group],) for group in expertise}, smallest, silent=silent)
