"""Mean, spread, modes and top-two agreement of one item, from its counts.

Every function takes counts already checked. Exact values are Fractions; the deviation is a
root, so it and the coefficient of variation are floats for display.
"""

from fractions import Fraction
from math import sqrt

from consensus.statistics.counts import Counts
from consensus.statistics.undefined import Display, Exact, Undefined

TOP = 2  # how many of the highest scores count as agreement


def mean_of(counts: Counts) -> Exact:
    """Return the mean in points of the scale, or NO_ANSWERS."""
    total = sum(counts)
    if not total:
        return Undefined.NO_ANSWERS
    return Fraction(sum([score * count for score, count in enumerate(counts, 1)]), total)


def variance_of(counts: Counts) -> Exact:
    """Return the sample variance (divisor N - 1), or NO_ANSWERS, or ONE_ANSWER."""
    total = sum(counts)
    if total <= 1:
        return Undefined.ONE_ANSWER if total else Undefined.NO_ANSWERS
    first = sum([score * count for score, count in enumerate(counts, 1)])
    second = sum([score * score * count for score, count in enumerate(counts, 1)])
    return Fraction(total * second - first * first, total * (total - 1))


def deviation_of(variance: Exact) -> Display:
    """Return the standard deviation in points of the scale, or why there is no variance."""
    if isinstance(variance, Undefined):
        return variance
    return sqrt(variance.numerator / variance.denominator)


def variation_of(mean: Exact, deviation: Display) -> Display:
    """Return the coefficient of variation, deviation / mean: 0.25 means 25 %."""
    if isinstance(deviation, Undefined):
        return deviation
    if isinstance(mean, Undefined):
        return mean
    return deviation * mean.denominator / mean.numerator


def modes_of(counts: Counts) -> tuple[int, ...] | Undefined:
    """Return every score with the highest count, ascending, or NO_ANSWERS."""
    most = max(counts)
    if not most:
        return Undefined.NO_ANSWERS
    return tuple([score for score, count in enumerate(counts, 1) if count == most])


def top_two_of(counts: Counts) -> Exact:
    """Return the share, 0 to 1, of answers on the two highest scores.

    NO_ANSWERS, or WHOLE_SCALE on two points, where the two highest scores are all there are.
    """
    if len(counts) == TOP:
        return Undefined.WHOLE_SCALE
    total = sum(counts)
    if not total:
        return Undefined.NO_ANSWERS
    return Fraction(counts[-1] + counts[-2], total)
