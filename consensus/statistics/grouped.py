"""Grouped quantiles: scores as classes one point wide, read off the cumulative line.

Score k stands for the class k - 1/2 to k + 1/2. For 0 < p < 1 the quantile is where the
cumulative frequency reaches t = pN: L + (t - Fc) / fw in the class where Fc < t <= Fc + fw
(L lower limit, Fc answers below, fw answers within), the textbook formula for grouped data.
Where t falls on a stretch that is flat because scores were not used, it is the midpoint of
the stretch: no other fixed point of it mirrors when the scale is reversed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from consensus.statistics.counts import Counts, checked_counts, next_used
from consensus.statistics.errors import InvalidProbabilityError
from consensus.statistics.quartiles import (
    GROUPED_RULE,
    Method,
    Quartiles,
    Ratio,
    Spread,
    band_of,
)
from consensus.statistics.undefined import Undefined


@dataclass(frozen=True, slots=True)
class GroupedQuantile:
    """One grouped quantile in points of the scale, and whether it is a midpoint of a gap."""

    value: Fraction
    empty_class: bool
    rule: str = GROUPED_RULE


def grouped_quantile(counts: Sequence[int], p: Fraction) -> GroupedQuantile | Undefined:
    """Return the grouped quantile at 0 < p < 1, between 1/2 and K + 1/2.

    NO_ANSWERS when all counts are 0. Raises InvalidCountsError or InvalidProbabilityError.
    """
    checked = checked_counts(counts)
    if not 0 < p < 1:
        raise InvalidProbabilityError(f"a grouped quantile needs a Fraction 0 < p < 1, not {p}")
    total = sum(checked)
    if not total:
        return Undefined.NO_ANSWERS
    [(above, below, gap)] = _reach(checked, (p.numerator * total,), p.denominator)
    return GroupedQuantile(Fraction(above, below), gap)


def grouped_quartiles(counts: Sequence[int]) -> Quartiles | Undefined:
    """Return the grouped quartiles, or NO_ANSWERS. Raises InvalidCountsError."""
    checked = checked_counts(counts)
    return quartiles_of(checked, sum(checked))


def quartiles_of(counts: Counts, total: int) -> Quartiles | Undefined:
    """Return the grouped quartiles of counts already checked and summed."""
    if not total:
        return Undefined.NO_ANSWERS
    low, middle, high = _reach(counts, (total, 2 * total, 3 * total), 4)
    median = Fraction(*middle[:2])
    return Quartiles(
        method=Method.GROUPED,
        rule=GROUPED_RULE,
        q1=Fraction(*low[:2]),
        median=median,
        q3=Fraction(*high[:2]),
        iqr=Fraction(*_distance(low, high)),
        empty_class=low[2] or middle[2] or high[2],
        band=band_of(median, len(counts)),
    )


def spread_of(counts: Counts, total: int) -> Spread | Undefined:
    """Return the grouped median and IQR of counts already checked and summed."""
    if not total:
        return Undefined.NO_ANSWERS
    low, middle, high = _reach(counts, (total, 2 * total, 3 * total), 4)
    return Spread(Ratio(*middle[:2]), _distance(low, high))


_Cut: TypeAlias = tuple[int, int, bool]  # numerator, denominator, midpoint of a gap


def _distance(low: _Cut, high: _Cut) -> Ratio:
    return Ratio(high[0] * low[1] - low[0] * high[1], low[1] * high[1])


def _reach(counts: Counts, targets: Sequence[int], parts: int) -> list[_Cut]:
    """Find where the cumulative line reaches target / parts answers, for ascending targets.

    0 < target < parts * N. Returns each position as numerator and denominator, and whether it
    is a midpoint of a gap.
    """
    found: list[_Cut] = []
    below = 0  # in parts of an answer, as the targets
    for score, within in enumerate(counts, 1):
        full = within * parts
        while (short := targets[len(found)] - below) <= full:
            if short < full:
                found.append(((2 * score - 1) * full + 2 * short, 2 * full, False))
            else:
                following = next_used(counts, score)
                found.append((score + following, 2, following > score + 1))
            if len(found) == len(targets):
                return found
        below += full
    raise InvalidProbabilityError("the cumulative line ends before the quantile")
