from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consensus.statistics import (
    AgreementRule,
    IprasRule,
    IqrRule,
    MedianIqrRule,
    Method,
    Undefined,
    Verdict,
    ipras_of,
    judge_consensus,
    judge_item,
    knife_edge,
    summarise_item,
)

FIVE = st.lists(st.integers(0, 8), min_size=5, max_size=5)
RULES = st.sampled_from([IqrRule(), IqrRule(Fraction(1), Method.RAW), AgreementRule()])


def compositions(total, parts):
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in compositions(total - first, parts - 1):
            yield (first, *rest)


def test_judge_consensus__exactly_at_the_limit__reached():
    found = judge_consensus(summarise_item([0, 2, 6, 6, 4]))

    assert (found.value, found.limit, found.reached) == (Fraction(3, 2), Fraction(3, 2), True)
    assert found.quantile_rule == "grouped-midpoint/1"


def test_judge_consensus__methods_differ__badge():
    found = judge_consensus(summarise_item([0, 0, 6, 6, 6]))

    assert (found.reached, found.reached_by_other) == (True, False)
    assert found.methods_disagree is True


def test_judge_consensus__both_reach_it_one_in_one_out__badge():
    summary = summarise_item([0, 0, 0, 0, 0, 5, 6, 1, 0])
    found = judge_consensus(summary, IprasRule(), Fraction(7))

    assert (found.reached, found.reached_by_other, found.median) == (True, True, 7)
    assert summary.grouped.median == Fraction(20, 3)
    assert found.methods_disagree is True
    assert judge_consensus(summary, IprasRule(), Fraction(6)).methods_disagree is False


def test_judge_consensus__badge_on_all_distributions_of_eighteen__as_published():
    badges = [
        judge_consensus(summarise_item(counts)).methods_disagree for counts in compositions(18, 5)
    ]

    assert len(badges) == 7315
    assert round(100 * sum(badges) / len(badges), 1) == 5.7


@pytest.mark.parametrize(("counts", "reached"), [([0, 1, 4, 8, 7], True), ([0, 1, 5, 8, 6], False)])
def test_judge_consensus__percent_agreement(counts, reached):
    found = judge_consensus(summarise_item(counts), AgreementRule())

    assert found.limit == Fraction(3, 4)
    assert found.reached is reached
    assert found.methods_disagree is False


def test_judge_consensus__median_and_iqr_together():
    low, high = summarise_item([0, 9, 9, 0, 0]), summarise_item([0, 0, 0, 9, 9])
    rule = MedianIqrRule()

    assert judge_consensus(low, rule).reached is False
    assert judge_consensus(high, rule).reached is True
    assert judge_consensus(high, MedianIqrRule(iqr_at_most=Fraction(1, 2))).reached is False


def test_ipras__by_hand():
    # Ordered: 1 1 2 2 3 | 7 8 8 9 9. P30 at place 2.7: 2. P70 at place 6.3: 8. Centre 5.
    found = ipras_of([2, 2, 1, 0, 0, 0, 1, 2, 2])

    assert (found.p30, found.p70, found.ipr) == (2, 8, 6)
    assert (found.asymmetry, found.ipras) == (0, Fraction(47, 20))
    assert found.disagreement is True


def test_ipras__asymmetric_panel__wider_limit():
    found = ipras_of([0, 0, 0, 0, 0, 0, 3, 4, 3])

    assert found.ipras == Fraction(235, 100) + Fraction(3, 2) * 3
    assert judge_consensus(summarise_item([0] * 6 + [3, 4, 3]), IprasRule()).reached is True


@pytest.mark.parametrize(
    ("rule", "counts", "reason"),
    [
        (IqrRule(), [0, 0, 0], Undefined.NO_ANSWERS),
        (MedianIqrRule(), [0, 0, 0], Undefined.NO_ANSWERS),
        (AgreementRule(), [0, 0, 0], Undefined.NO_ANSWERS),
        (AgreementRule(), [3, 4], Undefined.WHOLE_SCALE),
        (IprasRule(), [1, 2, 3, 4, 5], Undefined.NOT_NINE_POINTS),
        (IprasRule(), [0] * 9, Undefined.NO_ANSWERS),
        (IprasRule(Method.GROUPED), [0] * 9, Undefined.NO_ANSWERS),
    ],
)
def test_judge_item__undefined__reason_and_never_true(rule, counts, reason):
    found = judge_item(summarise_item(counts), rule=rule, stable=True)

    assert found.consensus.reached is reason
    assert found.verdict is reason
    assert not found.consensus.reached
    assert found.settled is False


