"""Stability between two rounds, over the panelists who answered both.

Net change: half the sum of the absolute differences between both distributions, divided by N,
after Scheibe, Skutsch and Schofer (in Linstone and Turoff, "The Delphi Method", 1975), who
call an item stable below 15 %. It can be 0 while nobody kept an answer, so the share who did
stands beside it. Kappa is Cohen's, weighted by squared distance (Psychological Bulletin 70,
1968): 1 - N sum(w o) / sum(w r c) with w = (i - j)^2.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType
from typing import ClassVar, Literal

from consensus.statistics.consensus_rules import Share
from consensus.statistics.counts import Counts, checked_counts, count_answers
from consensus.statistics.errors import InvalidAnswerError, InvalidMatrixError
from consensus.statistics.rule_documents import parse_rule
from consensus.statistics.undefined import Decision, Exact, Undefined
from consensus.statistics.wilcoxon import SignedRank, signed_rank

_Pairs = Mapping[tuple[int, int], int]


@dataclass(frozen=True, slots=True)
class NetChangeRule:
    """Stable when the net change of the distribution, 0 to 1, is below the limit."""

    rule: ClassVar[str] = "net_change"

    below: Share = Fraction(3, 20)


DEFAULT_STABILITY_RULE = NetChangeRule()

STABILITY_RULES: Mapping[str, type[NetChangeRule]] = MappingProxyType(
    {NetChangeRule.rule: NetChangeRule}
)


@dataclass(frozen=True, slots=True)
class Stability:
    """How far the answers to one item moved from one round to the next.

    `answered_both` panelists are compared; `answered_earlier` and `answered_later` count all
    answers of each round. `net_change` and `kept` are shares, 0 to 1; `kappa` is at most 1.
    Where only totals are compared, `kept`, `kappa` and `wilcoxon` are TOO_FEW.
    """

    rule: NetChangeRule
    answered_earlier: int
    answered_later: int
    answered_both: int
    net_change: Exact
    stable: Decision
    kept: Exact
    kappa: Exact
    wilcoxon: SignedRank | Undefined


def parse_stability_rule(document: object) -> NetChangeRule:
    """Read a stability rule from its document. Raises MalformedRuleError."""
    return parse_rule(document, STABILITY_RULES)


def compare_rounds(
    earlier: Sequence[int | None],
    later: Sequence[int | None],
    size: int,
    *,
    rule: NetChangeRule = DEFAULT_STABILITY_RULE,
) -> Stability:
    """Compare the answers of the same panelists, in the same order, in two rounds.

    None is no answer. Raises InvalidMatrixError when the lists differ in length, and
    InvalidAnswerError for an answer off the scale of `size` points.
    """
    if len(earlier) != len(later):
        raise InvalidMatrixError("the two rounds list different numbers of panelists")
    answers = Counter(zip(earlier, later, strict=True))
    pairs = {
        (before, after): count
        for (before, after), count in answers.items()
        if before is not None and after is not None
    }
    change = _net_change(pairs, size)
    return Stability(
        rule=rule,
        answered_earlier=_answered(answers, size, 0),
        answered_later=_answered(answers, size, 1),
        answered_both=sum(pairs.values()),
        net_change=change,
        stable=change if isinstance(change, Undefined) else change < rule.below,
        kept=_share_kept(pairs),
        kappa=weighted_kappa(pairs, size),
        wilcoxon=_signed_rank(pairs),
    )


def compare_totals(found: Stability, earlier: Sequence[int], later: Sequence[int]) -> Stability:
    """Compare the shares of all answers of each round (counts), not of those who answered both.

    For publishing, where so few answered one round alone that what is said of the others, held
    against the totals, would tell what these few answered. Raises InvalidCountsError.
    """
    then, now = checked_counts(earlier), checked_counts(later)
    change = _apart(then, now)
    few = Undefined.TOO_FEW
    stable = change if isinstance(change, Undefined) else change < found.rule.below
    return replace(found, net_change=change, stable=stable, kept=few, kappa=few, wilcoxon=few)


def _answered(
    answers: Mapping[tuple[int | None, int | None], int], size: int, which: Literal[0, 1]
) -> int:
    given = {pair: count for pair, count in answers.items() if pair[which] is not None}
    count_answers([pair[which] for pair in given], size)  # refuses what is off the scale
    return sum(given.values())


def weighted_kappa(pairs: Mapping[tuple[int, int], int], size: int) -> Exact:
    """Return Cohen's kappa with quadratic weights, from counts of (before, after) pairs.

    NO_COMMON_ANSWERS without pairs, ONE_ANSWER for one; UNANIMITY when every answer of both
    rounds is the same score, so that chance explains everything. Raises InvalidAnswerError for
    a score outside 1..size.
    """
    total = sum(pairs.values())
    if total <= 1:
        return Undefined.ONE_ANSWER if total else Undefined.NO_COMMON_ANSWERS
    before, after = _margins(pairs, size)
    observed = sum([(i - j) ** 2 * count for (i, j), count in pairs.items()])
    # The sum of (i - j)^2 r c over all pairs of scores, multiplied out.
    squares = [i * i * (r + c) for i, (r, c) in enumerate(zip(before, after, strict=True))]
    firsts, lasts = (sum([i * n for i, n in enumerate(each)]) for each in (before, after))
    expected = total * sum(squares) - 2 * firsts * lasts
    return 1 - Fraction(total * observed, expected) if expected else Undefined.UNANIMITY


def _net_change(pairs: _Pairs, size: int) -> Exact:
    return _apart(*_margins(pairs, size))


def _apart(before: Counts, after: Counts) -> Exact:
    """Half the sum of the absolute differences between the shares of two distributions."""
    then, now = sum(before), sum(after)
    if not then or not now:
        return Undefined.NO_COMMON_ANSWERS
    moved = sum(abs(a * now - b * then) for a, b in zip(before, after, strict=True))
    return Fraction(moved, 2 * then * now)


def _share_kept(pairs: _Pairs) -> Exact:
    total = sum(pairs.values())
    if not total:
        return Undefined.NO_COMMON_ANSWERS
    return Fraction(sum(count for (i, j), count in pairs.items() if i == j), total)


def _signed_rank(pairs: _Pairs) -> SignedRank | Undefined:
    if not pairs:
        return Undefined.NO_COMMON_ANSWERS
    changes = Counter[int]()
    for (before, after), count in pairs.items():
        changes[after - before] += count
    return signed_rank(changes)


def _margins(pairs: _Pairs, size: int) -> tuple[Counts, Counts]:
    before, after = [0] * size, [0] * size
    for (i, j), count in pairs.items():
        if not (1 <= i <= size and 1 <= j <= size):
            raise InvalidAnswerError(f"{(i, j)} are not two scores from 1 to {size}")
        before[i - 1] += count
        after[j - 1] += count
    return tuple(before), tuple(after)
