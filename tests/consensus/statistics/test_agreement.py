from fractions import Fraction

import pandas as pd
import pingouin
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from consensus.statistics import InvalidMatrixError, Undefined, kendall_w, panel_agreement

# Siegel, "Nonparametric Statistics" (1956), chapter 9: three orderings of ten objects with
# ties, S = 591, sums of (t^3 - t) / 12 of 1, 1.5 and 7, W = 591 / 714 = .828. Ranks doubled.
SIEGEL = [
    [2, 9, 4, 9, 6, 15, 12, 18, 15, 20],
    [5, 2, 5, 9, 9, 16, 18, 13, 20, 13],
    [4, 2, 9, 9, 9, 9, 16, 16, 16, 20],
]
ROWS = st.integers(3, 6).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(1, 5), min_size=width, max_size=width), min_size=2, max_size=12
    )
)


def test_kendall_w__ties__textbook_example():
    assert kendall_w(SIEGEL) == Fraction(591, 714)


def test_kendall_w__no_ties__textbook_example():
    # Siegel 1956, three executives and six applicants: S = 25.5, W = .16.
    rows = [[1, 6, 3, 2, 5, 4], [1, 5, 6, 4, 2, 3], [6, 3, 2, 5, 4, 1]]

    assert kendall_w(rows) == Fraction(51, 315)


def test_panel_agreement__incomplete_rows__dropped_and_counted():
    found = panel_agreement([*SIEGEL, [None, *range(1, 10)]])

    assert (found.panelists, found.dropped, found.items) == (3, 1, 10)
    assert (found.w, found.chi_squared) == (Fraction(591, 714), 27 * Fraction(591, 714))
    assert found.degrees == 9
    assert found.p == pytest.approx(stats.chi2.sf(27 * 591 / 714, 9))


def test_panel_agreement__all_rank_alike__one():
    assert panel_agreement([[1, 2, 3], [2, 4, 5]]).w == 1


@given(ROWS)
def test_panel_agreement__is_friedmans_test(rows):
    assume(any(len(set(row)) > 1 for row in rows))

    found = panel_agreement(rows)

    expected = stats.friedmanchisquare(*zip(*rows, strict=True))
    assert float(found.chi_squared) == pytest.approx(expected.statistic, abs=1e-9)
    assert found.p == pytest.approx(expected.pvalue)
    assert 0 <= found.w <= 1


@given(ROWS)
def test_kendall_w__agrees_with_pingouin(rows):
    assume(len(rows) >= 3)  # pingouin wants three
    assume(any(len(set(row)) > 1 for row in rows))

    expected = pingouin.friedman(pd.DataFrame(rows)).loc["Friedman"]
    assert float(kendall_w(rows)) == pytest.approx(expected["W"], abs=1e-9)
    assert float(panel_agreement(rows).chi_squared) == pytest.approx(expected["Q"], abs=1e-9)


@given(ROWS, st.randoms(use_true_random=False))
def test_panel_agreement__order_and_reversal__do_not_matter(rows, chance):
    shuffled = chance.sample(rows, len(rows))

    assert panel_agreement(shuffled) == panel_agreement(rows)
    assert panel_agreement([[6 - score for score in row] for row in rows]) == panel_agreement(rows)


@pytest.mark.parametrize(
    ("matrix", "reason"),
    [
        ([], Undefined.NO_COMPLETE_ROWS),
        ([[]], Undefined.NO_COMPLETE_ROWS),
        ([[None, 3], [3, None]], Undefined.NO_COMPLETE_ROWS),
        ([[1, 3], [3, None]], Undefined.ONE_RATER),
        ([[1], [3]], Undefined.ONE_ITEM),
        ([[5, 5], [4, 4]], Undefined.NOTHING_RANKED),
    ],
)
def test_panel_agreement__undefined__reason(matrix, reason):
    found = panel_agreement(matrix)

    assert [found.w, found.chi_squared, found.p] == [reason] * 3


def test_panel_agreement__ragged__refused():
    with pytest.raises(InvalidMatrixError):
        panel_agreement([[1, 2], [1]])
