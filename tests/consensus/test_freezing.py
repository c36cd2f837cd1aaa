"""Freezing a round: exact, complete, and quick enough to do while a lock is held."""

import random
import time
import uuid

import pytest

from consensus.freezing import (
    RatedItem,
    RoundRatings,
    freeze_certification,
    freeze_ratings,
    is_in,
    verdict_of,
)
from consensus.protocol import parse_protocol

PROTOCOL = parse_protocol({})


def _seats(count):
    return [uuid.uuid4() for _ in range(count)]


def _items(count):
    return [RatedItem(uuid.uuid4(), n, "s", f"ข้อ {n}") for n in range(1, count + 1)]


def _round(seats, items, scores):
    return RoundRatings(
        {
            (seat, item.id): scores[place][number]
            for place, item in enumerate(items)
            for number, seat in enumerate(seats)
            if scores[place][number] != "missing"
        }
    )


def test_freeze__published_table__recomputable_by_hand():
    """0,0,2,9,7 of 18: Q1 = 7/2 + (9/2 - 2)/9 = 34/9."""
    seats, items = _seats(18), _items(1)
    scores = [[3] * 2 + [4] * 9 + [5] * 7]

    frozen = freeze_ratings(
        PROTOCOL, items, seats, _round(seats, items, scores), earlier=None, is_last=False
    )

    item = frozen["items"][0]
    assert item["summary"]["counts"] == [0, 0, 2, 9, 7]
    assert item["summary"]["grouped"]["q1"] == "34/9"
    assert item["judgement"]["consensus"]["quantile_rule"] == "grouped-midpoint/1"
    assert is_in(item)
    assert item["stability"] == {"undefined": "not_compared"}
    assert frozen["recommendation"] == {"stop": False, "reason": "not_settled", "settled": 0}


def test_freeze__no_opinion_and_missing__kept_apart():
    seats, items = _seats(8), _items(1)
    scores = [[5, 5, 5, 5, 5, None, "missing", "missing"]]
    frozen = freeze_ratings(
        PROTOCOL, items, seats, _round(seats, items, scores), earlier=None, is_last=True
    )
    item = frozen["items"][0]
    assert (item["n"], item["no_opinion"], item["missing"]) == (5, 1, 2)
    assert frozen["panel"] == {"asked": 8, "answered": 6, "complete": 6, "incomplete": 0}


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
    seats, items = _seats(8), _items(1)
    frozen = freeze_ratings(
        PROTOCOL,
        items,
        seats,
        _round(seats, items, [after]),
        earlier=_round(seats, items, [before]),
        is_last=False,
    )
    assert verdict_of(frozen["items"][0]) == verdict
    assert frozen["recommendation"]["stop"] is stop


def test_freeze__eighteen_by_sixty__well_under_a_tenth_of_a_second():
    dice = random.Random(2569)  # noqa: S311  (synthetic ratings)
    seats, items = _seats(18), _items(60)
    rounds = [
        _round(seats, items, [[dice.choice((3, 4, 4, 5, 5)) for _ in seats] for _ in items])
        for _ in range(2)
    ]
    freeze_ratings(PROTOCOL, items, seats, rounds[0], earlier=None, is_last=False)
    took = []
    for _ in range(5):
        start = time.thread_time()
        freeze_ratings(PROTOCOL, items, seats, rounds[1], earlier=rounds[0], is_last=True)
        took.append(time.thread_time() - start)
    assert min(took) < 0.1


def test_certification__six_of_seven__unanimity_fails():
    seats = _seats(7)
    answers = {(seat, "", "usefulness"): 2 for seat in seats}
    answers[seats[0], "", "usefulness"] = 1
    criteria = [{"code": "usefulness", "th": "ความเป็นประโยชน์"}]
    protocol = parse_protocol({"certification": {"criteria": criteria}})

    frozen = freeze_certification(protocol, [""], seats, answers)

    assert frozen["certified"] is False
    assert frozen["parts"][0]["outcome"]["value"] == "6/7"


def test_certification__four_answered__not_certified_and_not_shown():
    seats = _seats(7)
    answers = {(seat, "", "usefulness"): 2 for seat in seats[:4]}
    criteria = [{"code": "usefulness", "th": "ความเป็นประโยชน์"}]
    protocol = parse_protocol({"certification": {"criteria": criteria}})
    frozen = freeze_certification(protocol, [""], seats, answers)
    line = {"part": "", "criterion": "usefulness", "n": 4}
    assert frozen["parts"] == [{**line, "outcome": {"undefined": "too_few"}, "passed": False}]
