from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import cohens_kappa

from consensus.statistics import Undefined, compare_coders

ANSWERS = range(8)
CODED = st.sets(st.tuples(st.sampled_from(ANSWERS), st.sampled_from("abc")), min_size=1)


def test_compare_coders__by_hand():
    # Of ten answers both give the theme to 4, the first alone to 1, the second alone to 2.
    first = {(answer, "ict") for answer in (0, 1, 2, 3, 4)}
    second = {(answer, "ict") for answer in (0, 1, 2, 3, 5, 6)}

    found = compare_coders(range(10), first, second)

    line = found.themes[0]
    assert (line.both, line.first_only, line.second_only, line.neither) == (4, 1, 2, 3)
    # Observed .7, expected .5 * .6 + .5 * .4 = .5.
    assert (line.agreement, line.kappa) == (Fraction(7, 10), Fraction(2, 5))
    assert (found.answers, found.agreement, found.kappa) == (10, line.agreement, line.kappa)


@given(CODED, CODED)
def test_compare_coders__agrees_with_statsmodels(first, second):
    found = compare_coders(ANSWERS, first, second)

    table = np.zeros((2, 2))
    for theme in {theme for _, theme in first | second}:
        for answer in ANSWERS:
            table[int((answer, theme) in first), int((answer, theme) in second)] += 1
    assume(np.count_nonzero(table) > 1)
    expected = cohens_kappa(table, return_results=False)
    assert float(found.kappa) == pytest.approx(expected, abs=1e-12)
    assert float(found.agreement) == pytest.approx(np.trace(table) / table.sum())


@given(CODED, CODED)
def test_compare_coders__swapped__same_agreement(first, second):
    ahead, back = compare_coders(ANSWERS, first, second), compare_coders(ANSWERS, second, first)

    assert (ahead.agreement, ahead.kappa) == (back.agreement, back.kappa)
    assert [line.first_only for line in ahead.themes] == [line.second_only for line in back.themes]


@pytest.mark.parametrize(
    ("answers", "first", "second", "reason"),
    [
        ([], set(), set(), Undefined.NO_ANSWERS),
        ([1], {(1, "a")}, set(), Undefined.ONE_RATER),
        ([1], set(), {(1, "a")}, Undefined.ONE_RATER),
    ],
)
def test_compare_coders__nothing_to_compare__reason(answers, first, second, reason):
    assert compare_coders(answers, first, second) is reason


def test_compare_coders__no_room_for_chance__reason():
    everything = {(1, "a"), (2, "a")}

    assert compare_coders([1, 2], everything, everything).kappa is Undefined.UNANIMITY
    assert compare_coders([1], {(1, "a")}, {(1, "a")}).kappa is Undefined.ONE_ANSWER
