"""Minutes present: one person's intervals, on site and online, merged without counting twice."""

from collections.abc import Iterable
from datetime import datetime, timedelta

Interval = tuple[datetime, datetime]


def union(intervals: Iterable[Interval]) -> list[Interval]:
    """The same time as intervals that neither overlap nor touch, in order; empty ones vanish."""
    merged: list[Interval] = []
    for start, end in sorted(each for each in intervals if each[0] < each[1]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def clip(intervals: Iterable[Interval], starts_at: datetime, ends_at: datetime) -> list[Interval]:
    """What of the intervals lies between the two times."""
    return [
        (max(start, starts_at), min(end, ends_at))
        for start, end in intervals
        if max(start, starts_at) < min(end, ends_at)
    ]


def presence(intervals: Iterable[Interval], starts_at: datetime, ends_at: datetime) -> timedelta:
    """How long of a session someone was there, by whatever way; never more than its length."""
    return total(union(clip(intervals, starts_at, ends_at)))


def total(spans: Iterable[Interval]) -> timedelta:
    """The sum of the lengths: of a union, the time itself."""
    return sum((end - start for start, end in spans), timedelta())


def whole_minutes(duration: timedelta) -> int:
    """Full minutes; the seconds beyond are dropped, once, at the end of all adding."""
    return duration // timedelta(minutes=1)
