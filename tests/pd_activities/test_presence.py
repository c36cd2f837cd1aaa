"""calculations.presence: a union of time, not a sum of intervals."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pd_activities.calculations.presence import presence, total, union, whole_minutes

NINE = datetime(2026, 11, 21, 9, tzinfo=UTC)
NOON = NINE + timedelta(hours=3)


def at(minutes: int) -> datetime:
    return NINE + timedelta(minutes=minutes)


_moments = st.integers(-120, 300).map(at)
_intervals = st.lists(st.tuples(_moments, _moments), max_size=12)


def minutes_of(*spans: tuple[int, int]) -> int:
    return whole_minutes(presence([(at(a), at(b)) for a, b in spans], NINE, NOON))


def test_presence__on_site_and_online_at_once__counted_once():
    assert minutes_of((0, 90), (60, 180)) == 180


def test_presence__came_early_left_late__only_the_session():
    assert minutes_of((-30, 240)) == 180


def test_presence__went_out_between__not_counted():
    assert minutes_of((0, 60), (100, 180)) == 140


def test_presence__left_before_joining__nothing():
    assert minutes_of((90, 30)) == 0


def test_whole_minutes__seconds__dropped_once():
    spans = [(at(0), at(1) - timedelta(seconds=30)), (at(5), at(6) - timedelta(seconds=30))]
    assert whole_minutes(total(spans)) == 1


@given(_intervals, st.randoms())
def test_presence__any_order__same(intervals, random):
    shuffled = list(intervals)
    random.shuffle(shuffled)
    assert presence(shuffled, NINE, NOON) == presence(intervals, NINE, NOON)


@given(_intervals)
def test_presence__never_more_than_the_session_nor_than_the_sum(intervals):
    found = presence(intervals, NINE, NOON)
    assert timedelta() <= found <= NOON - NINE
    assert found <= sum((max(b - a, timedelta()) for a, b in intervals), timedelta())


@given(_intervals)
def test_presence__everything_sent_twice__same(intervals):
    assert presence(intervals * 2, NINE, NOON) == presence(intervals, NINE, NOON)


@given(_intervals, st.tuples(_moments, _moments))
def test_presence__one_more_interval__never_less(intervals, more):
    assert presence([*intervals, more], NINE, NOON) >= presence(intervals, NINE, NOON)


@given(_intervals)
def test_union__minute_by_minute__the_same_minutes(intervals):
    counted = {
        minute
        for minute in range(-120, 300)
        if any(a <= at(minute) and at(minute + 1) <= b for a, b in intervals)
    }
    merged = union(intervals)
    assert whole_minutes(total(merged)) == len(counted)
    assert all(merged[i][1] < merged[i + 1][0] for i in range(len(merged) - 1))
