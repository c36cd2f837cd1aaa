"""Feedback by expertise group: what the protocol shows, and never what a few said."""

import pytest

from consensus.actions.answers import accept_invitation
from consensus.actions.panel import add_panelist
from consensus.models import Panelist
from consensus.results.robustness import publishable
from tests.client import body_of
from tests.consensus.building import RATING_TWICE, build, credential_of

TEACHERS, LEADERS, OTHERS = ["ครู"] * 5, ["ผู้บริหาร"] * 5, ["ชุมชน"] * 3


@pytest.fixture
def second_round(facilitator):
    """Rated once, and open again: teachers 5, leaders 2, others 3."""

    def made(shown, groups, rounds=RATING_TWICE["rounds"]):
        protocol = {"rounds": rounds, "group_feedback": shown}
        built = build(
            facilitator, protocol=protocol, panel=len(groups), groups=groups, certifiers=0
        ).seal()
        built.open()
        built.rate([{"ครู": 5, "ผู้บริหาร": 2}.get(group, 3) for group in groups])
        built.close()
        built.open()
        return built

    return made


def _groups(api, built, panelist=0):
    client = api.with_token(credential_of(built.panelists[panelist]))
    return body_of(client.get("/api/v1/panel/feedback"))["items"][0]["groups"]


@pytest.mark.parametrize(
    ("shown", "first", "last"),
    [("whole", [], []), ("own", ["ครู"], ["ผู้บริหาร"]), ("all", ["ครู", "ผู้บริหาร"], ["ครู", "ผู้บริหาร"])],
)
def test_feedback__as_the_protocol_shows(api, second_round, shown, first, last):
    built = second_round(shown, TEACHERS + LEADERS)
    assert [each["name"] for each in _groups(api, built)] == first
    assert [each["name"] for each in _groups(api, built, -1)] == last


def test_feedback__a_groups_numbers(api, second_round):
    built = second_round("own", TEACHERS + LEADERS)
    assert _groups(api, built) == [
        {"name": "ครู", "n": 5, "median": "5", "q1": "19/4", "q3": "21/4", "iqr": "1/2",
         "distribution": [0, 0, 0, 0, 5]},
    ]  # fmt: skip


def test_feedback__three_others__a_second_group_is_withheld_with_them(api, second_round):
    """Whole less teachers less leaders would be the three; whole less leaders is eight."""
    built = second_round("all", TEACHERS + LEADERS + OTHERS)
    shown = [each["name"] for each in _groups(api, built)]
    assert len(shown) == 1
    sizes = {"ครู": (5,), "ผู้บริหาร": (5,), "ชุมชน": (3,)}
    assert shown == list(publishable(sizes, 5))


def test_feedback__one_large_and_one_small__neither(api, second_round):
    built = second_round("all", TEACHERS + OTHERS)
    assert _groups(api, built) == []


def test_results__groups_only_where_the_protocol_shows_them(second_round):
    for shown, count in (("whole", 0), ("all", 2)):
        built = second_round(shown, TEACHERS + LEADERS)
        first = built.study.rounds.get(number=1)
        assert [len(item["groups"]) for item in first.results["items"]] == [count] * 2


def test_ranking__mean_places_by_group(api, facilitator):
    protocol = {"rounds": [{"kind": "ranking"}] * 2, "group_feedback": "own"}
    built = build(
        facilitator, protocol=protocol, panel=10, groups=TEACHERS + LEADERS, certifiers=0
    ).seal()
    built.open()
    built.rank([[1, 2]] * 5 + [[2, 1]] * 5)
    frozen = built.close().results
    assert frozen["judgement"]["value"] == "0"
    assert [(each["name"], each["w"], each["mean_ranks"]) for each in frozen["groups"]] == [
        ("ครู", "1", ["1", "2"]), ("ผู้บริหาร", "1", ["2", "1"]),
    ]  # fmt: skip
    built.open()
    client = api.with_token(credential_of(built.panelists[0]))
    told = body_of(client.get("/api/v1/panel/feedback"))["ranking"]["items"]
    assert told[0]["groups"] == [{"name": "ครู", "n": 5, "mean_rank": "1"}]


def test_expertise__once_rounds_have_begun__fixed_also_where_groups_are_not_shown(
    api, second_round
):
    for shown in ("own", "whole"):
        built = second_round(shown, TEACHERS + LEADERS)
        person = Panelist.objects.get(pk=built.panelists[0].pk)
        path = f"/api/v1/studies/{built.study.pk}/panelists/{person.pk}"
        client = api.as_("supervisor")
        moved = client.patch(path, {"expertise": "ผู้บริหาร"}, If_Match="*")
        assert moved.status_code == 409
        renamed = client.patch(path, {"name": "ชื่อที่แก้แล้ว"}, If_Match="*")
        assert renamed.status_code == 200


def test_late_joiner__alone_in_a_group__is_not_shown(api, second_round):
    built = second_round("all", TEACHERS + LEADERS)
    late = add_panelist(
        built.study, kind="panelist", name="ใหม่", expertise="ใหม่", reason="แทน", actor=built.actor
    )
    built.panelists.append(accept_invitation(late, actor=built.actor))
    assert {each["name"] for each in _groups(api, built, -1)} == {"ครู", "ผู้บริหาร"}
