"""Certification rules as data, and their outcome on the answers of the certifiers.

`unanimous`, `cvr` and `i_cvi` ask who calls the part relevant: on a yes/no question the
counts are (no, yes); on a longer scale `relevant_from` is the lowest score that means yes.
`ioc` takes the counts of the answers -1, 0 and +1. `median_iqr` takes the counts of a scale.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Annotated, ClassVar, TypeAlias

from consensus.statistics.counts import LARGEST_SCALE
from consensus.statistics.documents import RationalBetween, WholeBetween, parse_rule
from consensus.statistics.rules import MedianIqrRule

LowestYes: TypeAlias = Annotated[int, WholeBetween(2, LARGEST_SCALE)]
Level: TypeAlias = Annotated[Fraction, RationalBetween(Fraction(1, 1000), Fraction(1, 2))]
Congruence: TypeAlias = Annotated[Fraction, RationalBetween(Fraction(-1), Fraction(1))]


@dataclass(frozen=True, slots=True)
class UnanimousRule:
    """Every certifier calls it relevant."""

    rule: ClassVar[str] = "unanimous"

    relevant_from: LowestYes = 2


@dataclass(frozen=True, slots=True)
class CvrRule:
    """Lawshe's content validity ratio, (2 yes - N) / N, against its exact critical value.

    Lawshe, "A quantitative approach to content validity" (Personnel Psychology 28, 1975);
    critical values by the exact one-tailed binomial after Ayre and Scally (Measurement and
    Evaluation in Counseling and Development 47, 2014): the fewest yes among N that fair coins
    reach with a probability of at most `level`.
    """

    rule: ClassVar[str] = "cvr"

    level: Level = Fraction(1, 20)
    relevant_from: LowestYes = 2


@dataclass(frozen=True, slots=True)
class ItemCviRule:
    """The item content validity index, yes / N: at least .78 from 6 raters on, 1.00 below.

    Lynn, "Determination and quantification of content validity" (Nursing Research 35, 1986).
    """

    rule: ClassVar[str] = "i_cvi"

    relevant_from: LowestYes = 2


@dataclass(frozen=True, slots=True)
class IocRule:
    """The index of item-objective congruence: the mean of answers -1, 0 and +1.

    Rovinelli and Hambleton, "On the use of content specialists in the assessment of
    criterion-referenced test item validity" (Dutch Journal of Educational Research 2, 1977).
    """

    rule: ClassVar[str] = "ioc"

    at_least: Congruence = Fraction(1, 2)


CertificationRule: TypeAlias = UnanimousRule | CvrRule | ItemCviRule | IocRule | MedianIqrRule

CERTIFICATION_RULES: Mapping[str, type[CertificationRule]] = MappingProxyType(
    {kind.rule: kind for kind in (UnanimousRule, CvrRule, ItemCviRule, IocRule, MedianIqrRule)}
)


def parse_certification_rule(document: object) -> CertificationRule:
    """Read a certification rule from its document. Raises MalformedRuleError."""
    return parse_rule(document, CERTIFICATION_RULES)
