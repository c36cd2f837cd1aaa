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
from consensus.statistics.quartiles import Method, Quartiles, Spread
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
    `methods_disagree` the badge to show: both decide, and differently.
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
    summary: ItemSummary, rule: ConsensusRule = DEFAULT_CONSENSUS_RULE
) -> Consensus:
    """Apply the rule to an item, by its deciding method and by the other one.

    A reason stands for the decision where the rule is undefined: NO_ANSWERS, NOT_NINE_POINTS,
    WHOLE_SCALE.
    """
    deciding = summary.quartiles(rule.method)
    decision, value, limit = _apply(rule, summary.counts, deciding, rule.method)
    beside = rule.method.other
    other, _, _ = _apply(rule, summary.counts, summary.quartiles(beside), beside)
    return Consensus(
        rule=rule,
        quantile_rule=rule.method.quantile_rule,
        reached=decision,
        value=value,
        limit=limit,
        median=_median_of(deciding),
        reached_by_other=other,
        methods_disagree={decision, other} == {True, False},
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
    consensus = judge_consensus(summary, rule)
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
    return _verdict(is_reached(counts, spread, rule), _median_of(spread), in_from, stable)


def is_reached(counts: Counts, spread: _Read, rule: ConsensusRule) -> Decision:
    """Tell whether counts already checked, with their spread by the deciding method, meet it."""
    decision, _, _ = _apply(rule, counts, spread, rule.method)
    return decision


def _verdict(
    reached: Decision, median: Exact, in_from: Fraction, stable: Decision
) -> Verdict | Undefined:
    if isinstance(reached, Undefined):
        return reached
    if isinstance(median, Undefined):
        return median
    if reached:
        return Verdict.CONSENSUS_IN if median >= in_from else Verdict.CONSENSUS_OUT
    return Verdict.STABLE_DISSENT if stable is True else Verdict.UNSTABLE


def _median_of(read: _Read) -> Exact:
    return read if isinstance(read, Undefined) else read.median


_Applied = tuple[Decision, Exact, Exact]


def _apply(rule: ConsensusRule, counts: Counts, read: _Read, method: Method) -> _Applied:
    """Return the decision by what this method read, what the rule measures, and its limit."""
    match rule:
        case IqrRule():
            return _by_range(read, rule.at_most)
        case AgreementRule():
            return _by_share(top_two_of(counts), rule.at_least)
        case IprasRule():
            return _by_ipras(counts, method)
        case MedianIqrRule():
            decision, value, limit = _by_range(read, rule.iqr_at_most)
            if not isinstance(read, Undefined):
                decision = decision and read.median >= rule.median_at_least
            return decision, value, limit


def _by_range(read: _Read, at_most: Fraction) -> _Applied:
    if isinstance(read, Undefined):
        return read, read, at_most
    return read.iqr <= at_most, read.iqr, at_most


def _by_share(share: Exact, at_least: Fraction) -> _Applied:
    decision = share if isinstance(share, Undefined) else share >= at_least
    return decision, share, at_least


def _by_ipras(counts: Counts, method: Method) -> _Applied:
    found = ipras_of(counts, method)
    if isinstance(found, Undefined):
        return found, found, found
    return not found.disagreement, found.ipr, found.ipras
