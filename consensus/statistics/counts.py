"""Counts: how many answers each score of the scale 1..K received, lowest score first."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from consensus.statistics.errors import InvalidAnswerError, InvalidCountsError

SMALLEST_SCALE = 2
LARGEST_SCALE = 100
SMALLEST_GROUP = 5  # the fewest answers whose statistics may be compared or shown

Counts: TypeAlias = tuple[int, ...]


def checked_counts(counts: Sequence[int]) -> Counts:
    """Return the counts as a tuple.

    Raises InvalidCountsError unless there are 2 to 100 of them, all whole and none negative.
    """
    checked_size(len(counts))
    for score, count in enumerate(counts, 1):
        if type(count) is not int or count < 0:
            raise InvalidCountsError(f"the count of score {score} is not a whole number: {count!r}")
    return tuple(counts)


def checked_size(size: int) -> int:
    """Return the number of points of a scale. Raises InvalidCountsError outside 2..100."""
    if not SMALLEST_SCALE <= size <= LARGEST_SCALE:
        raise InvalidCountsError(
            f"a scale has {SMALLEST_SCALE} to {LARGEST_SCALE} points, not {size}"
        )
    return size


def count_answers(answers: Iterable[int | None], size: int) -> Counts:
    """Count answers 1..size; None (missing, or no opinion) is left out.

    Raises InvalidAnswerError for an answer off the scale.
    """
    checked_size(size)
    tally = Counter(answers)
    tally.pop(None, None)
    counts = tuple([tally.pop(score, 0) for score in range(1, size + 1)])
    if tally:
        raise InvalidAnswerError(f"{next(iter(tally))!r} is not a whole score from 1 to {size}")
    return counts


def next_used(counts: Counts, score: int) -> int:
    """Return the lowest score above this one that was used; there must be one."""
    while not counts[score]:  # counts[score] belongs to score + 1: counts start at 0
        score += 1
    return score + 1
