"""Whatever is counted: every result is JSON without NaN and infinity, and says why where none."""

import json

from hypothesis import given
from hypothesis import strategies as st

from consensus.statistics import (
    CERTIFICATION_RULES,
    CONSENSUS_RULES,
    certify,
    compare_groups,
    compare_leavers,
    compare_rounds,
    judge_item,
    knife_edge,
    panel_agreement,
    summarise_item,
    to_jsonable,
)

COUNTS = st.integers(2, 10).flatmap(
    lambda size: st.lists(st.integers(0, 9), min_size=size, max_size=size)
)
ANSWERS = st.lists(st.none() | st.integers(1, 5), max_size=40)


def hold(result):
    json.dumps(to_jsonable(result), allow_nan=False)


@given(COUNTS, st.sampled_from(list(CONSENSUS_RULES.values())))
def test_items(counts, rule):
    summary = summarise_item(counts)
    hold(summary)
    hold(judge_item(summary, rule=rule()))
    hold(knife_edge(counts, rule=rule()))


@given(COUNTS, st.sampled_from(["unanimous", "cvr", "i_cvi", "median_iqr"]))
def test_certification(counts, rule):
    hold(certify(counts, CERTIFICATION_RULES[rule]()))


@given(ANSWERS, st.randoms(use_true_random=False))
def test_rounds(earlier, chance):
    hold(compare_rounds(earlier, chance.sample(earlier, len(earlier)), 5))


@given(st.lists(st.lists(st.integers(0, 9), min_size=4, max_size=4), min_size=2, max_size=5))
def test_groups(groups):
    hold(compare_groups({str(name): counts for name, counts in enumerate(groups)}, smallest=1))
    hold(compare_leavers(groups[0], groups[1], smallest=1))


@given(
    st.integers(0, 5).flatmap(
        lambda width: st.lists(
            st.lists(st.none() | st.integers(1, 5), min_size=width, max_size=width), max_size=8
        )
    )
)
def test_agreement(matrix):
    hold(panel_agreement(matrix))
