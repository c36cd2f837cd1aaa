from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from consensus.statistics import (
    PANEL_SIZES,
    InvalidMatrixError,
    Undefined,
    compare_groups,
    compare_leavers,
    panel_size_help,
)

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


@pytest.mark.parametrize(
    ("experts", "line"),
    [(1, (1, 5)), (5, (5, 9)), (17, (17, 21)), (20, (17, 21)), (21, (21, 25)), (29, (25, 29))],
)
def test_panel_size_help__line_of_the_table(experts, line):
    found = panel_size_help(experts)

    assert (found.smallest, found.largest) == line


def test_panel_size_help__seventeen__error_is_not_its_decrease():
    found = panel_size_help(17)

    assert (found.error_from, found.error_to) == (Fraction(1, 2), Fraction(12, 25))
    assert found.net_decrease == Fraction(1, 50)


def test_panel_size_help__outside__reason():
    assert panel_size_help(0) is panel_size_help(30) is Undefined.OUTSIDE_TABLE


def test_panel_sizes__published_net_decreases():
    assert [float(line.net_decrease) for line in PANEL_SIZES] == [
        0.5, 0.12, 0.04, 0.04, 0.02, 0.02, 0.02,
    ]  # fmt: skip
    for line, following in pairwise(PANEL_SIZES):
        assert (line.largest, line.error_to) == (following.smallest, following.error_from)
