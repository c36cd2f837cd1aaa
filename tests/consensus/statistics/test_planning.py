from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consensus.statistics import (
    Expectation,
    InvalidCountsError,
    IqrRule,
    Method,
    forecast,
    judge_consensus,
    summarise_item,
)

WEIGHTS = st.lists(st.integers(0, 5), min_size=2, max_size=9).filter(any)


def test_forecast__all_of_one_mind__certain():
    first, second = forecast(Expectation((0, 0, 0, 0, 1), panelists=18, rounds=2), runs=50)

    assert (first.consensus_in, first.answering) == (1, 18)
    assert (second.number, second.consensus_in) == (2, 1)


def test_forecast__two_camps__no_consensus_until_they_move():
    camps = (1, 0, 0, 0, 1)
    stubborn = forecast(Expectation(camps, panelists=20, rounds=4), runs=100)
    assert stubborn[-1].no_consensus >= Fraction(9, 10)


def test_forecast__everyone_leaves__too_few():
    expected = Expectation((0, 0, 1, 5, 4), panelists=18, rounds=2, leaving=Fraction(1))
    _, second = forecast(expected, runs=20)
    assert (second.too_few, second.answering) == (1, 0)


def test_forecast__fewer_than_the_protocol_shows__too_few():
    expected = Expectation((0, 0, 1, 5, 4), panelists=8, rounds=1)
    assert forecast(expected, runs=20)[0].too_few == 0
    assert forecast(expected, smallest=10, runs=20)[0].too_few == 1


def test_forecast__those_outside_move__more_consensus():
    opinions = (1, 1, 2, 6, 8)
    still = forecast(Expectation(opinions, 18, 3), runs=400, seed=1)[-1]
    moving = forecast(Expectation(opinions, 18, 3, moving=Fraction(9, 10)), runs=400, seed=1)[-1]
    assert moving.consensus_in > still.consensus_in + Fraction(1, 20)


def test_forecast__five_panelists__agrees_with_every_panel_weighed():
    """Of 2^5 panels that answer 4 or 5 with even chance, by raw quartiles all have consensus."""
    rule = IqrRule(Fraction(1, 2), Method.RAW)
    met = [
        bool(judge_consensus(summarise_item([0, 0, 0, 5 - fives, fives]), rule).reached)
        for fives in range(6)
    ]
    exact = (
        sum(ways for ways, reached in zip((1, 5, 10, 10, 5, 1), met, strict=True) if reached) / 32
    )
    found = forecast(Expectation((0, 0, 0, 1, 1), 5, 1), rule=rule, runs=4_000, seed=7)[0]
    assert float(found.consensus_in) == pytest.approx(exact, abs=1.6 * found.margin)


@given(WEIGHTS, st.integers(1, 25), st.integers(1, 3), st.integers(0, 99))
def test_forecast__shares__sum_to_one_and_repeat(weights, panelists, rounds, seed):
    expected = Expectation(
        tuple(weights), panelists, rounds, leaving=Fraction(1, 5), moving=Fraction(1, 2)
    )
    found = forecast(expected, runs=10, seed=seed)

    assert found == forecast(expected, runs=10, seed=seed)
    for each in found:
        ends = each.consensus_in + each.consensus_out + each.no_consensus + each.too_few
        assert ends == 1
        assert 0 <= each.answering <= panelists


def test_forecast__no_opinion_at_all__refused():
    with pytest.raises(InvalidCountsError):
        forecast(Expectation((0, 0, 0), 18, 2))
