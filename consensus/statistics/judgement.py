"""Judging one item: consensus by the rule in force, and the verdict that follows."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from consensus.statistics.ipras import ipras_of
from consensus.statistics.quartiles import Method, Quartiles
from consensus.statistics.rules import (
    DEFAULT_CONSENSUS_RULE,
    AgreementRule,
    ConsensusRule,
    IprasRule,
    IqrRule,
    MedianIqrRule,
)
from consensus.statistics.summary import ItemSummary, median_of
from consensus.statistics.undefined import Decision, Exact, Undefined

DEFAULT_IN_FROM = Fraction(7, 2)


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
    decision, value, limit = _apply(rule, summary, rule.method)
    other, _, _ = _apply(rule, summary, rule.method.other)
    return Consensus(
        rule=rule,
        quantile_rule=rule.method.quantile_rule,
        reached=decision,
        value=value,
        limit=limit,
        median=median_of(summary, rule.method),
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
    verdict = verdict_of(consensus, in_from=in_from, stable=stable)
    return ItemVerdict(
        verdict=verdict,
        consensus=consensus,
        in_from=in_from,
        stable=stable,
        settled=stable is True and not isinstance(verdict, Undefined),
    )


def verdict_of(consensus: Consensus, *, in_from: Fraction, stable: Decision) -> Verdict | Undefined:
    """Return the verdict that follows from a consensus, or why there is none."""
    if isinstance(consensus.reached, Undefined):
        return consensus.reached
    if isinstance(consensus.median, Undefined):
        return consensus.median
    if consensus.reached:
        inside = consensus.median >= in_from
        return Verdict.CONSENSUS_IN if inside else Verdict.CONSENSUS_OUT
    return Verdict.STABLE_DISSENT if stable is True else Verdict.UNSTABLE


_Applied = tuple[Decision, Exact, Exact]


def _apply(rule: ConsensusRule, summary: ItemSummary, method: Method) -> _Applied:
    match rule:
        case IqrRule():
            return _by_quartiles(summary, method, rule.at_most, lambda _: True)
        case MedianIqrRule():
            least = rule.median_at_least
            return _by_quartiles(
                summary, method, rule.iqr_at_most, lambda quartiles: quartiles.median >= least
            )
        case AgreementRule():
            share = summary.top_two
            if isinstance(share, Undefined):
                return share, share, rule.at_least
            return share >= rule.at_least, share, rule.at_least
        case IprasRule():
            found = ipras_of(summary.counts, method)
            if isinstance(found, Undefined):
                return found, found, found
            return not found.disagreement, found.ipr, found.ipras


def _by_quartiles(
    summary: ItemSummary, method: Method, at_most: Fraction, also: Callable[[Quartiles], bool]
) -> _Applied:
    quartiles = summary.quartiles(method)
    if isinstance(quartiles, Undefined):
        return quartiles, quartiles, at_most
    return quartiles.iqr <= at_most and also(quartiles), quartiles.iqr, at_most
