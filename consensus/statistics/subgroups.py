"""Subgroups: do expertise groups differ?

The Kruskal-Wallis test: Journal of the American Statistical Association 47, 1952.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod

from consensus.statistics import significance
from consensus.statistics.consensus_rules import DEFAULT_CONSENSUS_RULE, ConsensusRule
from consensus.statistics.counts import SMALLEST_GROUP, Counts, checked_counts
from consensus.statistics.errors import InvalidMatrixError
from consensus.statistics.judgement import is_reached
from consensus.statistics.methods import spread_by
from consensus.statistics.ranks import doubled_ranks
from consensus.statistics.undefined import Decision, Display, Exact, Undefined


@dataclass(frozen=True, slots=True)
class Group:
    """One expertise group on one item: answers, median, IQR and whether it has consensus."""

    name: str
    n: int
    median: Exact
    iqr: Exact
    reached: Decision


@dataclass(frozen=True, slots=True)
class GroupComparison:
    """Expertise groups on one item.

    `quantile_rule` read the medians; `spread` is the distance of the highest from the lowest,
    in points; `h`, `degrees` and `p` are the Kruskal-Wallis test of the groups large enough.
    """

    quantile_rule: str
    groups: tuple[Group, ...]
    spread: Exact
    h: Exact
    degrees: int | Undefined
    p: Display


def compare_groups(
    groups: Mapping[str, Sequence[int]],
    *,
    rule: ConsensusRule = DEFAULT_CONSENSUS_RULE,
    smallest: int = SMALLEST_GROUP,
) -> GroupComparison:
    """Compare the counts of named groups on one item.

    A group below `smallest` answers shows TOO_FEW and is not tested; ONE_GROUP when fewer
    than two are large enough; UNANIMITY when everybody gave one score. If only one group is
    withheld, the whole panel minus the others gives it away: whoever publishes must see to it.
    Raises InvalidCountsError, or InvalidMatrixError for different scales.
    """
    checked = {name: checked_counts(counts) for name, counts in groups.items()}
    if len({len(counts) for counts in checked.values()}) > 1:
        raise InvalidMatrixError("the groups answered on different scales")
    lines = tuple(_line(name, counts, rule, smallest) for name, counts in checked.items())
    tested = [counts for counts in checked.values() if sum(counts) >= max(smallest, 1)]
    h = _kruskal_wallis(tested)
    degrees = len(tested) - 1
    medians = [line.median for line in lines if isinstance(line.median, Fraction)]
    enough = len(tested) > 1
    return GroupComparison(
        quantile_rule=rule.method.quantile_rule,
        groups=lines,
        spread=max(medians) - min(medians) if enough else Undefined.ONE_GROUP,
        h=h,
        degrees=degrees if enough else Undefined.ONE_GROUP,
        p=h if isinstance(h, Undefined) else significance.chi_squared_p(h, degrees),
    )


def _line(name: str, counts: Counts, rule: ConsensusRule, smallest: int) -> Group:
    n, few = sum(counts), Undefined.TOO_FEW
    spread = spread_by(rule.method, counts) if n >= smallest else few
    if isinstance(spread, Undefined):
        return Group(name, n, median=few, iqr=few, reached=few)
    return Group(
        name=name,
        n=n,
        median=Fraction(*spread.median),
        iqr=Fraction(*spread.iqr),
        reached=is_reached(counts, spread, rule, rule.method),
    )


def _kruskal_wallis(groups: Sequence[Counts]) -> Exact:
    """Return H corrected for ties, as (N - 1) times the share of rank variance between groups.

    Exact, because a rounding error below 0 has no tail probability.
    """
    if len(groups) <= 1:
        return Undefined.ONE_GROUP
    together: list[int] = [sum(column) for column in zip(*groups, strict=True)]
    ranks = doubled_ranks(dict(enumerate(together)))
    middle = sum(together) + 1  # the mean of doubled ranks
    spread = sum(count * (ranks[score] - middle) ** 2 for score, count in enumerate(together))
    if not spread:
        return Undefined.UNANIMITY
    sizes = [sum(counts) for counts in groups]
    common = prod(sizes)  # one denominator for the sum of above² / n over the groups
    between = 0
    for counts, n in zip(groups, sizes, strict=True):
        above = sum([count * (ranks[score] - middle) for score, count in enumerate(counts)])
        between += above**2 * common // n
    return Fraction((sum(sizes) - 1) * between, common * spread)
