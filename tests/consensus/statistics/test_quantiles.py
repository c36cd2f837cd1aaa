import json
import statistics
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from consensus.statistics import (
    GROUPED_RULE,
    RAW_RULE,
    GroupedQuantile,
    InvalidCountsError,
    InvalidProbabilityError,
    Undefined,
    grouped_quantile,
    grouped_quartiles,
    raw_quantile,
    raw_quartiles,
    summarise_item,
)

VECTORS = json.loads((Path(__file__).parent / "grouped_quartile_vectors.json").read_text())
COUNTS = st.lists(st.integers(0, 12), min_size=2, max_size=10).filter(any)
INSIDE = st.fractions(min_value=Fraction(1, 50), max_value=Fraction(49, 50), max_denominator=50)
QUARTERS = [Fraction(1, 4), Fraction(1, 2), Fraction(3, 4)]


def answers_of(counts):
    return [score for score, count in enumerate(counts, 1) for _ in range(count)]


@pytest.mark.parametrize("vector", VECTORS["vectors"], ids=lambda vector: str(vector["freq"]))
def test_quartiles__published_vectors(vector):
    found = summarise_item(vector["freq"])

    assert {name: str(getattr(found.grouped, name)) for name in ("q1", "median", "q3", "iqr")} == {
        name: vector[name] for name in ("q1", "median", "q3", "iqr")
    }
    assert found.grouped.empty_class is vector.get("empty_class", False)
    assert (found.grouped.iqr <= Fraction(3, 2)) is vector["consensus_1_50"]
    assert [found.raw.q1, found.raw.median, found.raw.q3] == vector["raw"]


def test_quartiles__name_their_rule():
    assert grouped_quartiles([1, 2]).rule == GROUPED_RULE == "grouped-midpoint/1"
    assert raw_quartiles([1, 2]).rule == RAW_RULE == "linear-type-7/1"
    assert grouped_quantile([1, 2], Fraction(1, 2)).rule == GROUPED_RULE


@pytest.mark.parametrize("size", range(2, 11))
def test_quartiles__unanimity__not_clamped(size):
    counts = [0] * (size - 1) + [7]

    assert grouped_quartiles(counts).q3 == size + Fraction(1, 4)
    assert grouped_quartiles(counts).iqr == Fraction(1, 2)
    assert raw_quartiles(counts).iqr == 0


def test_grouped_quantile__boundary_between_used_scores__no_flag():
    assert grouped_quantile([2, 2], Fraction(1, 2)) == GroupedQuantile(
        Fraction(3, 2), empty_class=False
    )


def test_grouped_quantile__gap_that_the_line_does_not_reach__no_flag():
    assert grouped_quantile([3, 0, 2], Fraction(1, 2)).empty_class is False
    assert grouped_quantile([3, 0, 3], Fraction(1, 2)) == GroupedQuantile(
        Fraction(2), empty_class=True
    )


@pytest.mark.parametrize("quartiles", [grouped_quartiles, raw_quartiles])
def test_quartiles__no_answers__reason(quartiles):
    assert quartiles([0, 0, 0]) is Undefined.NO_ANSWERS


@pytest.mark.parametrize("quantile", [grouped_quantile, raw_quantile])
def test_quantile__no_answers__reason(quantile):
    assert quantile([0, 0, 0], Fraction(1, 2)) is Undefined.NO_ANSWERS


@pytest.mark.parametrize("p", [Fraction(0), Fraction(1), Fraction(-1, 2), Fraction(3, 2)])
def test_grouped_quantile__open_ends__refused(p):
    with pytest.raises(InvalidProbabilityError, match="0 < p < 1"):
        grouped_quantile([1, 2], p)


def test_raw_quantile__ends_are_the_extremes():
    assert raw_quantile([0, 2, 5, 0], Fraction(0)) == 2
    assert raw_quantile([0, 2, 5, 0], Fraction(1)) == 3
    with pytest.raises(InvalidProbabilityError):
        raw_quantile([1, 2], Fraction(3, 2))


@pytest.mark.parametrize("counts", [[], [3], [1, -1], [1, 2.0], [True, 1], [1] * 101])
def test_quartiles__bad_counts__refused(counts):
    with pytest.raises(InvalidCountsError):
        grouped_quartiles(counts)


@given(COUNTS, INSIDE)
def test_quantiles__scale_reversed__mirror(counts, p):
    mirror = len(counts) + 1
    ahead, back = grouped_quantile(counts, p), grouped_quantile(counts[::-1], 1 - p)

    assert ahead.value == mirror - back.value
    assert ahead.empty_class is back.empty_class
    assert raw_quantile(counts, p) == mirror - raw_quantile(counts[::-1], 1 - p)


@given(COUNTS, INSIDE, INSIDE)
def test_quantiles__grow_with_p(counts, p, q):
    low, high = sorted([p, q])

    assert grouped_quantile(counts, low).value <= grouped_quantile(counts, high).value
    assert raw_quantile(counts, low) <= raw_quantile(counts, high)


@given(COUNTS, INSIDE, st.integers(2, 5))
def test_grouped_quantile__whole_panel_repeated__same(counts, p, times):
    repeated = [count * times for count in counts]

    assert grouped_quantile(repeated, p) == grouped_quantile(counts, p)


@given(COUNTS, INSIDE)
def test_grouped_quantile__is_where_the_cumulative_line_reaches_t(counts, p):
    found = grouped_quantile(counts, p)
    cumulative = np.concatenate([[0], np.cumsum(counts)])
    edges = np.arange(len(counts) + 1) + 0.5

    reached = np.interp(float(found.value), edges, cumulative)

    assert reached == pytest.approx(float(p * sum(counts)))
    assert Fraction(1, 2) <= found.value <= len(counts) + Fraction(1, 2)


@given(COUNTS)
def test_grouped_median__agrees_with_the_standard_library_outside_gaps(counts):
    found = grouped_quantile(counts, Fraction(1, 2))
    assume(not found.empty_class)  # there the standard library takes an end of the gap

    assert float(found.value) == pytest.approx(statistics.median_grouped(answers_of(counts)))


@given(COUNTS, INSIDE)
def test_raw_quantile__agrees_with_numpy(counts, p):
    expected = np.percentile(answers_of(counts), float(p * 100), method="linear")

    assert float(raw_quantile(counts, p)) == pytest.approx(expected)


@given(COUNTS)
def test_quartiles__agree_with_single_quantiles(counts):
    grouped, raw = grouped_quartiles(counts), raw_quartiles(counts)
    singles = [grouped_quantile(counts, p) for p in QUARTERS]

    assert [grouped.q1, grouped.median, grouped.q3] == [single.value for single in singles]
    assert grouped.empty_class is any(single.empty_class for single in singles)
    assert grouped.iqr == grouped.q3 - grouped.q1
    assert [raw.q1, raw.median, raw.q3] == [raw_quantile(counts, p) for p in QUARTERS]
    assert raw.iqr == raw.q3 - raw.q1


@given(COUNTS)
def test_quartiles__another_answer_at_the_median__never_widens(counts):
    # Q1 and Q3 in other classes move towards the median's; within it the loss on one side is
    # never more than the gain on the other. An even N may have no answer at the raw median.
    half = Fraction(1, 2)
    for quartiles, reach in ((grouped_quartiles, half), (raw_quartiles, Fraction(0))):
        before = quartiles(counts)
        for score in range(1, len(counts) + 1):
            if abs(score - before.median) <= reach:
                more = [*counts]
                more[score - 1] += 1
                assert quartiles(more).iqr <= before.iqr
