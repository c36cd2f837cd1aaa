"""Freezing a round: exact, complete, and quick enough to do while a lock is held."""

import random
import time
import uuid

import pytest

from consensus.protocol import parse_protocol
from consensus.results.certification import freeze_certification
from consensus.results.participation import NO_OPINION
from consensus.results.ratings import RatedItem, freeze_ratings, is_in, verdict_of
from consensus.results.robustness import publishable

PROTOCOL = parse_protocol({})


def _seats(count):
    return [uuid.uuid4() for _ in range(count)]


def _items(count):
    return [RatedItem(uuid.uuid4(), n, "s", f"ข้อ {n}") for n in range(1, count + 1)]


def _freeze(items, columns, *, before=None, is_last=False, expertise=None):
    """Columns are the answers to each item, one a seat."""
    seats = len(columns[0])
    return freeze_ratings(
        PROTOCOL,
        items,
        expertise or [""] * seats,
        _by_item(items, columns),
        before=_by_item(items, before) if before else None,
        is_last=is_last,
    )


def _by_item(items, columns):
    return {item.id: column for item, column in zip(items, columns, strict=True)}


def test_freeze__published_table__recomputable_by_hand():
    """0,0,2,9,7 of 18: Q1 = 7/2 + (9/2 - 2)/9 = 34/9."""
    frozen = _freeze(_items(1), [[3] * 2 + [4] * 9 + [5] * 7])

    item = frozen["items"][0]
    assert item["summary"]["counts"] == [0, 0, 2, 9, 7]
    assert item["summary"]["grouped"]["q1"] == "34/9"
    assert item["judgement"]["consensus"]["quantile_rule"] == "grouped-midpoint/1"
    assert is_in(item)
    assert item["stability"] == item["attrition"] == {"undefined": "not_compared"}
    assert item["subgroups"] == {"undefined": "one_group"}
    assert frozen["recommendation"] == {"stop": False, "reason": "not_settled", "settled": 0}


def test_freeze__no_opinion_and_missing__kept_apart():
    frozen = _freeze(_items(1), [[5, 5, 5, 5, 5, NO_OPINION, None, None]])
    item = frozen["items"][0]
    assert (item["n"], item["no_opinion"], item["missing"]) == (5, 1, 2)
    assert frozen["panel"] == {"asked": 8, "answered": 6, "complete": 6, "incomplete": 0}


def test_freeze__part_of_the_items__incomplete():
    frozen = _freeze(_items(2), [[5, 5, 5, 5, 5, 5, None], [5, 5, 5, 5, NO_OPINION, None, None]])
    assert frozen["panel"] == {"asked": 7, "answered": 6, "complete": 5, "incomplete": 1}


@pytest.mark.parametrize(
    ("before", "after", "verdict", "stop"),
    [
        ([5] * 8, [5] * 8, "consensus_in", True),
        ([1] * 8, [1] * 8, "consensus_out", True),
        ([1, 5] * 4, [1, 5] * 4, "stable_dissent", True),
        ([3] * 8, [1, 5] * 4, "unstable", False),
    ],
)
def test_freeze__two_rounds__verdict_and_whether_to_stop(before, after, verdict, stop):
    frozen = _freeze(_items(1), [after], before=[before])
    assert verdict_of(frozen["items"][0]) == verdict
    assert frozen["recommendation"]["stop"] is stop


def test_freeze__five_left__compared_with_those_who_stayed():
    item = _freeze(_items(1), [[None] * 5 + [5] * 6], before=[[1] * 5 + [5] * 6])["items"][0]
    found = item["attrition"]
    assert (found["leavers"], found["stayers"]) == (5, 6)
    assert (found["difference"], found["superiority"]) == ("1", "0")
    assert found["p"] < 0.05
    assert item["stability"]["net_change"] == "0"  # over those who answered both


def test_freeze__four_left__too_few_to_say_even_how_many():
    item = _freeze(_items(1), [[None] * 4 + [5] * 6], before=[[1] * 4 + [5] * 6])["items"][0]
    assert item["attrition"] == {"undefined": "too_few"}


def test_freeze__no_opinion_this_time__has_not_left():
    item = _freeze(_items(1), [[NO_OPINION] * 5 + [5] * 6], before=[[1] * 5 + [5] * 6])["items"][0]
    assert item["attrition"] == {"undefined": "too_few"}


def test_freeze__two_expertise_groups__their_difference():
    expertise = ["หลักสูตร"] * 6 + ["บริหาร"] * 5
    item = _freeze(_items(1), [[5] * 6 + [2] * 5], expertise=expertise)["items"][0]
    found = item["subgroups"]
    assert {(each["name"], each["median"]) for each in found["groups"]} == {
        ("หลักสูตร", "5"), ("บริหาร", "2"),
    }  # fmt: skip
    assert found["spread"] == "3"
    assert found["p"] < 0.05


@pytest.mark.parametrize(
    ("sizes", "shown"),
    [
        ({"a": 6, "b": 7}, {"a", "b"}),
        ({"a": 6, "b": 7, "c": 2}, {"b"}),  # c alone would be the rest
        ({"a": 6, "b": 7, "c": 2, "d": 3}, {"a", "b"}),  # c and d are five together
        ({"a": 6, "b": 7, "c": 0}, {"a", "b"}),
        ({"a": 4, "b": 4}, set()),
    ],
)
def test_publishable__the_rest__is_nobody_or_enough(sizes, shown):
    groups = {name: (0, size) for name, size in sizes.items()}
    assert set(publishable(groups, 5)) == shown


def test_freeze__eighteen_by_sixty__well_under_a_tenth_of_a_second():
    dice = random.Random(2569)  # noqa: S311  (synthetic ratings)
    items = _items(60)
    before, now = [[dice.choices((3, 4, 4, 5, 5), k=18) for _ in items] for _ in range(2)]
    _freeze(items, now)
    took = []
    for _ in range(5):
        start = time.thread_time()
        _freeze(items, now, before=before, is_last=True)
        took.append(time.thread_time() - start)
    assert min(took) < 0.1


def test_certification__six_of_seven__unanimity_fails():
    seats = _seats(7)
    answers = {(seat, "", "usefulness"): 2 for seat in seats}
    answers[seats[0], "", "usefulness"] = 1
    criteria = [{"code": "usefulness", "th": "ความเป็นประโยชน์"}]
    protocol = parse_protocol({"certification": {"criteria": criteria}})

    frozen = freeze_certification(protocol, [""], len(seats), answers)

    assert frozen["certified"] is False
    assert frozen["parts"][0]["outcome"]["value"] == "6/7"


def test_certification__four_answered__not_certified_and_not_shown():
    seats = _seats(7)
    answers = {(seat, "", "usefulness"): 2 for seat in seats[:4]}
    criteria = [{"code": "usefulness", "th": "ความเป็นประโยชน์"}]
    protocol = parse_protocol({"certification": {"criteria": criteria}})
    frozen = freeze_certification(protocol, [""], len(seats), answers)
    line = {"part": "", "criterion": "usefulness", "n": 4}
    assert frozen["parts"] == [{**line, "outcome": {"undefined": "too_few"}, "passed": False}]
