import itertools
import random
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.inter_rater import cohens_kappa

from consensus.statistics import (
    InvalidAnswerError,
    InvalidMatrixError,
    NetChangeRule,
    Undefined,
    compare_rounds,
    compare_totals,
    signed_rank,
    weighted_kappa,
)

PAIRS = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=2, max_size=30)


def test_compare_rounds__net_change_zero_while_nobody_kept_the_answer():
    found = compare_rounds([4, 4, 5, 5], [5, 5, 4, 4], 5)

    assert (found.net_change, found.kept, found.stable) == (0, 0, True)
    assert found.kappa == -1


def test_compare_rounds__only_those_who_answered_both():
    found = compare_rounds([4, None, 5, 3, None], [5, 4, 5, None, None], 5)

    assert (found.answered_earlier, found.answered_later, found.answered_both) == (3, 3, 2)
    assert (found.net_change, found.kept) == (Fraction(1, 2), Fraction(1, 2))


def test_compare_totals__shares_of_all_answers_and_nothing_of_single_people():
    both = compare_rounds([4] * 5 + [5], [4] * 5 + [None], 5)
    found = compare_totals(both, [0, 0, 0, 5, 1], [0, 0, 0, 5, 0])

    assert (both.net_change, found.net_change, found.stable) == (0, Fraction(1, 6), False)
    assert (found.answered_earlier, found.answered_later, found.answered_both) == (6, 5, 5)
    assert {found.kept, found.kappa, found.wilcoxon} == {Undefined.TOO_FEW}


@pytest.mark.parametrize(("moved", "stable"), [(2, True), (3, False), (4, False)])
def test_compare_rounds__fifteen_percent__no_longer_stable(moved, stable):
    found = compare_rounds([3] * 20, [4] * moved + [3] * (20 - moved), 5)

    assert found.net_change == Fraction(moved, 20)
    assert found.stable is stable


def test_compare_rounds__limit_from_the_protocol():
    found = compare_rounds([3] * 20, [4] * 3 + [3] * 17, 5, rule=NetChangeRule(Fraction(1, 5)))

    assert found.stable is True


def test_compare_rounds__nobody_answered_both__reasons():
    found = compare_rounds([1, None], [None, 2], 5)

    reason = Undefined.NO_COMMON_ANSWERS
    assert [found.net_change, found.stable, found.kept, found.kappa, found.wilcoxon] == [reason] * 5


def test_compare_rounds__unanimity__no_kappa_and_no_test():
    found = compare_rounds([5, 5, 5], [5, 5, 5], 5)

    assert (found.net_change, found.kept, found.stable) == (0, 1, True)
    assert found.kappa is Undefined.UNANIMITY
    assert found.wilcoxon is Undefined.NO_CHANGES


def test_compare_rounds__bad_input__refused():
    with pytest.raises(InvalidMatrixError):
        compare_rounds([1], [1, 2], 5)
    for earlier, later in (([6], [1]), ([1], [0]), ([None], [6])):
        with pytest.raises(InvalidAnswerError):
            compare_rounds(earlier, later, 5)


@given(PAIRS)
def test_compare_rounds__net_change_never_exceeds_those_who_moved(pairs):
    found = compare_rounds(*zip(*pairs, strict=True), 5)

    assert 0 <= found.net_change <= 1 - found.kept


@given(PAIRS, st.randoms(use_true_random=False))
def test_compare_rounds__order_of_panelists__does_not_matter(pairs, chance):
    shuffled = chance.sample(pairs, len(pairs))

    assert compare_rounds(*zip(*shuffled, strict=True), 5) == compare_rounds(
        *zip(*pairs, strict=True), 5
    )


@given(PAIRS)
def test_weighted_kappa__agrees_with_statsmodels(pairs):
    table = np.zeros((5, 5))
    for before, after in pairs:
        table[before - 1, after - 1] += 1
    assume(len({score for pair in pairs for score in pair}) > 1)

    expected = cohens_kappa(table, weights=np.arange(5), wt="quadratic", return_results=False)

    counted = {pair: pairs.count(pair) for pair in pairs}
    assert float(weighted_kappa(counted, 5)) == pytest.approx(expected, abs=1e-12)


def test_weighted_kappa__undefined__reasons():
    assert weighted_kappa({}, 5) is Undefined.NO_COMMON_ANSWERS
    assert weighted_kappa({(2, 4): 1}, 5) is Undefined.ONE_ANSWER
    assert weighted_kappa({(4, 4): 6}, 5) is Undefined.UNANIMITY
    assert weighted_kappa({(4, 5): 6}, 5) == 0
    with pytest.raises(InvalidAnswerError):
        weighted_kappa({(0, 5): 6}, 5)


@given(st.lists(st.integers(-4, 4), min_size=1, max_size=9).filter(any))
def test_signed_rank__few_changes__agrees_with_every_sign_tried(changes):
    found = signed_rank({change: changes.count(change) for change in changes})
    moved = [change for change in changes if change]
    ranks = stats.rankdata(np.abs(moved))
    sums = [
        sum(rank for rank, up in zip(ranks, signs, strict=True) if up)
        for signs in itertools.product([True, False], repeat=len(ranks))
    ]
    as_small = sum(total <= float(found.statistic) for total in sums)

    assert found.p_from == "exact"
    assert found.p == pytest.approx(min(1.0, 2 * as_small / len(sums)))
    assert float(found.statistic) == stats.wilcoxon(moved, method="asymptotic").statistic


def test_signed_rank__no_ties__agrees_with_the_tables():
    # Of 256 ways to sign eight ranks, five leave a sum of at most 3: 2 * 5 / 256.
    found = signed_rank({1: 1, 2: 1, -3: 1, 4: 1, 5: 1, 6: 1, 7: 1, 8: 1})

    assert (found.statistic, found.rises, found.falls) == (3, 33, 3)
    assert found.p == pytest.approx(stats.wilcoxon([1, 2, -3, 4, 5, 6, 7, 8]).pvalue)
    assert found.p == pytest.approx(0.0390625)


def test_signed_rank__many_changes__normal_approximation():
    chance = random.Random(3)  # noqa: S311 no secret
    changes = chance.choices([-2, -1, 0, 1, 2], weights=[1, 3, 5, 6, 2], k=80)

    found = signed_rank({change: changes.count(change) for change in changes})

    expected = stats.wilcoxon(changes, method="asymptotic")
    assert found.p_from == "normal_approximation"
    assert found.p == pytest.approx(expected.pvalue)
    assert float(found.statistic) == expected.statistic
    assert found.changes == sum(change != 0 for change in changes)
