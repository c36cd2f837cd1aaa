"""The Wilcoxon signed-rank test on changes of score, in whole numbers.

Wilcoxon, "Individual comparisons by ranking methods" (Biometrics Bulletin 1, 1945). Unchanged
answers are dropped, equal sizes share their mean rank. Scores tie all the time, so for up to
25 changes p comes from all 2^n ways to sign the ranks that occurred, and beyond from the
tie-corrected normal approximation: mean n(n+1)/4, variance n(n+1)(2n+1)/24 - sum(t^3 - t)/48.
"""

import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from consensus.statistics import significance
from consensus.statistics.ranks import doubled_ranks
from consensus.statistics.undefined import Undefined

MOST_SIGNED_EXACTLY = 25
_BITS = 32


@dataclass(frozen=True, slots=True)
class SignedRank:
    """Rank sums of the rises and falls, and a two-sided p (0 to 1).

    `changes` is how many answers changed, `statistic` the smaller rank sum, T.
    """

    changes: int
    rises: Fraction
    falls: Fraction
    statistic: Fraction
    p: float
    p_from: Literal["exact", "normal_approximation"]


def signed_rank(changes: Mapping[int, int]) -> SignedRank | Undefined:
    """Test changes of score, given how many panelists made each; NO_CHANGES if none did."""
    sizes = Counter[int]()
    for change, panelists in changes.items():
        if change:
            sizes[abs(change)] += panelists
    total = sizes.total()
    if not total:
        return Undefined.NO_CHANGES
    ranks = doubled_ranks(sizes)
    rises = sum([ranks[change] * count for change, count in changes.items() if change > 0])
    falls = sum([ranks[-change] * count for change, count in changes.items() if change < 0])
    exact = total <= MOST_SIGNED_EXACTLY
    p_of = _exact_p if exact else _normal_p
    return SignedRank(
        changes=total,
        rises=Fraction(rises, 2),
        falls=Fraction(falls, 2),
        statistic=Fraction(min(rises, falls), 2),
        p=p_of(sizes, ranks, min(rises, falls)),
        p_from="exact" if exact else "normal_approximation",
    )


def _exact_p(sizes: Mapping[int, int], ranks: Mapping[int, int], smaller: int) -> float:
    """Count the ways to sign the ranks that leave a sum as small as the one observed.

    The product of 1 + x^rank, where the coefficient of x^s counts the ways to reach the (doubled)
    sum s. As one whole number with 32 bits a coefficient: none exceeds 2^25.
    """
    ways = 1
    for size, count in sizes.items():
        for _ in range(count):
            ways += ways << (_BITS * ranks[size])
    wanted = _BITS * (smaller + 1)
    lowest = (ways & ((1 << wanted) - 1)).to_bytes(wanted // 8, sys.byteorder)
    as_small = sum(memoryview(lowest).cast("I"))
    return min(1.0, 2 * as_small / (1 << sum(sizes.values())))


def _normal_p(sizes: Mapping[int, int], _ranks: Mapping[int, int], smaller: int) -> float:
    total = sum(sizes.values())
    mean = Fraction(total * (total + 1), 4)
    ties = significance.tie_term(sizes.values())
    variance = Fraction(2 * total * (total + 1) * (2 * total + 1) - ties, 48)
    return significance.two_sided_normal_p(mean - Fraction(smaller, 2), variance)