@pytest.mark.parametrize(
    ("counts", "stable", "verdict", "settled"),
    [
        ([0, 0, 0, 9, 9], True, Verdict.CONSENSUS_IN, True),
        ([0, 0, 0, 9, 9], False, Verdict.CONSENSUS_IN, False),
        ([0, 0, 0, 9, 9], Undefined.NOT_COMPARED, Verdict.CONSENSUS_IN, False),
        ([0, 0, 9, 9, 0], True, Verdict.CONSENSUS_IN, True),  # the median is 3.5 exactly
        ([0, 0, 10, 9, 0], True, Verdict.CONSENSUS_OUT, True),
        ([9, 0, 0, 0, 9], True, Verdict.STABLE_DISSENT, True),
        ([9, 0, 0, 0, 9], False, Verdict.UNSTABLE, False),
        ([9, 0, 0, 0, 9], Undefined.NOT_COMPARED, Verdict.UNSTABLE, False),
    ],
)
def test_judge_item__four_verdicts(counts, stable, verdict, settled):
    found = judge_item(summarise_item(counts), stable=stable)

    assert (found.verdict, found.settled) == (verdict, settled)


def test_judge_item__threshold_from_the_protocol():
    summary = summarise_item([0, 0, 0, 9, 9])

    assert judge_item(summary, in_from=Fraction(9, 2)).verdict is Verdict.CONSENSUS_IN
    assert judge_item(summary, in_from=Fraction(23, 5)).verdict is Verdict.CONSENSUS_OUT


def test_knife_edge__verdict_at_the_limit__says_which_changes_flip_it():
    found = knife_edge([0, 0, 6, 6, 6])

    assert found.on_edge is True
    flips = [(flip.score, flip.moved_to, flip.panelists) for flip in found.flips]
    leaving = Undefined.NOT_APPLICABLE
    assert flips == [(3, 2, 6), (4, leaving, 6), (4, 3, 6), (4, 5, 6)]
    assert {flip.verdict for flip in found.flips} == {Verdict.UNSTABLE}


def test_knife_edge__broad_consensus__none():
    found = knife_edge([0, 0, 0, 2, 30])

    assert (found.verdict, found.flips, found.on_edge) == (Verdict.CONSENSUS_IN, (), False)


def test_knife_edge__last_panelist_leaves__no_answers():
    flip = knife_edge([0, 0, 0, 0, 1]).flips[0]

    assert flip.verdict is Undefined.NO_ANSWERS
    assert knife_edge([0, 0, 0, 0, 0]).flips == ()


@given(FIVE, RULES, st.sampled_from([True, False, Undefined.NOT_COMPARED]))
def test_knife_edge__agrees_with_trying_every_panelist(counts, rule, stable):
    """Each person by name, so to speak: how many could make each change, and what it would do."""
    answers = [score for score, count in enumerate(counts, 1) for _ in range(count)]

    def verdict(tried):
        summary = summarise_item([tried.count(score) for score in range(1, 6)])
        return judge_item(summary, rule=rule, stable=stable).verdict

    found = Counter()
    for n, score in enumerate(answers):
        rest = answers[:n] + answers[n + 1 :]
        for to in (Undefined.NOT_APPLICABLE, score - 1, score + 1):
            if to in (0, 6):
                continue
            changed = verdict(rest if to is Undefined.NOT_APPLICABLE else [*rest, to])
            if changed is not verdict(answers):
                found[score, to, changed] += 1

    edge = knife_edge(counts, rule=rule, stable=stable)
    told = {(each.score, each.moved_to, each.verdict): each.panelists for each in edge.flips}
    assert (told, edge.on_edge) == (found, bool(found))
    assert len(told) == len(edge.flips)
