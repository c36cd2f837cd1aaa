"""Quantiles by either method."""

from collections.abc import Sequence
from fractions import Fraction

from consensus.statistics import grouped, raw
from consensus.statistics.counts import Counts
from consensus.statistics.quartiles import Method, Quartiles, Spread
from consensus.statistics.undefined import Exact, Undefined


def quantile_by(method: Method, counts: Sequence[int], p: Fraction) -> Exact:
    """Return the quantile at 0 < p < 1, or NO_ANSWERS.

    Raises InvalidCountsError or InvalidProbabilityError.
    """
    if method is Method.RAW:
        return raw.raw_quantile(counts, p)
    found = grouped.grouped_quantile(counts, p)
    return found if isinstance(found, Undefined) else found.value


def quartiles_by(method: Method, counts: Counts) -> Quartiles | Undefined:
    """Return the quartiles of counts already checked, or NO_ANSWERS."""
    read = raw.quartiles_of if method is Method.RAW else grouped.quartiles_of
    return read(counts, sum(counts))


def spread_by(method: Method, counts: Counts) -> Spread | Undefined:
    """Return the median and IQR of counts already checked, or NO_ANSWERS."""
    read = raw.spread_of if method is Method.RAW else grouped.spread_of
    return read(counts, sum(counts))
