from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from consensus.statistics import InvalidMatrixError, Undefined, compare_groups

FIVE = st.lists(st.integers(0, 8), min_size=5, max_size=5).filter(lambda counts: sum(counts) > 4)


def answers_of(counts):
    return [score for score, count in enumerate(counts, 1) for _ in range(count)]


@given(FIVE, FIVE, FIVE)
def test_compare_groups__agrees_with_scipy(one, two, three):
    found = compare_groups({"one": one, "two": two, "three": three})

    answers = [answers_of(counts) for counts in (one, two, three)]
    if len(set().union(*answers)) == 1:
        assert found.h is found.p is Undefined.UNANIMITY
        return
    expected = stats.kruskal(*answers).statistic
    assert float(found.h) == pytest.approx(expected, abs=1e-9)
    assert found.p == pytest.approx(stats.chi2.sf(float(found.h), 2))
    assert found.degrees == 2


def test_compare_groups__same_distributions__nothing_between_them():
    # In floating point H falls below 0 here, and its p is NaN.
    same = [7, 1, 1, 5, 8]

    found = compare_groups({"one": same, "two": same, "three": same})

    assert (found.h, found.p, found.spread) == (0, 1.0, 0)


def test_compare_groups__small_group__shown_as_too_few_and_not_tested():
    found = compare_groups(
        {"teachers": [0, 0, 0, 9, 9], "principals": [0, 9, 9, 0, 0], "parents": [4, 0, 0, 0, 0]}
    )

    teachers, principals, parents = found.groups
    assert (teachers.median, principals.median) == (Fraction(9, 2), Fraction(5, 2))
    assert (teachers.n, teachers.reached) == (18, True)
    assert [parents.median, parents.iqr, parents.reached] == [Undefined.TOO_FEW] * 3
    assert (found.spread, found.degrees, found.quantile_rule) == (2, 1, "grouped-midpoint/1")


def test_compare_groups__one_group_left__reason():
    found = compare_groups({"teachers": [0, 9], "parents": [1, 0]})

    assert [found.spread, found.h, found.degrees, found.p] == [Undefined.ONE_GROUP] * 4
    assert compare_groups({}).groups == ()


def test_compare_groups__different_scales__refused():
    with pytest.raises(InvalidMatrixError):
        compare_groups({"one": [5, 5], "two": [5, 5, 5]})
