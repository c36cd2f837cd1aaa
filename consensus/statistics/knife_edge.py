"""Knife edge: would any one panelist, leaving or moving one step, flip the verdict?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from consensus.statistics.consensus_rules import DEFAULT_CONSENSUS_RULE, ConsensusRule
from consensus.statistics.counts import Counts, checked_counts
from consensus.statistics.judgement import DEFAULT_IN_FROM, Verdict, verdict_of
from consensus.statistics.undefined import Decision, Undefined


@dataclass(frozen=True, slots=True)
class Flip:
    """A change by one panelist that flips the verdict.

    Any one of the `panelists` who answered `score` would do, by moving to `moved_to`, or by
    leaving, where that is NOT_APPLICABLE. The verdict would be `verdict`.
    """

    score: int
    moved_to: int | Undefined
    panelists: int
    verdict: Verdict | Undefined


@dataclass(frozen=True, slots=True)
class KnifeEdge:
    """The verdict as it stands, and every single change that would flip it."""

    verdict: Verdict | Undefined
    flips: tuple[Flip, ...]
    on_edge: bool


def knife_edge(
    counts: Sequence[int],
    *,
    rule: ConsensusRule = DEFAULT_CONSENSUS_RULE,
    in_from: Fraction = DEFAULT_IN_FROM,
    stable: Decision = Undefined.NOT_COMPARED,
) -> KnifeEdge:
    """Try every departure and every step of one point by one panelist.

    Stability rests on two rounds, so it is held as it is. Raises InvalidCountsError.
    """
    checked = checked_counts(counts)

    def verdict(tried: Counts) -> Verdict | Undefined:
        return verdict_of(tried, rule=rule, in_from=in_from, stable=stable)

    standing = verdict(checked)
    flips = []
    for score, moved_to, tried in _single_changes(checked):
        changed = verdict(tried)
        if changed is not standing:
            flips.append(Flip(score, moved_to, checked[score - 1], changed))
    return KnifeEdge(standing, tuple(flips), on_edge=bool(flips))


def _single_changes(counts: Counts) -> Iterator[tuple[int, int | Undefined, Counts]]:
    for score, count in enumerate(counts, 1):
        if not count:
            continue
        left = [*counts]
        left[score - 1] -= 1
        yield score, Undefined.NOT_APPLICABLE, tuple(left)
        for moved_to in (score - 1, score + 1):
            if 1 <= moved_to <= len(counts):
                moved = [*left]
                moved[moved_to - 1] += 1
                yield score, moved_to, tuple(moved)
