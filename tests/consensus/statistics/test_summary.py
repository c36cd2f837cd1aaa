import random
import statistics
import time
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consensus.statistics import (
    Band,
    InvalidAnswerError,
    InvalidCountsError,
    InvalidMatrixError,
    Undefined,
    band_of,
    count_answers,
    is_outside,
    raw_quartiles,
    summarise_item,
    summarise_matrix,
)

COUNTS = st.lists(st.integers(0, 12), min_size=2, max_size=10)
MATRICES = st.integers(1, 6).flatmap(
    lambda width: st.lists(
        st.lists(st.none() | st.integers(1, 5), min_size=width, max_size=width), min_size=1
    )
)


def answers_of(counts):
    return [score for score, count in enumerate(counts, 1) for _ in range(count)]


def test_summarise_item__by_hand():
    found = summarise_item([0, 0, 2, 9, 7])

    assert (found.n, found.size, found.counts) == (18, 5, (0, 0, 2, 9, 7))
    assert (found.mean, found.variance) == (Fraction(77, 18), Fraction(137, 306))
    assert found.sd == pytest.approx(0.66911316)
    assert found.cv == pytest.approx(0.15641606)
    assert (found.modes, found.top_two) == ((4,), Fraction(8, 9))
    assert found.grouped.band is Band.MUCH


def test_summarise_item__no_answers__reasons_everywhere():
    found = summarise_item([0, 0, 0])

    reasons = [found.grouped, found.raw, found.mean, found.variance, found.sd, found.cv]
    assert [*reasons, found.modes, found.top_two] == [Undefined.NO_ANSWERS] * 8


def test_summarise_item__one_answer__no_deviation():
    found = summarise_item([0, 0, 0, 1, 0])

    assert found.mean == 4
    assert [found.variance, found.sd, found.cv] == [Undefined.ONE_ANSWER] * 3


def test_summarise_item__two_points__top_two_says_nothing():
    assert summarise_item([1, 4]).top_two is Undefined.WHOLE_SCALE


@given(COUNTS.filter(lambda counts: sum(counts) > 1))
def test_summarise_item__agrees_with_the_standard_library(counts):
    found, answers = summarise_item(counts), answers_of(counts)

    assert found.mean == statistics.mean(map(Fraction, answers))
    assert found.variance == statistics.variance(map(Fraction, answers))
    assert found.sd == pytest.approx(statistics.stdev(answers))
    assert found.cv == pytest.approx(np.std(answers, ddof=1) / np.mean(answers))
    assert list(found.modes) == sorted(statistics.multimode(answers))


@pytest.mark.parametrize(
    ("median", "band"),
    [
        ("1", "least"), ("149/100", "least"), ("3/2", "little"), ("249/100", "little"),
        ("5/2", "moderate"), ("349999/100000", "moderate"), ("7/2", "much"),
        ("449/100", "much"), ("9/2", "most"), ("5", "most"),
    ],
)  # fmt: skip
def test_band_of__half_open_on_the_unrounded_value(median, band):
    assert band_of(Fraction(median), 5) == band


def test_band_of__other_scales__reason():
    assert band_of(Fraction(4), 7) is Undefined.NOT_FIVE_POINTS
    assert summarise_item([1, 1, 1]).raw.band is Undefined.NOT_FIVE_POINTS


@given(COUNTS.filter(any))
def test_band_of__every_median_on_five_points_has_a_band(counts):
    found = summarise_item([*(counts + [0] * 5)[:4], 1])

    assert isinstance(found.grouped.band, Band)
    assert isinstance(found.raw.band, Band)


def test_is_outside__classes_that_only_touch_overlap():
    quartiles = raw_quartiles([0, 1, 0, 0, 8])  # Q1 = Q3 = 5

    assert [is_outside(score, quartiles.q1, quartiles.q3) for score in (3, 4, 5)] == [
        True,
        True,
        False,
    ]
    # Q1 = 3.5 by interpolation: class 3 ends exactly there.
    touching = raw_quartiles([0, 0, 1, 2, 0])
    assert touching.q1 == Fraction(7, 2)
    assert is_outside(3, touching.q1, touching.q3) is False


def test_count_answers__leaves_missing_out():
    assert count_answers([5, None, 4, 5, None], 5) == (0, 0, 0, 1, 2)


@pytest.mark.parametrize("answer", [0, 6, -1, 4.5, "4"])
def test_count_answers__off_the_scale__refused(answer):
    with pytest.raises(InvalidAnswerError, match="1 to 5"):
        count_answers([4, answer], 5)


@given(MATRICES)
def test_summarise_matrix__is_the_summary_of_each_column(matrix):
    expected = [summarise_item(count_answers(column, 5)) for column in zip(*matrix, strict=True)]

    assert list(summarise_matrix(matrix, 5)) == expected


@given(MATRICES, st.randoms(use_true_random=False))
def test_summarise_matrix__order_of_panelists__does_not_matter(matrix, chance):
    shuffled = chance.sample(matrix, len(matrix))

    assert summarise_matrix(shuffled, 5) == summarise_matrix(matrix, 5)


def test_summarise_matrix__bad_input__refused():
    with pytest.raises(InvalidMatrixError, match="differ in length"):
        summarise_matrix([[1, 2], [1]], 5)
    with pytest.raises(InvalidAnswerError, match="item 2: 6 is not"):
        summarise_matrix([[1, 6]], 5)
    with pytest.raises(InvalidCountsError):
        summarise_matrix([[1]], 1)
    assert summarise_matrix([], 5) == ()


def test_summarise_matrix__thousand_panelists_two_hundred_items__fast():
    chance = random.Random(7)  # noqa: S311 no secret
    matrix = [chance.choices([1, 2, 3, 4, 5, None], k=200) for _ in range(1000)]

    def timed():
        started = time.perf_counter()
        summarise_matrix(matrix, 5)
        return time.perf_counter() - started

    # Meant to be 20 ms on a quiet machine; this only catches another order of magnitude.
    assert min(timed() for _ in range(5)) < 0.1
    expected = np.nanpercentile(np.array(matrix, dtype=float), [25, 50, 75], axis=0)
    found = [(item.raw.q1, item.raw.median, item.raw.q3) for item in summarise_matrix(matrix, 5)]
    assert pytest.approx(expected) == np.array(found, dtype=float).T
