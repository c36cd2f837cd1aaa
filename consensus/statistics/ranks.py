"""Mean ranks of tied scores, doubled so that halves stay whole numbers."""

from collections.abc import Mapping


def doubled_ranks(tally: Mapping[int, int]) -> dict[int, int]:
    """Return twice the mean rank of each score, given how often each occurs; ranks start at 1."""
    ranks = {}
    below = 0
    for score in sorted(tally):
        ranks[score] = 2 * below + tally[score] + 1
        below += tally[score]
    return ranks
