from fractions import Fraction

import pytest
from scipy import stats

from consensus.statistics import (
    CvrRule,
    InvalidCountsError,
    IocRule,
    ItemCviRule,
    MedianIqrRule,
    UnanimousRule,
    Undefined,
    certify,
    critical_cvr,
)

LEVEL = Fraction(1, 20)
# Fewest yes among N, from Ayre and Scally (2014).
CRITICAL_YES = {
    5: 5, 6: 6, 7: 7, 8: 7, 9: 8, 10: 9, 11: 9, 12: 10, 13: 10, 14: 11, 15: 12, 20: 15, 40: 26,
}  # fmt: skip


@pytest.mark.parametrize(("raters", "yes"), CRITICAL_YES.items())
def test_critical_cvr__published_table(raters, yes):
    assert critical_cvr(raters, LEVEL) == Fraction(2 * yes - raters, raters)


@pytest.mark.parametrize("raters", range(5, 61))
def test_critical_cvr__agrees_with_the_binomial(raters):
    yes = int((critical_cvr(raters, LEVEL) + 1) * raters / 2)

    assert stats.binom.sf(yes - 1, raters, 0.5) <= 0.05
    assert stats.binom.sf(yes - 2, raters, 0.5) > 0.05


def test_cvr__of_seven_all_must_agree():
    assert certify([0, 7], CvrRule()).passed is True
    missed = certify([1, 6], CvrRule())
    assert (missed.passed, missed.value, missed.threshold) == (False, Fraction(5, 7), 1)


def test_cvr__four_raters__too_few_even_if_unanimous():
    found = certify([0, 4], CvrRule())

    assert (found.value, found.raters) == (1, 4)
    assert found.passed is found.threshold is Undefined.TOO_FEW_RATERS


@pytest.mark.parametrize(("counts", "passed"), [([0, 3], True), ([1, 99], False)])
def test_unanimous(counts, passed):
    assert certify(counts, UnanimousRule()).passed is passed


@pytest.mark.parametrize(
    ("counts", "threshold", "passed"),
    [
        ([0, 5], Fraction(1), True),
        ([1, 4], Fraction(1), False),
        ([1, 5], Fraction(7, 9), True),
        ([2, 5], Fraction(7, 9), False),
        ([2, 7], Fraction(7, 9), True),  # the .78 of Lynn's table
        ([2, 8], Fraction(7, 9), True),
        ([3, 10], Fraction(7, 9), False),
    ],
)
def test_i_cvi(counts, threshold, passed):
    found = certify(counts, ItemCviRule())

    assert (found.threshold, found.passed) == (threshold, passed)
    assert found.value == Fraction(counts[1], sum(counts))


def test_i_cvi__four_point_relevance__lowest_yes_from_the_protocol():
    assert certify([0, 1, 2, 3], ItemCviRule(relevant_from=3)).value == Fraction(5, 6)
    with pytest.raises(InvalidCountsError):
        certify([1, 2], ItemCviRule(relevant_from=3))


@pytest.mark.parametrize(
    ("counts", "value", "passed"),
    [([0, 1, 1], "1/2", True), ([1, 0, 2], "1/3", False), ([3, 0, 0], "-1", False)],
)
def test_ioc(counts, value, passed):
    found = certify(counts, IocRule())

    assert (found.value, found.passed) == (Fraction(value), passed)


def test_ioc__not_three_answers__refused():
    with pytest.raises(InvalidCountsError, match="-1, 0 and"):
        certify([1, 2], IocRule())


def test_median_iqr__shows_both_conditions():
    found = certify([0, 0, 2, 9, 7], MedianIqrRule())

    assert (found.value, found.threshold) == (Fraction(77, 18), Fraction(7, 2))
    assert (found.iqr, found.iqr_limit, found.passed) == (Fraction(68, 63), Fraction(3, 2), True)
    assert certify([9, 0, 0, 0, 9], MedianIqrRule()).passed is False
    assert certify([0, 9, 9, 0, 0], MedianIqrRule()).passed is False
    assert certify([0, 2], CvrRule()).iqr is Undefined.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("rule", "counts"),
    [
        (UnanimousRule(), [0, 0]),
        (CvrRule(), [0, 0]),
        (ItemCviRule(), [0, 0]),
        (IocRule(), [0, 0, 0]),
        (MedianIqrRule(), [0, 0, 0, 0, 0]),
    ],
)
def test_certify__nobody_rated__reason(rule, counts):
    found = certify(counts, rule)

    assert found.passed is found.value is Undefined.NO_ANSWERS
