"""calculations.credit: minutes present → credit minutes."""

import json
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.dates import USUAL_CALENDAR
from pd_activities.calculations.credit import (
    HourRules,
    capped,
    credit_for_minutes,
    credit_for_presence,
    in_hours,
)
from pd_activities.calculations.requirements import Requirement, progress

_KINDS = ("training", "plc")
_credited = st.dictionaries(
    st.tuples(st.integers(2018, 2030), st.sampled_from(_KINDS)), st.integers(0, 5_000)
)
_requirements = st.builds(
    Requirement,
    credit_minutes=st.integers(1, 6_000),
    years=st.integers(1, 10),
    kinds=st.lists(st.sampled_from(_KINDS), unique=True).map(tuple),
    standings=st.lists(st.sampled_from(["none", "expert"]), unique=True).map(tuple),
)


@pytest.mark.parametrize(
    ("present", "scheduled", "credit"),
    [(360, 360, 360), (288, 360, 288), (287, 360, 0), (0, 360, 0), (0, 0, 0)],
)
def test_credit_for_presence__eighty_percent(present, scheduled, credit):
    assert credit_for_presence(present, scheduled, HourRules()) == credit


def test_credit_for_minutes__a_lesson_of_fifty_counts_as_an_hour():
    assert credit_for_minutes(100, HourRules(minutes_per_credit_hour=50)) == 120


def test_credit_for_minutes__half_hours_only__cut_down():
    assert credit_for_minutes(89, HourRules(round_down_to_minutes=30)) == 60


@pytest.mark.parametrize(
    ("credited", "expected"), [(0, 90), (530, 70), (600, 0), (700, 0), (-60, 90)]
)
def test_capped__what_the_year_still_lets_in(credited, expected):
    assert capped(90, "reading", credited, HourRules(yearly_caps={"reading": 600})) == expected


def test_capped__kind_without_cap__all():
    assert capped(90, "plc", 100_000, HourRules(yearly_caps={"reading": 600})) == 90


def test_rules__through_their_document__the_same():
    asked = Requirement(credit_minutes=3_000, years=5, kinds=("plc",), standings=("expert",))
    rules = HourRules(50, 75, 30, {"plc": 3_000}, (asked, Requirement(credit_minutes=60)))
    assert HourRules.from_document(json.loads(json.dumps(rules.as_document()))) == rules


def test_rules__document_from_before_there_were_requirements__asks_nothing():
    assert HourRules.from_document({"yearly_caps": {}}).requirements == ()


@given(st.integers(0, 2_000), st.integers(1, 2_000), st.integers(0, 100), st.integers(1, 60))
def test_credit__never_negative_never_beyond_presence(present, scheduled, percent, step):
    rules = HourRules(minimum_presence_percent=percent, round_down_to_minutes=step)
    credit = credit_for_presence(present, scheduled, rules)
    assert 0 <= credit <= present
    assert credit % step == 0


@pytest.mark.parametrize(("minutes", "hours"), [(50, "0.83"), (60, "1.00"), (0, "0.00")])
def test_in_hours__cut_not_rounded(minutes, hours):
    assert in_hours(minutes) == hours


_progress = partial(progress, calendar=USUAL_CALENDAR)


@given(st.lists(_requirements, max_size=5), _credited, st.integers(2020, 2028))
def test_progress__recounted_year_by_year__the_same(requirements, credited, year):
    found = progress(
        requirements, standing="none", year=year, credited=credited, calendar=USUAL_CALENDAR
    )

    asked = [each for each in requirements if each.standings in ((), *_with("none"))]
    assert [each.requirement for each in found] == asked
    for each in found:
        years = range(year, year - each.requirement.years, -1)
        kinds = each.requirement.kinds or _KINDS
        counted = sum(credited.get((when, kind), 0) for when in years for kind in kinds)
        assert each.credited_minutes == counted
        assert each.missing_minutes == max(0, each.requirement.credit_minutes - counted)


def _with(standing):
    return [(standing,), (standing, "expert"), ("expert", standing)]


@given(_requirements, _credited, st.integers(2020, 2028), st.integers(0, 500))
def test_progress__more_credit__never_more_is_missing(asked, credited, year, more):
    def missing(credit):
        found = progress(
            [asked], standing="expert", year=year, credited=credit, calendar=USUAL_CALENDAR
        )
        return sum(each.missing_minutes for each in found)

    key = (year, "plc")
    assert missing({**credited, key: credited.get(key, 0) + more}) <= missing(credited)
