"""Quorum, voting, composition, numbering and observer agreement: properties and known cases."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pd_activities.calculations.composition import gaps
from pd_activities.calculations.numbering import (
    agenda_place,
    meeting_reference,
    resolution_reference,
)
from pd_activities.calculations.observer_agreement import agreement, pair_agreement
from pd_activities.calculations.quorum import is_quorate, least_present
from pd_activities.calculations.voting import Outcome, Tally, decide

counts = st.integers(0, 200)
fractions = st.fractions(min_value=Fraction(1, 10), max_value=1)
ratings = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 5))


@pytest.mark.parametrize(("filled", "least"), [(9, 5), (15, 8), (8, 4), (1, 1), (0, 1)], ids=str)
def test_quorum__half(filled, least):
    assert least_present(filled, Fraction(1, 2)) == least


@given(counts, counts, fractions)
def test_quorum__exactly_present_at_least_fraction_of_filled(present, filled, fraction):
    expected = filled > 0 and present >= 1 and Fraction(present) >= fraction * filled
    assert is_quorate(present, filled, fraction) == expected


@given(counts, counts, fractions)
def test_quorum__one_more_present__never_lost(present, filled, fraction):
    assert is_quorate(present + 1, filled, fraction) >= is_quorate(present, filled, fraction)


@given(counts, counts, counts, st.booleans(), st.sampled_from([None, True, False]))
def test_decide__every_tally__one_outcome(in_favour, against, abstained, of_present, casting):
    tally = Tally(in_favour, against, abstained)
    outcome = decide(tally, present=tally.cast, of_present=of_present, casting_vote=casting)

    base = tally.cast if of_present else in_favour + against
    if in_favour > Fraction(base, 2):
        assert outcome == Outcome.CARRIED
    elif in_favour < Fraction(base, 2) or base == 0:
        assert outcome == Outcome.LOST
    else:
        assert outcome == {None: Outcome.TIED, True: Outcome.CARRIED, False: Outcome.LOST}[casting]


@given(counts, counts)
def test_decide__a_vote_more_in_favour__never_hurts(in_favour, against):
    order = [Outcome.LOST, Outcome.TIED, Outcome.CARRIED]
    now, then = (
        decide(Tally(each, against), present=0, of_present=False, casting_vote=None)
        for each in (in_favour, in_favour + 1)
    )
    assert order.index(then) >= order.index(now)


def test_gaps__rule_and_seats():
    found = gaps(
        {"parent": 1, "expert": 6, "teacher": 1}, ["parent", "expert", "teacher", "teacher"]
    )
    assert {each.category: each.missing for each in found} == {"expert": 5, "teacher": -1}
    assert gaps({}, ["other"]) == []


def test_numbering():
    assert meeting_reference(3, 2026) == "3/2569"
    assert agenda_place("4.9") < agenda_place("4.10") < agenda_place("5")
    assert [agenda_place(wrong) for wrong in ("", "0", "4.0", "4.", "a", "4.100", "٤")] == [
        None
    ] * 7


_headings = st.integers(1, 99)
_numbers = st.one_of(
    _headings.map(str), st.tuples(_headings, _headings).map(lambda pair: f"{pair[0]}.{pair[1]}")
)


@given(_numbers, _numbers)
def test_agenda_place__any_two_numbers__in_the_order_of_paper(one, other):
    def on_paper(number):
        return [int(part) for part in number.split(".")]

    assert (agenda_place(one) < agenda_place(other)) == (on_paper(one) < on_paper(other))
    assert (agenda_place(one) == agenda_place(other)) == (one == other)


@given(st.integers(1, 60), st.integers(2000, 2200), _numbers)
def test_resolution_reference__names_meeting_year_and_item(number, year, item):
    reference = resolution_reference(meeting_reference(number, year), item)
    assert reference == f"{number}/{year + 543}-{item}"


@given(ratings, ratings)
def test_agreement__either_way_round__the_same(one, other):
    assert pair_agreement(one, other) == pair_agreement(other, one)


@given(ratings)
def test_agreement__with_oneself__complete(one):
    found = pair_agreement(one, one)
    assert found.agreed == found.compared == len(one)
    assert found.kappa in (None, 1)


@given(st.lists(ratings, max_size=4))
def test_agreement__any_observers__in_range(observers):
    found = agreement(observers)
    assert 0 <= found.agreed <= found.compared
    assert found.kappa is None or -1 <= found.kappa <= 1
    if len(observers) < 2:
        assert found.exact is None


def test_kappa__known_table():
    # Rows of two observers on a scale of three; by hand: observed 2/5, expected 20/25.
    first = dict(zip("abcde", (1, 2, 3, 2, 1), strict=True))
    second = dict(zip("abcde", (1, 2, 2, 3, 1), strict=True))
    assert pair_agreement(first, second).kappa == Fraction(1, 2)
