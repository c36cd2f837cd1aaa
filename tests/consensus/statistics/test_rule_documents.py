import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consensus.statistics import (
    CERTIFICATION_RULES,
    CONSENSUS_RULES,
    STABILITY_RULES,
    AgreementRule,
    CvrRule,
    IprasRule,
    IqrRule,
    MalformedRuleError,
    MedianIqrRule,
    Method,
    NetChangeRule,
    dump_rule,
    parse_certification_rule,
    parse_consensus_rule,
    parse_rational,
    parse_stability_rule,
    to_jsonable,
)

METHODS = st.sampled_from(Method)
SHARES = st.fractions(min_value=0, max_value=1, max_denominator=1000)
POINTS = st.fractions(min_value=0, max_value=100, max_denominator=1000)
RULES = st.one_of(
    st.builds(IqrRule, POINTS, METHODS),
    st.builds(AgreementRule, SHARES, METHODS),
    st.builds(IprasRule, METHODS),
    st.builds(MedianIqrRule, POINTS, POINTS, METHODS),
)


@given(RULES)
def test_consensus_rule__document_through_json__same_rule(rule):
    document = json.loads(json.dumps(dump_rule(rule)))

    assert parse_consensus_rule(document) == rule
    assert to_jsonable(rule) == document


@pytest.mark.parametrize(
    ("parse", "known"),
    [
        (parse_consensus_rule, CONSENSUS_RULES),
        (parse_certification_rule, CERTIFICATION_RULES),
        (parse_stability_rule, STABILITY_RULES),
    ],
)
def test_rules__name_alone__takes_the_defaults(parse, known):
    for name, kind in known.items():
        assert parse({"rule": name}) == kind()
        assert parse(dump_rule(kind())) == kind()


def test_defaults__are_those_of_the_method():
    assert dump_rule(IqrRule()) == {"rule": "iqr", "at_most": "3/2", "method": "grouped"}
    assert AgreementRule().at_least == Fraction(3, 4)
    assert NetChangeRule().below == Fraction(15, 100)
    assert dump_rule(CvrRule()) == {"rule": "cvr", "level": "1/20", "relevant_from": 2}


@pytest.mark.parametrize("written", ["3/2", "1.5", "6/4", "01.50"])
def test_parse_rational__exact_whichever_way_written(written):
    assert parse_consensus_rule({"rule": "iqr", "at_most": written}) == IqrRule()


@pytest.mark.parametrize(
    ("document", "fault"),
    [
        ("iqr", "a rule is an object"),
        (None, "a rule is an object"),
        ({}, "None is none of: iqr"),
        ({"rule": ["iqr"]}, "is none of: iqr"),
        ({"rule": "kappa"}, "'kappa' is none of: iqr"),
        ({"rule": "iqr", "limit": "1"}, "iqr has no field 'limit'"),
        ({"rule": "iqr", 1: "1"}, "iqr has no field 1"),
        ({"rule": "iqr", "at_most": 1.5}, "field at_most: expected a rational"),
        ({"rule": "iqr", "at_most": True}, "expected a rational"),
        ({"rule": "iqr", "at_most": None}, "expected a rational"),
        ({"rule": "iqr", "at_most": "1e99"}, "expected a rational"),
        ({"rule": "iqr", "at_most": "1/0"}, "expected a rational"),
        ({"rule": "iqr", "at_most": "๑"}, "expected a rational"),
        ({"rule": "iqr", "at_most": "-1"}, "not within 0 to"),
        ({"rule": "iqr", "method": "GROUPED"}, "'GROUPED' is none of: grouped, raw"),
        ({"rule": "iqr", "method": []}, "is none of: grouped, raw"),
        ({"rule": "percent_agreement", "at_least": "75"}, "not within 0 to 1"),
        ({"rule": "iqr", "at_most": "x" * 999}, r"\.\.\.$"),
    ],
)
def test_parse_consensus_rule__malformed__says_what(document, fault):
    with pytest.raises(MalformedRuleError, match=fault) as caught:
        parse_consensus_rule(document)
    assert isinstance(caught.value, ValueError)
    assert caught.value.code == "malformed_rule"
    assert len(str(caught.value)) < 120


@pytest.mark.parametrize("relevant_from", [1, 101, "2", 2.0, True])
def test_parse_certification_rule__bad_lowest_yes__refused(relevant_from):
    with pytest.raises(MalformedRuleError, match="relevant_from"):
        parse_certification_rule({"rule": "i_cvi", "relevant_from": relevant_from})


def test_parse_rational__for_other_parts_of_a_protocol():
    assert parse_rational("7/2", low=Fraction(1), high=Fraction(5)) == Fraction(7, 2)
    assert parse_rational(3, low=Fraction(1), high=Fraction(5)) == 3
