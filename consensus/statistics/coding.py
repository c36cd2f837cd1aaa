"""Agreement of two coders on which answers speak of which themes.

The unit is one answer with one theme: each coder says that the answer speaks of it, or does not.
Cohen, "A coefficient of agreement for nominal scales" (Educational and Psychological
Measurement 20, 1960): kappa = (observed - expected) / (1 - expected).
"""

from collections import Counter
from collections.abc import Collection, Hashable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from consensus.statistics.stability import weighted_kappa
from consensus.statistics.undefined import Exact, Undefined

Coded: TypeAlias = AbstractSet[tuple[Hashable, str]]  # (answer, theme)
_NO, _YES = 1, 2


@dataclass(frozen=True, slots=True)
class ThemeAgreement:
    """One theme: how many answers both, one or neither of the coders gave it to."""

    theme: str
    both: int
    first_only: int
    second_only: int
    neither: int
    agreement: Exact
    kappa: Exact


@dataclass(frozen=True, slots=True)
class CodingAgreement:
    """All themes together: the share, 0 to 1, of decisions alike, and Cohen's kappa over them."""

    answers: int
    themes: tuple[ThemeAgreement, ...]
    agreement: Exact
    kappa: Exact


def compare_coders(
    answers: Collection[Hashable], first: Coded, second: Coded
) -> CodingAgreement | Undefined:
    """Compare two coders over all answers and over every theme that either used.

    NO_ANSWERS without answers; ONE_RATER where a coder has coded nothing. Kappa is UNANIMITY
    where both said yes (or no) throughout, and ONE_ANSWER for a single decision.
    """
    if not answers:
        return Undefined.NO_ANSWERS
    if not first or not second:
        return Undefined.ONE_RATER
    together = Counter[tuple[int, int]]()
    lines = []
    for theme in sorted({theme for _, theme in {*first, *second}}):
        pairs = Counter(
            (
                _YES if (answer, theme) in first else _NO,
                _YES if (answer, theme) in second else _NO,
            )
            for answer in answers
        )
        together += pairs
        lines.append(
            ThemeAgreement(
                theme=theme,
                both=pairs[_YES, _YES],
                first_only=pairs[_YES, _NO],
                second_only=pairs[_NO, _YES],
                neither=pairs[_NO, _NO],
                agreement=_alike(pairs),
                kappa=weighted_kappa(pairs, _YES),
            )
        )
    return CodingAgreement(
        answers=len(answers),
        themes=tuple(lines),
        agreement=_alike(together),
        kappa=weighted_kappa(together, _YES),  # with two categories the weights make no difference
    )


def _alike(pairs: Counter[tuple[int, int]]) -> Fraction:
    return Fraction(pairs[_YES, _YES] + pairs[_NO, _NO], pairs.total())
