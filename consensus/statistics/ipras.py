"""The RAND/UCLA test for disagreement on nine points.

Fitch et al., "The RAND/UCLA Appropriateness Method User's Manual" (RAND MR-1269, 2001):
IPR = P70 - P30, its centre IPRCP = (P30 + P70) / 2, the asymmetry index
AI = |5 - IPRCP|, and IPRAS = 2.35 + 1.5 AI. The panel disagrees when IPR > IPRAS.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from consensus.statistics.counts import checked_counts
from consensus.statistics.methods import quantile_by
from consensus.statistics.quartiles import Method
from consensus.statistics.undefined import Undefined

NINE_POINTS = 9
_LOW, _HIGH = Fraction(3, 10), Fraction(7, 10)
_SYMMETRIC_RANGE = Fraction(235, 100)
_CORRECTION = Fraction(3, 2)
_CENTRE = 5


@dataclass(frozen=True, slots=True)
class Ipras:
    """The interpercentile range of a panel and its limit, all in points of the scale."""

    method: Method
    quantile_rule: str
    p30: Fraction
    p70: Fraction
    ipr: Fraction
    asymmetry: Fraction
    ipras: Fraction
    disagreement: bool


def ipras_of(counts: Sequence[int], method: Method = Method.RAW) -> Ipras | Undefined:
    """Compute IPR and IPRAS; NOT_NINE_POINTS or NO_ANSWERS. Raises InvalidCountsError."""
    checked = checked_counts(counts)
    if len(checked) != NINE_POINTS:
        return Undefined.NOT_NINE_POINTS
    p30, p70 = quantile_by(method, checked, _LOW), quantile_by(method, checked, _HIGH)
    if isinstance(p30, Undefined) or isinstance(p70, Undefined):
        return Undefined.NO_ANSWERS
    asymmetry = abs(_CENTRE - (p30 + p70) / 2)
    limit = _SYMMETRIC_RANGE + _CORRECTION * asymmetry
    return Ipras(
        method=method,
        quantile_rule=method.quantile_rule,
        p30=p30,
        p70=p70,
        ipr=p70 - p30,
        asymmetry=asymmetry,
        ipras=limit,
        disagreement=p70 - p30 > limit,
    )
