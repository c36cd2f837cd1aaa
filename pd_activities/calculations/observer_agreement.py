"""How far observers of the same lesson agree: exact agreement, and Cohen's weighted kappa.

Kappa: J. Cohen (1968), Weighted kappa, Psychological Bulletin 70(4), 213-220, with linear weights
|i - j|. Everything is computed in fractions; a caller rounds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

Ratings = Mapping[str, int]  # criterion code → rating


@dataclass(frozen=True)
class PairAgreement:
    """Two observers over the criteria that both rated. `kappa` is None where it is undefined:
    both gave one and the same rating throughout."""

    compared: int
    agreed: int
    kappa: Fraction | None


@dataclass(frozen=True)
class ObserverAgreement:
    """All pairs of observers. `agreed` of `compared` is the exact agreement."""

    observers: int
    compared: int
    agreed: int
    kappa: Fraction | None  # the mean over the pairs for which it is defined

    @property
    def exact(self) -> Fraction | None:
        return Fraction(self.agreed, self.compared) if self.compared else None


def agreement(observers: Sequence[Ratings]) -> ObserverAgreement:
    """Over every pair of observers; with fewer than two there is nothing to compare."""
    pairs = [pair_agreement(one, other) for one, other in combinations(observers, 2)]
    kappas = [pair.kappa for pair in pairs if pair.kappa is not None]
    return ObserverAgreement(
        observers=len(observers),
        compared=sum(pair.compared for pair in pairs),
        agreed=sum(pair.agreed for pair in pairs),
        kappa=sum(kappas, Fraction()) / len(kappas) if kappas else None,
    )


def pair_agreement(one: Ratings, other: Ratings) -> PairAgreement:
    common = sorted(one.keys() & other.keys())
    first, second = [one[code] for code in common], [other[code] for code in common]
    return PairAgreement(
        compared=len(common),
        agreed=sum(a == b for a, b in zip(first, second, strict=True)),
        kappa=_linear_kappa(first, second),
    )


def _linear_kappa(first: Sequence[int], second: Sequence[int]) -> Fraction | None:
    """1 - observed / expected disagreement, where expected pairs every rating with every other."""
    count = len(first)
    if count == 0:
        return None
    observed = Fraction(sum(abs(a - b) for a, b in zip(first, second, strict=True)), count)
    expected = Fraction(sum(abs(a - b) for a in first for b in second), count * count)
    return 1 - observed / expected if expected else None
