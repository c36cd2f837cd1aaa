"""Did those who left differ from those who stayed, and do expertise groups differ?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from consensus.statistics import significance
from consensus.statistics.counts import Counts, checked_counts
from consensus.statistics.errors import InvalidMatrixError
from consensus.statistics.judgement import judge_consensus
from consensus.statistics.ranks import doubled_ranks
from consensus.statistics.rules import DEFAULT_CONSENSUS_RULE, ConsensusRule
from consensus.statistics.summary import median_of, summarise_item
from consensus.statistics.undefined import Decision, Display, Exact, Undefined

SMALLEST_GROUP = 5


@dataclass(frozen=True, slots=True)
class Attrition:
    """The answers to one item by panelists who left later, beside those who stayed.

    `difference` is half the summed absolute difference of both distributions, 0 (the same)
    to 1 (no score in common). `superiority` is the chance, 0 to 1, that a leaver scored
    higher than a stayer, ties counting half (1/2: neither); `u` is the leavers' Mann-Whitney
    statistic (Annals of Mathematical Statistics 18, 1947) and `p` its two-sided p.
    """

    leavers: int
    stayers: int
    difference: Exact
    superiority: Exact
    u: Exact
    p: Display


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
    in points; `h`, `degrees` and `p` are the Kruskal-Wallis test (Journal of the American
    Statistical Association 47, 1952) of the groups large enough.
    """

    quantile_rule: str
    groups: tuple[Group, ...]
    spread: Exact
    h: Exact
    degrees: int | Undefined
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
        p=Undefined.UNANIMITY
        if _one_score([gone, here])
        else significance.mann_whitney_p(gone, here),
    )


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
    summary = summarise_item(counts)
    quartiles = summary.quartiles(rule.method)
    if summary.n < max(smallest, 1) or isinstance(quartiles, Undefined):
        few = Undefined.TOO_FEW
        return Group(name, summary.n, median=few, iqr=few, reached=few)
    return Group(
        name=name,
        n=summary.n,
        median=median_of(summary, rule.method),
        iqr=quartiles.iqr,
        reached=judge_consensus(summary, rule).reached,
    )


def _mann_whitney_u(one: Counts, other: Counts) -> Fraction:
    """Count the pairs in which `one` is higher, ties as half."""
    doubled, below = 0, 0
    for mine, theirs in zip(one, other, strict=True):
        doubled += mine * (2 * below + theirs)
        below += theirs
    return Fraction(doubled, 2)


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
    between = Fraction(0)
    for counts in groups:
        above = sum(count * (ranks[score] - middle) for score, count in enumerate(counts))
        between += Fraction(above**2, sum(counts))
    return (sum(together) - 1) * between / spread


def _one_score(groups: Sequence[Counts]) -> bool:
    return sum(any(column) for column in zip(*groups, strict=True)) <= 1
