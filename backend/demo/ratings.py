"""Synthetic ratings for the Buriram model. The study prints no raw ratings: none here are real.

They are shaped like its published result: stage 3 ends at "much", all else at "most", every item
within an interquartile range of 1.5; and like a panel's way there: the first rating is wider than
the one after feedback.
"""

import random

SEED = 2569
PANELISTS = 18

# Final counts of the ratings 1..5 over 18 panelists.
_MOST = [(0, 0, 0, 7, 11), (0, 0, 1, 6, 11), (0, 0, 0, 6, 12), (0, 0, 1, 4, 13), (0, 0, 0, 8, 10)]
_MUCH = [(0, 0, 2, 9, 7), (0, 0, 3, 10, 5), (0, 0, 2, 10, 6), (0, 0, 1, 10, 7)]


def final_ratings(level: int, item: int) -> list[int]:
    """The last ratings of one item by panelist; `level` 4 ends at "much", 5 at "most"."""
    shapes = _MUCH if level == 4 else _MOST  # noqa: PLR2004
    counts = shapes[item % len(shapes)]
    ratings = [value for value, count in enumerate(counts, start=1) for _ in range(count)]
    _dice("final", item).shuffle(ratings)
    return ratings


def first_ratings(level: int, item: int) -> list[int]:
    """What the same panelists answered before they saw the group: some of them a step away."""
    dice = _dice("first", item)
    return [
        max(1, min(5, rating + dice.choice((-1, -1, 0, 0, 0, 0, 1))))
        for rating in final_ratings(level, item)
    ]


def _dice(what: str, item: int) -> random.Random:
    return random.Random(f"{SEED}-{what}-{item}")  # noqa: S311  (synthetic data, not secrets)
