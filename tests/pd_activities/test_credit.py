"""calculations.credit: minutes present → credit minutes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pd_activities.calculations.credit import (
    HourRules,
    capped,
    credit_for_minutes,
    credit_for_presence,
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
    rules = HourRules(50, 75, 30, {"plc": 3_000})
    assert HourRules.from_document(rules.as_document()) == rules


@given(st.integers(0, 2_000), st.integers(1, 2_000), st.integers(0, 100), st.integers(1, 60))
def test_credit__never_negative_never_beyond_presence(present, scheduled, percent, step):
    rules = HourRules(minimum_presence_percent=percent, round_down_to_minutes=step)
    credit = credit_for_presence(present, scheduled, rules)
    assert 0 <= credit <= present
    assert credit % step == 0
