"""Raw quantiles: linear interpolation between ordered answers.

Type 7 of Hyndman and Fan, "Sample quantiles in statistical packages" (The American
Statistician 50, 1996): the quantile sits at position (N - 1)p of the ordered answers, counted
from 0. It is what R, NumPy and spreadsheets (QUARTILE.INC) compute by default.
"""

from collections.abc import Sequence
from fractions import Fraction

from consensus.statistics.counts import Counts, checked_counts, next_used
from consensus.statistics.errors import InvalidProbabilityError
from consensus.statistics.quartiles import (
    RAW_RULE,
    Method,
    Quartiles,
    Ratio,
    Spread,
    band_of,
)
from consensus.statistics.undefined import Exact, Undefined


def raw_quantile(counts: Sequence[int], p: Fraction) -> Exact:
    """Return the type 7 quantile at 0 <= p <= 1, between the lowest and highest answer.

    NO_ANSWERS when all counts are 0. Raises InvalidCountsError or InvalidProbabilityError.
    """
    checked = checked_counts(counts)
    if not 0 <= p <= 1:
        raise InvalidProbabilityError(f"a raw quantile needs a Fraction 0 <= p <= 1, not {p}")
    total = sum(checked)
    if not total:
        return Undefined.NO_ANSWERS
    return Fraction(_interpolate(checked, p.numerator * (total - 1), p.denominator), p.denominator)


def raw_quartiles(counts: Sequence[int]) -> Quartiles | Undefined:
    """Return the raw quartiles, or NO_ANSWERS. Raises InvalidCountsError."""
    checked = checked_counts(counts)
    return quartiles_of(checked, sum(checked))


def quartiles_of(counts: Counts, total: int) -> Quartiles | Undefined:
    """Return the raw quartiles of counts already checked and summed."""
    if not total:
        return Undefined.NO_ANSWERS
    low = _interpolate(counts, total - 1, 4)
    high = _interpolate(counts, 3 * (total - 1), 4)
    median = Fraction(_interpolate(counts, 2 * (total - 1), 4), 4)
    return Quartiles(
        method=Method.RAW,
        rule=RAW_RULE,
        q1=Fraction(low, 4),
        median=median,
        q3=Fraction(high, 4),
        iqr=Fraction(high - low, 4),
        empty_class=False,
        band=band_of(median, len(counts)),
    )


def spread_of(counts: Counts, total: int) -> Spread | Undefined:
    """Return the raw median and IQR of counts already checked and summed."""
    if not total:
        return Undefined.NO_ANSWERS
    low, middle, high = (_interpolate(counts, part * (total - 1), 4) for part in (1, 2, 3))
    return Spread(Ratio(middle, 4), Ratio(high - low, 4))


def _interpolate(counts: Counts, target: int, parts: int) -> int:
    """Return `parts` times the value at position target / parts of the ordered answers."""
    place, rest = divmod(target, parts)
    reached = 0
    for score, within in enumerate(counts, 1):
        reached += within
        if place < reached:
            if not rest or place + 1 < reached:
                return score * parts
            return score * parts + rest * (next_used(counts, score) - score)
    raise InvalidProbabilityError("the answers end before the quantile")
