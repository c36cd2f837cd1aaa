"""Consensus rules as data. The protocol of a study names one and seals its document."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Annotated, ClassVar, TypeAlias

from consensus.statistics.quartiles import Method
from consensus.statistics.rule_documents import OneOf, RationalBetween, parse_rule

Points: TypeAlias = Annotated[Fraction, RationalBetween(Fraction(0), Fraction(101))]
Share: TypeAlias = Annotated[Fraction, RationalBetween(Fraction(0), Fraction(1))]
Deciding: TypeAlias = Annotated[Method, OneOf(Method)]


@dataclass(frozen=True, slots=True)
class IqrRule:
    """Consensus when the interquartile range, in points, is at most the limit."""

    rule: ClassVar[str] = "iqr"

    at_most: Points = Fraction(3, 2)
    method: Deciding = Method.GROUPED


@dataclass(frozen=True, slots=True)
class AgreementRule:
    """Consensus when at least this share (0 to 1) answered with one of the two highest scores.

    The share needs no quartiles; `method` names the median that tells in from out.
    """

    rule: ClassVar[str] = "percent_agreement"

    at_least: Share = Fraction(3, 4)
    method: Deciding = Method.GROUPED


@dataclass(frozen=True, slots=True)
class IprasRule:
    """Consensus on nine points unless IPR > IPRAS: the RAND/UCLA test for disagreement."""

    rule: ClassVar[str] = "ipras"

    method: Deciding = Method.RAW


@dataclass(frozen=True, slots=True)
class MedianIqrRule:
    """Consensus when the median is high enough and the interquartile range small enough.

    An item that fails on its median has no consensus, so an item cannot be out by this rule
    unless it asks for a lower median than being in does. It also serves for certification.
    """

    rule: ClassVar[str] = "median_iqr"

    median_at_least: Points = Fraction(7, 2)
    iqr_at_most: Points = Fraction(3, 2)
    method: Deciding = Method.GROUPED


ConsensusRule: TypeAlias = IqrRule | AgreementRule | IprasRule | MedianIqrRule

DEFAULT_CONSENSUS_RULE = IqrRule()

CONSENSUS_RULES: Mapping[str, type[ConsensusRule]] = MappingProxyType(
    {kind.rule: kind for kind in (IqrRule, AgreementRule, IprasRule, MedianIqrRule)}
)


def parse_consensus_rule(document: object) -> ConsensusRule:
    """Read a consensus rule from its document. Raises MalformedRuleError."""
    return parse_rule(document, CONSENSUS_RULES)
