"""The formulas that leave with a study's data, held against the package that froze the results.

They were written apart, so a slip in either shows.
"""

import importlib.util
import sys
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import consensus.reports
from consensus.protocol import parse_protocol
from consensus.results.ratings import stability_shown
from consensus.results.robustness import shows_agreement
from consensus.statistics import (
    Undefined,
    certify,
    judge_item,
    judge_order,
    knife_edge,
    panel_agreement,
    parse_certification_rule,
    parse_consensus_rule,
    parse_ranking_rule,
    summarise_item,
    summarise_rankings,
    to_jsonable,
)

FOLDER = Path(consensus.reports.__file__).parent / "recomputing"
RULES = (
    {"rule": "iqr", "at_most": "3/2", "method": "grouped"},
    {"rule": "iqr", "at_most": "1", "method": "raw"},
    {"rule": "percent_agreement", "at_least": "3/4", "method": "grouped"},
    {"rule": "ipras", "method": "raw"},
    {"rule": "ipras", "method": "grouped"},
    {"rule": "median_iqr", "median_at_least": "7/2", "iqr_at_most": "3/2", "method": "raw"},
)
CERTIFYING = (
    {"rule": "unanimous", "relevant_from": 2},
    {"rule": "cvr", "level": "1/20", "relevant_from": 2},
    {"rule": "i_cvi", "relevant_from": 2},
    {"rule": "ioc", "at_least": "1/2"},
    {"rule": "median_iqr", "median_at_least": "2", "iqr_at_most": "1", "method": "grouped"},
)


def _load(name):
    spec = importlib.util.spec_from_file_location(name, FOLDER / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


formulas = _load("formulas")
orders = _load("orders")
recompute = _load("recompute")


def _protocol(rule, points):
    return {
        "consensus": rule,
        "in_from": "7/2",
        "stability": {"rule": "net_change", "below": "3/20"},
        "scale": {"points": points},
        "smallest_shown": 5,
    }


def _same(ours, theirs):
    compared = list(recompute.differences(recompute.plain(ours), to_jsonable(theirs)))
    assert not [each for each in compared if each]
    assert compared


_counts = st.sampled_from([2, 5, 9]).flatmap(
    lambda points: st.lists(st.integers(0, 6), min_size=points, max_size=points)
)
_counts = _counts.filter(lambda counts: sum(counts) >= 5)
_scores = st.lists(
    st.tuples(*[st.sampled_from([None, 1, 2, 3, 4, 5])] * 2), min_size=5, max_size=40
)


@given(_counts)
def test_summary__any_counts__to_the_digit(counts):
    _same(formulas.summary(counts), summarise_item(counts))


@given(
    _counts,
    st.sampled_from(RULES),
    st.sampled_from([True, False, None]),
    st.sampled_from(["7/2", "4", "7"]),
)
def test_verdict_and_knife_edge__any_counts_and_rule__same(counts, rule, stable, in_from):
    protocol = {**_protocol(rule, len(counts)), "in_from": in_from}
    known = Undefined.NOT_COMPARED if stable is None else stable
    parsed, in_from = parse_consensus_rule(rule), Fraction(in_from)
    judged = judge_item(summarise_item(counts), rule=parsed, in_from=in_from, stable=known)
    edge = knife_edge(counts, rule=parsed, in_from=in_from, stable=known)

    _same(formulas.judge_consensus(protocol, counts), judged.consensus)
    _same({"verdict": formulas.verdict(protocol, counts, stable)}, {"verdict": judged.verdict})
    flips = formulas.flips(protocol, counts, stable)
    _same({"flips": flips, "n": len(flips)}, {"flips": edge.flips, "n": len(edge.flips)})


@given(_scores)
def test_stability__any_two_rounds__to_the_digit(pairs):
    before, after = zip(*pairs, strict=True)
    found = stability_shown(parse_protocol({}), before, after)
    _same(formulas.stability(_protocol(RULES[0], 5), before, after), found)


@given(st.integers(1, 8).flatmap(lambda n: st.lists(
    st.lists(st.sampled_from([None, 1, 2, 3, 4, 5]), min_size=n, max_size=n),
    min_size=5, max_size=20,
)))  # fmt: skip
def test_agreement__any_panel__same(rows):
    found = panel_agreement(rows)
    ours = formulas.agreement(_protocol(RULES[0], 5), rows, len(rows))
    if not shows_agreement(list(zip(*rows, strict=True)), 5):
        assert ours == {"undefined": "too_few"}
    else:
        _same(ours, found)


@given(st.integers(2, 7).flatmap(
    lambda n: st.lists(st.permutations(range(1, n + 1)), min_size=5, max_size=12)
))  # fmt: skip
def test_ranking__any_orders__to_the_digit(rows):
    found = summarise_rankings(rows, len(rows[0]), top=2)
    rule = {"rule": "kendall_w", "at_least": "1/2"}
    counts = [list(item.counts) for item in found.items]
    ours = orders.ranking({"top": 2, "agreement": rule}, counts, len(rows))

    _same(ours["agreement"], found.agreement)
    _same(ours["items"], found.items)
    _same(ours["judgement"], judge_order(found.agreement, parse_ranking_rule(rule)))


@pytest.mark.parametrize("rule", CERTIFYING, ids=lambda rule: rule["rule"])
@given(
    counts=st.lists(st.integers(0, 9), min_size=3, max_size=3).filter(lambda each: sum(each) > 4)
)
def test_certification__any_answers__same(rule, counts):
    _same(formulas.certify(rule, counts), certify(counts, parse_certification_rule(rule)))


def test_differences__a_wrong_number__is_told():
    told = [each for each in recompute.differences({"a": ["1/2"]}, {"a": ["1/3"]}) if each]
    assert told == [("/a/0", "1/2", "1/3")]
