"""Published numbers held against each other: no difference is what one to four people said.

Small panels in all shapes: who answered which round, in which group, with a score or without.
"""

from fractions import Fraction
from itertools import combinations, permutations
from uuid import uuid4

import pytest

from consensus.results.participation import NO_OPINION
from consensus.results.ratings import RatedItem, freeze_ratings
from tests.consensus.anonymity.small_panels import PANELS, PROTOCOL, panels, published

FIVE = 5


def _frozen(before, now, groups=None) -> dict:
    """The second round of one item, of everyone's answers in both."""
    item = RatedItem(uuid4(), 1, "", "ข้อ")
    return freeze_ratings(
        PROTOCOL, [item], groups or [""] * len(now), {item.id: now},
        before={item.id: before}, is_last=False,
    )["items"][0]  # fmt: skip


@pytest.mark.parametrize("size", PANELS)
def test_tables__of_small_panels__no_two_differ_by_one_to_four(size):
    """Wherever one published group of people lies within another, five or nobody lie between."""
    compared = 0
    for panel in panels(size):
        tables = published(panel)
        for one, other in combinations(tables, 2):
            for inner, outer in ((one, other), (other, one)):
                if inner.about == outer.about and inner.people < outer.people:
                    between = outer.people - inner.people
                    compared += 1
                    assert len(between) >= FIVE, f"{outer} less {inner} in {panel}"
        assert all(len(each.people) >= FIVE for each in tables), panel
    assert compared or size < 2 * FIVE


@pytest.mark.parametrize("size", PANELS)
def test_tables__of_small_panels__what_no_group_shown_covers_is_five_or_nobody(size):
    for panel in panels(size):
        tables = published(panel)
        for whole in (each for each in tables if each.name == "whole"):
            parts = [
                each.people
                for each in tables
                if each.about == whole.about and each.name.startswith("group ")
            ]
            rest = whole.people - frozenset().union(*parts)
            assert len(rest) == 0 or len(rest) >= FIVE or not parts, panel


def test_leaver__one_of_seven__results_say_nothing_of_what_they_scored():
    """Whoever of the seven had given which of these scores: the results would be the same."""
    scores, now = [5, 5, 4, 3, 4, 1, 2], [5, 4, 4, 3, 4, 2, None]
    told = {
        str({name: each for name, each in _frozen(list(before), now).items() if name != "id"})
        for before in {*permutations(scores)}
    }
    assert len(told) == 1


def test_joiner__one_of_seven__results_say_nothing_of_what_they_score():
    before, scores = [5, 4, 4, 3, 4, 2, None], [5, 5, 4, 3, 4, 1, 2]
    told = {
        str({name: each for name, each in _frozen(before, list(now)).items() if name != "id"})
        for now in {*permutations(scores)}
    }
    assert len(told) == 1


def test_leavers__five__compared_over_those_who_stayed():
    """The other way round: with enough of them, stability is of people and not of totals."""
    before, now = [4] * 10, [4] * 5 + [None] * 5
    moved = _frozen(before, now)["stability"]
    assert (moved["answered_both"], moved["kept"]) == (5, "1")


def test_leavers__five_and_one_who_left_the_item_out__attrition_is_not_told():
    """Totals less those who scored both less the leavers would be that one."""
    item, other = (RatedItem(uuid4(), number, "", "ข้อ") for number in (1, 2))
    before = {item.id: [1, 2, 3, 4, 5] * 2 + [2, 2], other.id: [3] * 12}
    now = {item.id: [4] * 6 + [None] * 6, other.id: [3] * 7 + [None] * 5}
    first, second = freeze_ratings(
        PROTOCOL, [item, other], [""] * 12, now, before=before, is_last=False
    )["items"]
    assert first["attrition"] == {"undefined": "too_few"}
    assert second["attrition"]["leavers"] == 5


@pytest.mark.parametrize(("partly", "told"), [(0, True), (1, False), (4, False), (5, True)])
def test_agreement__beside_totals_of_a_few_who_left_an_item_out__not_told(partly, told):
    one, two = (RatedItem(uuid4(), number, "", "ข้อ") for number in (1, 2))
    size = 6 + partly
    now = {one.id: [5, 4] * 3 + [1] * partly, two.id: [3] * 6 + [None] * partly}
    frozen = freeze_ratings(PROTOCOL, [one, two], [""] * size, now, before=None, is_last=False)[
        "agreement"
    ]
    assert ("w" in frozen) is told


@pytest.mark.parametrize("answered", [1, 2, 3, 4])
def test_no_opinion__of_one_to_four_who_answered__is_not_told_apart(answered):
    said = {
        tuple(sorted((name, str(_frozen([None] * 6, now)[name])) for name in ("n", "no_opinion")))
        for some in range(answered + 1)
        for now in [[NO_OPINION] * some + [3] * (answered - some) + [None] * (6 - answered)]
    }
    assert said == {(("n", str(answered)), ("no_opinion", "{'undefined': 'too_few'}"))}


@pytest.mark.parametrize("size", range(1, 6))
@pytest.mark.parametrize("shown", ["own", "all"])
def test_group__of_one_to_five_beside_others__shown_only_as_five_beside_five(size, shown):
    for others in range(4, 12):
        groups, scores = ["ก"] * size + ["ข"] * others, [5] * size + [1] * others
        frozen = _frozen([None] * len(scores), scores, groups)
        names = {each["name"] for each in frozen["groups"]} if shown else set()
        named = {each["name"] for each in frozen["subgroups"].get("groups", [])}
        assert names == named == ({"ก", "ข"} if size == FIVE <= others else set())


def test_group__of_two_without_an_opinion__another_is_withheld_with_them():
    """Else all scores would be the other groups', and the two who said nothing would be known."""
    groups = ["ก"] * 6 + ["ข"] * 6 + ["ค"] * 2
    now = [5] * 6 + [1] * 6 + [NO_OPINION] * 2
    assert [each["name"] for each in _frozen([None] * 14, now, groups)["groups"]] == ["ข"]


def test_unanimity__tells_everybodys_answer__as_the_notice_says():
    """Nothing can hide it but to withhold a result because it is clear: so it is told before."""
    frozen = _frozen([None] * 6, [4] * 6)
    assert frozen["summary"]["counts"] == [0, 0, 0, 6, 0]
    assert Fraction(frozen["summary"]["grouped"]["iqr"]) == Fraction(1, 2)
