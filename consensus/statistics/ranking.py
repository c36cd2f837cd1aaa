"""Rankings: what it says that a panel put the same items in order.

A ranking gives every item its place, 1 for the first, and no place twice. How far rankings agree
is Kendall's W (see agreement.py). What is enough, and the words for it, after Schmidt, "Managing
Delphi surveys using nonparametric statistical techniques" (Decision Sciences 28, 1997): W of .1 is
very weak agreement, .3 weak, .5 moderate, .7 strong, .9 unusually strong. He gives points; here
each reaches up to the next.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import ClassVar

from consensus.statistics.agreement import PanelAgreement, panel_agreement
from consensus.statistics.consensus_rules import Share
from consensus.statistics.counts import Counts, count_answers
from consensus.statistics.description import mean_of
from consensus.statistics.errors import InvalidMatrixError
from consensus.statistics.quartiles import HALF
from consensus.statistics.raw import raw_quantile
from consensus.statistics.rule_documents import parse_rule
from consensus.statistics.undefined import Decision, Exact, Undefined


class Strength(StrEnum):
    """Schmidt's words for a W."""

    VERY_WEAK = "very_weak"
    WEAK = "weak"
    MODERATE = "moderate"
    STRONG = "strong"
    UNUSUALLY_STRONG = "unusually_strong"


_STRENGTHS = (
    (Fraction(9, 10), Strength.UNUSUALLY_STRONG),
    (Fraction(7, 10), Strength.STRONG),
    (Fraction(5, 10), Strength.MODERATE),
    (Fraction(3, 10), Strength.WEAK),
)


@dataclass(frozen=True, slots=True)
class KendallWRule:
    """The panel agrees on an order when Kendall's W, 0 to 1, is at least this."""

    rule: ClassVar[str] = "kendall_w"

    at_least: Share = Fraction(7, 10)


RANKING_RULES: Mapping[str, type[KendallWRule]] = MappingProxyType(
    {KendallWRule.rule: KendallWRule}
)


def parse_ranking_rule(document: object) -> KendallWRule:
    """Read a rule for rankings from its document. Raises MalformedRuleError."""
    return parse_rule(document, RANKING_RULES)


@dataclass(frozen=True, slots=True)
class RankedItem:
    """Where one item was put.

    `counts` says how often each place was given, the first place first; `top_share` is the share
    (0 to 1) of rankings that put it among the first so many; `place` is its own in the order of
    the mean ranks, which items of equal mean share.
    """

    counts: Counts
    mean_rank: Exact
    median_rank: Exact
    top_share: Exact
    place: int | Undefined


@dataclass(frozen=True, slots=True)
class RankingSummary:
    """All items of a ranking in their own order, and how far the rankings agree."""

    agreement: PanelAgreement
    items: tuple[RankedItem, ...]


@dataclass(frozen=True, slots=True)
class OrderConsensus:
    """Whether the panel agrees on an order, and how strongly."""

    rule: KendallWRule
    reached: Decision
    value: Exact
    limit: Fraction
    strength: Strength | Undefined


def summarise_rankings(rows: Sequence[Sequence[int]], size: int, *, top: int) -> RankingSummary:
    """Summarise complete rankings of `size` items; rows are panelists, columns items' places.

    Raises InvalidMatrixError unless each row has the places 1..size once each, and
    InvalidCountsError unless there are 2 to 100 items.
    """
    places = list(range(1, size + 1))
    if any(sorted(row) != places for row in rows):
        raise InvalidMatrixError(f"a row is no ranking: the places 1 to {size}, each once")
    counts = [count_answers((row[item] for row in rows), size) for item in range(size)]
    means = [mean_of(each) for each in counts]
    return RankingSummary(
        agreement=panel_agreement(rows),
        items=tuple(
            RankedItem(
                counts=each,
                mean_rank=mean,
                median_rank=raw_quantile(each, HALF),
                top_share=Fraction(sum(each[:top]), len(rows)) if rows else Undefined.NO_ANSWERS,
                place=_place(mean, means),
            )
            for each, mean in zip(counts, means, strict=True)
        ),
    )


def _place(mean: Exact, means: Sequence[Exact]) -> int | Undefined:
    if isinstance(mean, Undefined):
        return mean
    return 1 + sum(isinstance(other, Fraction) and other < mean for other in means)


def judge_order(agreement: PanelAgreement, rule: KendallWRule) -> OrderConsensus:
    """Apply the rule to W; where W has no value, its reason stands for the decision."""
    w, limit = agreement.w, rule.at_least
    if isinstance(w, Undefined):
        return OrderConsensus(rule, reached=w, value=w, limit=limit, strength=w)
    return OrderConsensus(rule, reached=w >= limit, value=w, limit=limit, strength=_strength(w))


def _strength(w: Fraction) -> Strength:
    return next((word for least, word in _STRENGTHS if w >= least), Strength.VERY_WEAK)
