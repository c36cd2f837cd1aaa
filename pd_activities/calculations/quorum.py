"""Quorum (องค์ประชุม), in whole numbers and fractions: never in floating point."""

from fractions import Fraction


def least_present(filled: int, fraction: Fraction) -> int:
    """How many of the filled seats must be present, at least one."""
    return max(1, -(-fraction.numerator * filled // fraction.denominator))


def is_quorate(present: int, filled: int, fraction: Fraction) -> bool:
    """True if those present are at least that fraction of the filled seats.

    A committee without filled seats is never quorate.
    """
    return filled > 0 and present >= least_present(filled, fraction)
