"""P-values of the tests, from their statistics; what they are tests of is elsewhere.

The normal tail is the standard library's, the chi-squared tail SciPy's. Loading that takes a
moment, so it is loaded at its first use, or by `get_ready`.
"""

from collections.abc import Iterable
from fractions import Fraction
from importlib import import_module
from math import erfc, sqrt


def get_ready() -> None:
    """Load SciPy now, because a lock is about to be held."""
    import_module("scipy.special")


def chi_squared_p(statistic: Fraction, degrees: int) -> float:
    """Return the upper tail of chi-squared, 0 to 1."""
    from scipy import special  # noqa: PLC0415 (importing the package stays cheap)

    return float(special.chdtrc(degrees, float(statistic)))


def two_sided_normal_p(distance: Fraction, variance: Fraction) -> float:
    """Return the two-sided p, 0 to 1, of a statistic this far from its mean."""
    return erfc(max(float(distance), 0.0) / sqrt(2 * variance))


def tie_term(ties: Iterable[int]) -> int:
    """Return the sum of t^3 - t over groups of t equal values, by which ties shrink a variance."""
    return sum([tied**3 - tied for tied in ties])
