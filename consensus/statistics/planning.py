"""Planning a study: what a panel of this size would probably decide, were it to think so.

A simulation: each run draws a panel's answers to one item from the expected opinions, lets some
leave and some of those outside the quartiles move one step towards the median in each further
round, and judges every round by the real rule. The seed makes it repeatable.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from consensus.statistics.consensus_rules import DEFAULT_CONSENSUS_RULE, ConsensusRule
from consensus.statistics.counts import SMALLEST_GROUP, checked_counts, count_answers
from consensus.statistics.errors import InvalidCountsError
from consensus.statistics.judgement import DEFAULT_IN_FROM, Verdict, verdict_of
from consensus.statistics.methods import quartiles_by
from consensus.statistics.quartiles import is_outside
from consensus.statistics.undefined import Undefined


@dataclass(frozen=True, slots=True)
class Expectation:
    """What is assumed.

    `opinions` are weights of the scores, lowest first: (0, 0, 1, 5, 4) expects half of the
    panel to answer 4. `leaving` is the chance, 0 to 1, that a panelist leaves after a round;
    `moving` the chance that one outside the quartiles moves a step towards the median.
    """

    opinions: tuple[int, ...]
    panelists: int
    rounds: int
    leaving: Fraction = Fraction(0)
    moving: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class RoundForecast:
    """Shares of the runs, 0 to 1, that ended a round this way; together 1.

    `answering` is the mean number of panelists who answered; `margin` is the half width of a
    95 % interval of any of the shares at most.
    """

    number: int
    answering: Fraction
    consensus_in: Fraction
    consensus_out: Fraction
    no_consensus: Fraction
    too_few: Fraction
    margin: float


def forecast(
    expected: Expectation,
    *,
    rule: ConsensusRule = DEFAULT_CONSENSUS_RULE,
    in_from: Fraction = DEFAULT_IN_FROM,
    smallest: int = SMALLEST_GROUP,
    runs: int = 1_000,
    seed: int = 0,
) -> tuple[RoundForecast, ...]:
    """Simulate rounds of ratings of one item; fewer than `smallest` answers are too few.

    Raises InvalidCountsError without any opinion.
    """
    if not sum(checked_counts(expected.opinions)):
        raise InvalidCountsError("somebody must be expected to hold some opinion")
    dice = Random(seed)  # noqa: S311 (repeatable, no secret)
    ends = [Counter[str]() for _ in range(expected.rounds)]
    answering = [0] * expected.rounds
    size = len(expected.opinions)
    for _ in range(runs):
        scores = dice.choices(range(1, size + 1), expected.opinions, k=expected.panelists)
        for number in range(expected.rounds):
            if number:
                scores = _next_round(scores, expected, rule, dice)
            answering[number] += len(scores)
            few = len(scores) < smallest
            ends[number]["too_few" if few else _end(scores, size, rule, in_from)] += 1
    return tuple(
        RoundForecast(
            number=number,
            answering=Fraction(total, runs),
            **{name: Fraction(end[name], runs) for name in _ENDS},
            margin=0.98 / runs**0.5,  # 1.96 sqrt(p (1 - p) / runs) at p = 1/2
        )
        for number, (total, end) in enumerate(zip(answering, ends, strict=True), 1)
    )


_ENDS = ("consensus_in", "consensus_out", "no_consensus", "too_few")


def _end(scores: Sequence[int], size: int, rule: ConsensusRule, in_from: Fraction) -> str:
    counts = count_answers(scores, size)
    verdict = verdict_of(counts, rule=rule, in_from=in_from, stable=False)
    reached = (Verdict.CONSENSUS_IN, Verdict.CONSENSUS_OUT)
    return verdict.value if verdict in reached else "no_consensus"


def _next_round(
    scores: Sequence[int], expected: Expectation, rule: ConsensusRule, dice: Random
) -> list[int]:
    quartiles = quartiles_by(rule.method, count_answers(scores, len(expected.opinions)))
    if isinstance(quartiles, Undefined):
        return []
    following = []
    leaving, moving = float(expected.leaving), float(expected.moving)
    outside = {score for score in {*scores} if is_outside(score, quartiles.q1, quartiles.q3)}
    for score in scores:
        if dice.random() < leaving:
            continue
        moves = score in outside and dice.random() < moving
        towards = 1 if score < quartiles.median else -1
        following.append(score + towards if moves else score)
    return following
