from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from consensus.statistics import (
    InvalidCountsError,
    InvalidMatrixError,
    KendallWRule,
    MalformedRuleError,
    Strength,
    Undefined,
    dump_rule,
    judge_order,
    panel_agreement,
    parse_ranking_rule,
    summarise_rankings,
    to_jsonable,
)

# Siegel, "Nonparametric Statistics" (1956), chapter 9: three executives order six applicants.
SIEGEL = [[1, 6, 3, 2, 5, 4], [1, 5, 6, 4, 2, 3], [6, 3, 2, 5, 4, 1]]
RANKINGS = st.integers(2, 8).flatmap(
    lambda size: st.lists(st.permutations(range(1, size + 1)), min_size=2, max_size=15)
)


def test_rankings__textbook_example__w_and_places():
    found = summarise_rankings(SIEGEL, 6, top=2)

    assert found.agreement.w == Fraction(51, 315)
    assert [item.mean_rank for item in found.items] == [
        Fraction(total, 3) for total in (8, 14, 11, 11, 11, 8)
    ]
    assert [item.place for item in found.items] == [1, 6, 3, 3, 3, 1]
    assert found.items[0].counts == (2, 0, 0, 0, 0, 1)
    assert found.items[0].median_rank == 1
    assert [item.top_share for item in found.items][:2] == [Fraction(2, 3), 0]


@given(RANKINGS)
def test_rankings__w_is_friedmans_and_means_add_up(rows):
    size = len(rows[0])
    found = summarise_rankings(rows, size, top=1)

    assert sum(item.mean_rank for item in found.items) == Fraction(size * (size + 1), 2)
    assert all(sum(item.counts) == len(rows) for item in found.items)
    assert sum(item.top_share for item in found.items) == 1
    assert 0 <= found.agreement.w <= 1
    if size > 2:
        expected = stats.friedmanchisquare(*zip(*rows, strict=True))
        assert float(found.agreement.chi_squared) == pytest.approx(expected.statistic, abs=1e-9)
        assert found.agreement.p == pytest.approx(expected.pvalue)


@given(RANKINGS, st.randoms(use_true_random=False))
def test_rankings__order_of_panelists__does_not_matter(rows, chance):
    size = len(rows[0])
    shuffled = chance.sample(rows, len(rows))
    assert summarise_rankings(shuffled, size, top=2) == summarise_rankings(rows, size, top=2)


@given(RANKINGS)
def test_rankings__reversed__places_and_means_mirrored_and_same_w(rows):
    size = len(rows[0])
    found = summarise_rankings(rows, size, top=1)
    mirrored = summarise_rankings(
        [[size + 1 - place for place in row] for row in rows], size, top=1
    )

    assert mirrored.agreement == found.agreement
    for item, other in zip(found.items, mirrored.items, strict=True):
        assert item.mean_rank + other.mean_rank == size + 1
        assert item.median_rank + other.median_rank == size + 1


def test_rankings__all_alike__one():
    found = summarise_rankings([[2, 1, 3]] * 5, 3, top=3)
    assert found.agreement.w == 1
    assert [item.place for item in found.items] == [2, 1, 3]
    assert {item.top_share for item in found.items} == {1}


def test_rankings__nobody__reasons():
    found = summarise_rankings([], 3, top=1)
    assert found.agreement.w is Undefined.NO_COMPLETE_ROWS
    assert {item.place for item in found.items} == {Undefined.NO_ANSWERS}
    assert {item.top_share for item in found.items} == {Undefined.NO_ANSWERS}
    to_jsonable(found)


@pytest.mark.parametrize("row", [[1, 1, 3], [1, 2], [0, 1, 2], [1, 2, 4], [1, 2, 3, 4]])
def test_rankings__no_ranking__refused(row):
    with pytest.raises(InvalidMatrixError):
        summarise_rankings([row], 3, top=1)


def test_rankings__one_item__refused():
    with pytest.raises(InvalidCountsError):
        summarise_rankings([[1]], 1, top=1)


@pytest.mark.parametrize(
    ("rows", "strength", "reached"),
    [
        ([[1, 2, 3], [3, 2, 1]], Strength.VERY_WEAK, False),
        ([[1, 2, 3]] * 4 + [[2, 3, 1]], Strength.MODERATE, False),  # .52
        ([[1, 2, 3]] * 4 + [[1, 3, 2]], Strength.STRONG, True),  # .84
        ([[1, 2, 3]] * 6, Strength.UNUSUALLY_STRONG, True),
    ],
)
def test_order__schmidts_words(rows, strength, reached):
    judged = judge_order(summarise_rankings(rows, 3, top=1).agreement, KendallWRule())
    assert (judged.strength, judged.reached) == (strength, reached)


def test_order__exactly_at_the_limit__reached():
    agreement = panel_agreement(SIEGEL)
    assert judge_order(agreement, KendallWRule(at_least=Fraction(51, 315))).reached is True
    assert judge_order(agreement, KendallWRule(at_least=Fraction(52, 315))).reached is False


def test_order__no_w__its_reason_stands_for_the_decision():
    judged = judge_order(panel_agreement([[1, 2]]), KendallWRule())
    assert [judged.reached, judged.value, judged.strength] == [Undefined.ONE_RATER] * 3
    assert judged.limit == Fraction(7, 10)


def test_rule__document__read_and_written():
    rule = parse_ranking_rule({"rule": "kendall_w", "at_least": "1/2"})
    assert dump_rule(rule) == {"rule": "kendall_w", "at_least": "1/2"}
    for wrong in ({"rule": "iqr"}, {"rule": "kendall_w", "at_least": "2"}, []):
        with pytest.raises(MalformedRuleError):
            parse_ranking_rule(wrong)
