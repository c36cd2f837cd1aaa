"""Quartiles by either method, the band of their median, and answers outside of them."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from consensus.statistics.undefined import Undefined

# A change that alters any value is a new version: results keep the name they were made with.
GROUPED_RULE = "grouped-midpoint/1"
RAW_RULE = "linear-type-7/1"

FIVE_POINTS = 5
HALF = Fraction(1, 2)


class Method(StrEnum):
    """How quantiles are read off the counts. The protocol names the method that decides."""

    GROUPED = "grouped"
    RAW = "raw"

    @property
    def quantile_rule(self) -> str:
        """Name and version of the rule by which this method computes quantiles."""
        return GROUPED_RULE if self is Method.GROUPED else RAW_RULE

    @property
    def other(self) -> "Method":
        """The method that stands beside this one."""
        return Method.RAW if self is Method.GROUPED else Method.GROUPED


class Band(StrEnum):
    """Words for a median on five points: น้อยที่สุด น้อย ปานกลาง มาก มากที่สุด."""

    LEAST = "least"
    LITTLE = "little"
    MODERATE = "moderate"
    MUCH = "much"
    MOST = "most"


@dataclass(frozen=True, slots=True)
class Quartiles:
    """Q1, median, Q3 and their distance, in points of the scale.

    `rule` is the name and version of the rule that computed them. `empty_class` tells that a
    grouped quartile fell on a stretch of unused scores, where the rule takes the midpoint;
    raw quartiles have no classes and never set it. Grouped values are not clamped: they lie
    between 1/2 and K + 1/2.
    """

    method: Method
    rule: str
    q1: Fraction
    median: Fraction
    q3: Fraction
    iqr: Fraction
    empty_class: bool
    band: Band | Undefined


class Ratio(NamedTuple):
    """An exact number as it falls out of the counts, not reduced; a Fraction costs ten times it."""

    numerator: int
    denominator: int  # above 0


class Spread(NamedTuple):
    """What verdicts are made of: the median and the IQR alone, for those who try many counts."""

    median: Ratio
    iqr: Ratio


_BANDS = tuple(Band)


def band_of(median: Fraction, size: int) -> Band | Undefined:
    """Return the word for a median, on the unrounded value.

    [1, 1.5) least, [1.5, 2.5) little, [2.5, 3.5) moderate, [3.5, 4.5) much, [4.5, 5] most.
    The words exist for five points only; on another scale the reason is NOT_FIVE_POINTS.
    """
    if size != FIVE_POINTS:
        return Undefined.NOT_FIVE_POINTS
    doubled = 2 * median.numerator
    whole = (doubled + median.denominator) // (2 * median.denominator)  # floor(median + 1/2)
    return _BANDS[whole - 1]


def is_at_least(value: Fraction | Ratio, limit: Fraction) -> bool:
    """Tell whether value >= limit, without a Fraction being made."""
    return value.numerator * limit.denominator >= limit.numerator * value.denominator


def is_at_most(value: Fraction | Ratio, limit: Fraction) -> bool:
    """Tell whether value <= limit, without a Fraction being made."""
    return value.numerator * limit.denominator <= limit.numerator * value.denominator


def is_outside(score: int, q1: Fraction, q3: Fraction) -> bool:
    """Tell whether the class [score - 1/2, score + 1/2] shares no point with [Q1, Q3]."""
    return score + HALF < q1 or score - HALF > q3
