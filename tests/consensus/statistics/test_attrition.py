from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from consensus.statistics import InvalidMatrixError, Undefined, compare_leavers

FIVE = st.lists(st.integers(0, 8), min_size=5, max_size=5).filter(lambda counts: sum(counts) > 4)


def answers_of(counts):
    return [score for score, count in enumerate(counts, 1) for _ in range(count)]


@given(FIVE, FIVE)
def test_compare_leavers__agrees_with_scipy(leavers, stayers):
    found = compare_leavers(leavers, stayers)

    gone, here = answers_of(leavers), answers_of(stayers)
    if len({*gone, *here}) == 1:
        assert found.p is Undefined.UNANIMITY
        return
    expected = stats.mannwhitneyu(gone, here, method="asymptotic")
    assert float(found.u) == expected.statistic
    assert found.p == pytest.approx(expected.pvalue)
    assert found.superiority == found.u / (len(gone) * len(here))


def test_compare_leavers__difference_of_distributions():
    assert compare_leavers([5, 0], [0, 9]).difference == 1
    assert compare_leavers([3, 3], [5, 5]).difference == 0
    assert compare_leavers([3, 3], [5, 5]).superiority == Fraction(1, 2)


def test_compare_leavers__fewer_than_five__too_few_to_say():
    found = compare_leavers([0, 4], [9, 9])

    assert (found.leavers, found.stayers) == (4, 18)
    assert [found.difference, found.superiority, found.u, found.p] == [Undefined.TOO_FEW] * 4
    assert compare_leavers([9, 9], [4, 0]).p is Undefined.TOO_FEW


def test_compare_leavers__different_scales__refused():
    with pytest.raises(InvalidMatrixError):
        compare_leavers([5, 5], [5, 5, 5])
