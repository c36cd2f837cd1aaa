"""The summary of one item, and of all items of a round."""

from collections.abc import Sequence
from dataclasses import dataclass

from consensus.statistics import grouped, raw
from consensus.statistics.counts import Counts, checked_counts, checked_size, count_answers
from consensus.statistics.description import (
    deviation_of,
    mean_of,
    modes_of,
    top_two_of,
    variance_of,
    variation_of,
)
from consensus.statistics.errors import InvalidAnswerError, InvalidMatrixError
from consensus.statistics.quartiles import Method, Quartiles
from consensus.statistics.undefined import Display, Exact, Undefined


@dataclass(frozen=True, slots=True)
class ItemSummary:
    """What the answers to one item say.

    `n` answers, `counts` per score; `grouped` and `raw` quartiles; `mean` and `sd` in points
    of the scale, `variance` with divisor N - 1, `cv` = sd / mean, `modes` ascending,
    `top_two` the share (0 to 1) of answers on the two highest scores.
    """

    n: int
    counts: Counts
    grouped: Quartiles | Undefined
    raw: Quartiles | Undefined
    mean: Exact
    variance: Exact
    sd: Display
    cv: Display
    modes: tuple[int, ...] | Undefined
    top_two: Exact

    @property
    def size(self) -> int:
        """The number of points of the scale."""
        return len(self.counts)

    def quartiles(self, method: Method) -> Quartiles | Undefined:
        """Return the quartiles by the method, or NO_ANSWERS."""
        return self.grouped if method is Method.GROUPED else self.raw


Matrix = Sequence[Sequence[int | None]]


def summarise_item(counts: Sequence[int]) -> ItemSummary:
    """Summarise the counts of scores 1..K of one item. Raises InvalidCountsError."""
    return _summarise(checked_counts(counts))


def summarise_matrix(matrix: Matrix, size: int) -> tuple[ItemSummary, ...]:
    """Summarise every item of a round on a scale of `size` points.

    Rows are panelists, columns items, None is a missing answer or no opinion. Raises
    InvalidMatrixError for rows of different lengths, InvalidAnswerError for a score off the
    scale, InvalidCountsError for an unsupported size.
    """
    checked_size(size)
    try:
        columns = list(zip(*matrix, strict=True))
    except ValueError as error:
        raise InvalidMatrixError("the rows of the matrix differ in length") from error
    return tuple(
        [_summarise(_count_column(column, size, n)) for n, column in enumerate(columns, 1)]
    )


def _count_column(column: tuple[int | None, ...], size: int, number: int) -> Counts:
    try:
        return count_answers(column, size)
    except InvalidAnswerError as error:
        raise InvalidAnswerError(f"item {number}: {error}") from error


def _summarise(counts: Counts) -> ItemSummary:
    total = sum(counts)
    mean = mean_of(counts)
    variance = variance_of(counts)
    deviation = deviation_of(variance)
    return ItemSummary(
        n=total,
        counts=counts,
        grouped=grouped.quartiles_of(counts, total),
        raw=raw.quartiles_of(counts, total),
        mean=mean,
        variance=variance,
        sd=deviation,
        cv=variation_of(mean, deviation),
        modes=modes_of(counts),
        top_two=top_two_of(counts),
    )
