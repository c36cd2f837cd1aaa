"""Certification: rules as data, and their outcome on the answers of the certifiers.

`unanimous`, `cvr` and `i_cvi` ask who calls the part relevant: on a yes/no question the
counts are (no, yes); on a longer scale `relevant_from` is the lowest score that means yes.
`ioc` takes the counts of the answers -1, 0 and +1. `median_iqr` takes the counts of a scale.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb
from types import MappingProxyType
from typing import Annotated, ClassVar, TypeAlias

from consensus.statistics.consensus_rules import MedianIqrRule
from consensus.statistics.counts import LARGEST_SCALE, Counts, checked_counts
from consensus.statistics.errors import InvalidCountsError
from consensus.statistics.judgement import judge_consensus
from consensus.statistics.rule_documents import RationalBetween, WholeBetween, parse_rule
from consensus.statistics.summary import summarise_item
from consensus.statistics.undefined import Decision, Exact, Undefined

_I_CVI_FROM = 6
_I_CVI_OF_MANY = Fraction(7, 9)
_IOC_ANSWERS = 3

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

    Lynn, "Determination and quantification of content validity" (Nursing Research 35, 1986). Its
    .78 is 7 of 9 with two decimals, so 7/9 is the limit.
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


@dataclass(frozen=True, slots=True)
class Certification:
    """Whether the answers of `raters` certifiers pass the rule.

    `value` must be at least `threshold`. Rule `median_iqr` also holds `iqr` against
    `iqr_limit`; for the other rules these are NOT_APPLICABLE.
    """

    rule: CertificationRule
    raters: int
    value: Exact
    threshold: Exact
    passed: Decision
    iqr: Exact = Undefined.NOT_APPLICABLE
    iqr_limit: Exact = Undefined.NOT_APPLICABLE


def certify(counts: Sequence[int], rule: CertificationRule) -> Certification:
    """Apply the rule to the counts of the answers, lowest answer first.

    NO_ANSWERS without raters; TOO_FEW_RATERS where even a unanimous panel would not reach the
    level of `cvr`. Raises InvalidCountsError for counts that do not fit the rule.
    """
    checked = checked_counts(counts)
    match rule:
        case MedianIqrRule():
            return _by_median(checked, rule)
        case IocRule():
            return _outcome(rule, sum(checked), _congruence(checked), rule.at_least)
        case CvrRule():
            share = _share_relevant(checked, rule.relevant_from)
            ratio = share if isinstance(share, Undefined) else 2 * share - 1
            limit = critical_cvr(sum(checked), rule.level)
            return _outcome(rule, sum(checked), ratio, limit)
        case ItemCviRule():
            raters = sum(checked)
            limit = _I_CVI_OF_MANY if raters >= _I_CVI_FROM else Fraction(1)
            return _outcome(rule, raters, _share_relevant(checked, rule.relevant_from), limit)
        case UnanimousRule():
            share = _share_relevant(checked, rule.relevant_from)
            return _outcome(rule, sum(checked), share, Fraction(1))


def critical_cvr(raters: int, level: Fraction) -> Exact:
    """Return the smallest CVR that chance reaches with a probability of at most `level`.

    NO_ANSWERS for 0 raters; TOO_FEW_RATERS when all of them together do not reach it.
    """
    if not raters:
        return Undefined.NO_ANSWERS
    needed, ways = raters + 1, 0
    while needed > 0:
        ways += comb(raters, needed - 1)
        if ways * level.denominator > level.numerator * 2**raters:
            break
        needed -= 1
    return Undefined.TOO_FEW_RATERS if needed > raters else Fraction(2 * needed - raters, raters)


def _share_relevant(counts: Counts, relevant_from: int) -> Exact:
    if relevant_from > len(counts):
        raise InvalidCountsError(f"relevant from {relevant_from} on a {len(counts)}-point scale")
    total = sum(counts)
    return Fraction(sum(counts[relevant_from - 1 :]), total) if total else Undefined.NO_ANSWERS


def _congruence(counts: Counts) -> Exact:
    if len(counts) != _IOC_ANSWERS:
        raise InvalidCountsError("ioc needs three counts: of the answers -1, 0 and +1")
    total = sum(counts)
    return Fraction(counts[2] - counts[0], total) if total else Undefined.NO_ANSWERS


def _outcome(rule: CertificationRule, raters: int, value: Exact, limit: Exact) -> Certification:
    passed: Decision
    if isinstance(value, Undefined):
        passed = value
    elif isinstance(limit, Undefined):
        passed = limit
    else:
        passed = value >= limit
    return Certification(rule=rule, raters=raters, value=value, threshold=limit, passed=passed)


def _by_median(counts: Counts, rule: MedianIqrRule) -> Certification:
    consensus = judge_consensus(summarise_item(counts), rule)
    return Certification(
        rule=rule,
        raters=sum(counts),
        value=consensus.median,
        threshold=rule.median_at_least,
        passed=consensus.reached,
        iqr=consensus.value,
        iqr_limit=rule.iqr_at_most,
    )
