"""Judging one item: consensus by the rule in force, and the verdict that follows."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from consensus.statistics.consensus_rules import (
    DEFAULT_CONSENSUS_RULE,
    AgreementRule,
    ConsensusRule,
    IprasRule,
    IqrRule,
    MedianIqrRule,
)
from consensus.statistics.counts import Counts
from consensus.statistics.description import top_two_of
from consensus.statistics.ipras import ipras_of
from consensus.statistics.methods import spread_by
from consensus.statistics.quartiles import (
    Method,
    Quartiles,
    Ratio,
    Spread,
    is_at_least,
    is_at_most,
)
from consensus.statistics.summary import ItemSummary
from consensus.statistics.undefined import Decision, Exact, Undefined

DEFAULT_IN_FROM = Fraction(7, 2)

_Read: TypeAlias = Spread | Quartiles | Undefined


class Verdict(StrEnum):
    """Where an item stands after a round."""

    CONSENSUS_IN = "consensus_in"
    CONSENSUS_OUT = "consensus_out"
    STABLE_DISSENT = "stable_dissent"
    UNSTABLE = "unstable"


@dataclass(frozen=True, slots=True)
class Consensus:
    """Whether the rule is met.

    `value` is what the rule measures (IQR, share, or IPR) and `limit` what it is held
    against; `median` is by the deciding method, whose name and version is `quantile_rule`.
    `reached_by_other` is the decision by the other way to read quartiles, and
    `methods_disagree` the badge to show: both give a verdict (in, out or no consensus), and
    not the same.
    """

    rule: ConsensusRule
    quantile_rule: str
    reached: Decision
    value: Exact
    limit: Exact
    median: Exact
    reached_by_other: Decision
    methods_disagree: bool


@dataclass(frozen=True, slots=True)
class ItemVerdict:
    """The verdict on an item with what it rests on.

    `settled` asks for stability first: the answers have stopped moving, so another round
    would not change the verdict. An item never compared with an earlier round is not settled.
    """

    verdict: Verdict | Undefined
    consensus: Consensus
    in_from: Fraction
    stable: Decision
    settled: bool


def judge_consensus(
    summary: ItemSummary,
    rule: ConsensusRule = DEFAULT_CONSENSUS_RULE,
    in_from: Fraction = DEFAULT_IN_FROM,
) -> Consensus:
    """Apply the rule to an item, by its deciding method and by the other one.

    A reason stands for the decision where the rule is undefined: NO_ANSWERS, NOT_NINE_POINTS,
    WHOLE_SCALE.
    """
    methods = (rule.method, rule.method.other)
    deciding, beside = (summary.quartiles(method) for method in methods)
    reached, other = (
        is_reached(summary.counts, summary.quartiles(method), rule, method) for method in methods
    )
    first, second = (
        _verdict(decision, _median_of(read), in_from, Undefined.NOT_COMPARED)
        for decision, read in ((reached, deciding), (other, beside))
    )
    value, limit = _measure(summary, deciding, rule)
    return Consensus(
        rule=rule,
        quantile_rule=rule.method.quantile_rule,
        reached=reached,
        value=value,
        limit=limit,
        median=_median_of(deciding),
        reached_by_other=other,
        methods_disagree=first is not second,
    )


def judge_item(
    summary: ItemSummary,
    *,
    rule: ConsensusRule = DEFAULT_CONSENSUS_RULE,
    in_from: Fraction = DEFAULT_IN_FROM,
    stable: Decision = Undefined.NOT_COMPARED,
) -> ItemVerdict:
    """Give the verdict on an item.

    Consensus with a median of at least `in_from` is in, below it out; without consensus the
    item is a stable dissent if its answers have stopped moving, else unstable. `stable` comes
    from comparing two rounds; leave it out where there was no earlier one.
    """
    consensus = judge_consensus(summary, rule, in_from)
    verdict = _verdict(consensus.reached, consensus.median, in_from, stable)
    return ItemVerdict(
        verdict=verdict,
        consensus=consensus,
        in_from=in_from,
        stable=stable,
        settled=stable is True and not isinstance(verdict, Undefined),
    )


def verdict_of(
    counts: Counts, *, rule: ConsensusRule, in_from: Fraction, stable: Decision
) -> Verdict | Undefined:
    """Return the verdict alone, of counts already checked."""
    spread = spread_by(rule.method, counts)
    reached = is_reached(counts, spread, rule, rule.method)
    median = spread if isinstance(spread, Undefined) else spread.median
    return _verdict(reached, median, in_from, stable)


def is_reached(counts: Counts, read: _Read, rule: ConsensusRule, method: Method) -> Decision:
    """Tell whether counts already checked, and what the method read of them, meet the rule."""
    match rule:
        case IqrRule():
            return read if isinstance(read, Undefined) else is_at_most(read.iqr, rule.at_most)
        case AgreementRule():
            share = top_two_of(counts)
            return share if isinstance(share, Undefined) else share >= rule.at_least
        case IprasRule():
            found = ipras_of(counts, method)
            return found if isinstance(found, Undefined) else not found.disagreement
        case MedianIqrRule():
            if isinstance(read, Undefined):
                return read
            narrow = is_at_most(read.iqr, rule.iqr_at_most)
            return narrow and is_at_least(read.median, rule.median_at_least)


def _measure(
    summary: ItemSummary, deciding: Quartiles | Undefined, rule: ConsensusRule
) -> tuple[Exact, Exact]:
    """Return what the rule measures, and its limit."""
    iqr = deciding if isinstance(deciding, Undefined) else deciding.iqr
    match rule:
        case IqrRule():
            return iqr, rule.at_most
        case AgreementRule():
            return summary.top_two, rule.at_least
        case IprasRule():
            found = ipras_of(summary.counts, rule.method)
            return (found, found) if isinstance(found, Undefined) else (found.ipr, found.ipras)
        case MedianIqrRule():
            return iqr, rule.iqr_at_most


def _median_of(read: Quartiles | Undefined) -> Exact:
    return read if isinstance(read, Undefined) else read.median


def _verdict(
    reached: Decision, median: Fraction | Ratio | Undefined, in_from: Fraction, stable: Decision
) -> Verdict | Undefined:
    if isinstance(reached, Undefined):
        return reached
    if isinstance(median, Undefined):
        return median
    if reached:
        is_in = is_at_least(median, in_from)
        return Verdict.CONSENSUS_IN if is_in else Verdict.CONSENSUS_OUT
    return Verdict.STABLE_DISSENT if stable is True else Verdict.UNSTABLE
