"""Protocols: complete with their defaults, exact, and told where they are wrong."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from consensus.protocol import dump_protocol, parse_protocol
from consensus.protocol.steps import steps_of
from consensus.statistics import IqrRule, UnanimousRule, panel_size_help
from core.errors import InvalidInputError

_MODEL = Path(__file__).parents[2] / "backend/demo/data/buriram4_model.json"


def test_parse__nothing_given__the_buriram_protocol():
    protocol = parse_protocol({})

    assert [planned.kind for planned in protocol.rounds] == ["open_ended", "rating", "rating"]
    assert protocol.consensus == IqrRule(at_most=Fraction(3, 2))
    assert protocol.in_from == Fraction(7, 2)
    assert protocol.certification.rule == UnanimousRule()
    assert [label.th for label in protocol.labels] == ["น้อยที่สุด", "น้อย", "ปานกลาง", "มาก", "มากที่สุด"]


def test_parse__nothing_given__what_the_published_study_did():
    study = json.loads(_MODEL.read_text("utf-8"))["protocol"]
    protocol = parse_protocol({})

    kinds = [kind.removesuffix("_with_feedback") for kind in study["rounds"]]
    assert [planned.kind for planned in protocol.rounds] == kinds
    assert protocol.points == study["scale"]
    assert protocol.consensus.method == study["quartiles"]
    assert protocol.consensus.at_most == Fraction(study["consensus_iqr_at_most"])
    criteria = [(each.code, each.text.th) for each in protocol.certification.criteria]
    assert criteria == [(each["code"], each["th"]) for each in study["certification_criteria"]]
    assert panel_size_help(study["answered"]).net_decrease == Fraction(1, 50)


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"scale": {"points": 9}, "consensus": {"rule": "ipras"}, "in_from": "13/2"},
        {"certification": {"rule": {"rule": "ioc", "at_least": "1/2"}, "by_section": False}},
        {"certification": {"rule": {"rule": "median_iqr"}}},
        {"rounds": [{"kind": "rating"}], "validation": {"certified": False}},
        {"rounds": [{"kind": "rating", "real_time": True}, {"kind": "ranking"}]},
        {"rounds": [{"kind": "ranking", "top": 5, "agreement": {"rule": "kendall_w"}}]},
        {"group_feedback": "all"},
    ],
)
def test_dump__parsed_again__the_same(document):
    protocol = parse_protocol(document)
    dumped = dump_protocol(protocol)
    assert parse_protocol(dumped) == protocol
    assert dump_protocol(parse_protocol(dumped)) == dumped


@pytest.mark.parametrize(
    ("document", "pointer"),
    [
        ([], "/protocol"),
        ({"rouns": []}, "/protocol/rouns"),
        ({"rounds": "three"}, "/protocol/rounds"),
        ({"rounds": [{"kind": "rating"}, {"kind": "open_ended"}]}, "/protocol/rounds/1/prompts"),
        ({"rounds": [{"kind": "certification"}]}, "/protocol/rounds/0/kind"),
        ({"rounds": [{"kind": "rating", "prompts": ["x"]}]}, "/protocol/rounds/0/prompts"),
        ({"rounds": [{"kind": "ranking"}, {"kind": "rating"}]}, "/protocol/rounds"),
        ({"rounds": [{"kind": "rating", "real_time": True}] * 2}, "/protocol/rounds"),
        ({"rounds": [{"kind": "ranking", "real_time": True}]}, "/protocol/rounds/0/real_time"),
        ({"rounds": [{"kind": "rating", "top": 3}]}, "/protocol/rounds/0/top"),
        ({"rounds": [{"kind": "ranking", "top": 0}]}, "/protocol/rounds/0/top"),
        (
            {"rounds": [{"kind": "ranking", "agreement": {"rule": "iqr"}}]},
            "/protocol/rounds/0/agreement",
        ),
        ({"group_feedback": "mine"}, "/protocol/group_feedback"),
        (
            {"rounds": [{"kind": "rating", "real_time": True}], "group_feedback": "own"},
            "/protocol/group_feedback",
        ),
        ({"scale": {"points": True}}, "/protocol/scale/points"),
        ({"scale": {"points": 3, "labels": []}}, "/protocol/scale/labels"),
        ({"consensus": {"rule": "iqr", "at_most": 1.5}}, "/protocol/consensus"),
        ({"consensus": {"rule": "ipras"}}, "/protocol/consensus"),
        ({"in_from": "9"}, "/protocol/in_from"),
        ({"smallest_shown": 4}, "/protocol/smallest_shown"),
        ({"comments_shown": 1}, "/protocol/comments_shown"),
        ({"quantiles": {"grouped": "other/1"}}, "/protocol/quantiles"),
        (
            {"certification": {"rule": {"rule": "cvr", "relevant_from": 4}}},
            "/protocol/certification",
        ),
        (
            {"certification": {"criteria": [{"code": "a", "th": "ก"}] * 2}},
            "/protocol/certification/criteria/1",
        ),
    ],
)
def test_parse__wrong__told_where(document, pointer):
    with pytest.raises(InvalidInputError) as raised:
        parse_protocol(document)
    assert raised.value.errors[0].pointer == pointer


def test_parse__rating_before_open_ended__wrong_order():
    prompts = [{"code": "a", "th": "ก"}]
    rounds = [{"kind": "rating"}, {"kind": "open_ended", "prompts": prompts}]
    with pytest.raises(InvalidInputError) as raised:
        parse_protocol({"rounds": rounds})
    assert raised.value.errors[0].code == "wrong_order"


@pytest.mark.parametrize("shown", [True, False])
def test_steps__say_whether_the_group_sees_comments(shown):
    protocol = parse_protocol({"rounds": [{"kind": "rating"}], "comments_shown": shown})
    told = steps_of(protocol)[0].seen.en
    assert ("Comments are shown to the group" in told) is shown
    assert ("not shown to the group" in told) is not shown
