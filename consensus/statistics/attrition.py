"""Attrition: did those who left differ from those who stayed?

The Mann-Whitney test: Annals of Mathematical Statistics 18, 1947.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from consensus.statistics import significance
from consensus.statistics.counts import SMALLEST_GROUP, Counts, checked_counts
from consensus.statistics.errors import InvalidMatrixError
from consensus.statistics.quartiles import HALF
from consensus.statistics.undefined import Display, Exact, Undefined


@dataclass(frozen=True, slots=True)
class Attrition:
    """The answers to one item by panelists who left later, beside those who stayed.

    `difference` is half the summed absolute difference of both distributions, 0 (the same)
    to 1 (no score in common). `superiority` is the chance, 0 to 1, that a leaver scored
    higher than a stayer, ties counting half (1/2: neither); `u` is the leavers' Mann-Whitney
    statistic and `p` its two-sided p.
    """

    leavers: int
    stayers: int
    difference: Exact
    superiority: Exact
    u: Exact
    p: Display


def compare_leavers(
    leavers: Sequence[int], stayers: Sequence[int], *, smallest: int = SMALLEST_GROUP
) -> Attrition:
    """Compare the counts of those who left with the counts of those who stayed.

    TOO_FEW when either side has fewer than `smallest` answers; p is UNANIMITY when everybody
    gave one score. Raises InvalidCountsError, or InvalidMatrixError for different scales.
    """
    gone, here = checked_counts(leavers), checked_counts(stayers)
    if len(gone) != len(here):
        raise InvalidMatrixError("leavers and stayers answered on different scales")
    left, stayed = sum(gone), sum(here)
    if min(left, stayed) < max(smallest, 1):
        few = Undefined.TOO_FEW
        return Attrition(left, stayed, difference=few, superiority=few, u=few, p=few)
    u = _mann_whitney_u(gone, here)
    apart = sum(abs(a * stayed - b * left) for a, b in zip(gone, here, strict=True))
    return Attrition(
        leavers=left,
        stayers=stayed,
        difference=Fraction(apart, 2 * left * stayed),
        superiority=u / (left * stayed),
        u=u,
        p=_mann_whitney_p(gone, here, u),
    )


def _mann_whitney_u(one: Counts, other: Counts) -> Fraction:
    """Count the pairs in which `one` is higher, ties as half."""
    doubled, below = 0, 0
    for mine, theirs in zip(one, other, strict=True):
        doubled += mine * (2 * below + theirs)
        below += theirs
    return Fraction(doubled, 2)


def _mann_whitney_p(one: Counts, other: Counts, u: Fraction) -> Display:
    """Return the two-sided p by the normal approximation, tie- and continuity-corrected."""
    together = [mine + theirs for mine, theirs in zip(one, other, strict=True)]
    pairs, total = sum(one) * sum(other), sum(together)
    ties = significance.tie_term(together)
    variance = Fraction(pairs, 12) * (total + 1 - Fraction(ties, total * (total - 1)))
    if not variance:
        return Undefined.UNANIMITY
    return significance.two_sided_normal_p(abs(u - Fraction(pairs, 2)) - HALF, variance)
