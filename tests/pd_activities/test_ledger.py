"""The ledger after any history: it adds up to what is due, and nothing stands in it twice."""

from datetime import timedelta

import pytest
from django.db import transaction
from django_tenants.utils import schema_context
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clusters.models import Teacher
from core.actor import SYSTEM
from pd_activities.actions.attendance import correct_attendance
from pd_activities.actions.hours import award_hours
from pd_activities.actions.logs import return_log, verify_log
from pd_activities.calculations.credit import HourRules, credit_for_presence
from pd_activities.models import HourRuleSet, LedgerEntry, TrainingSession
from tests.pd_activities.training_cast import make_log

SCHEDULED = 180  # minutes of the cast's closed session
_whole = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
_span = st.tuples(st.integers(0, SCHEDULED), st.integers(0, SCHEDULED)).map(sorted)
_steps = st.lists(st.one_of(st.just("award"), _span), max_size=8)


@pytest.fixture
def inside(api):
    with schema_context(api.area.schema_name):
        yield


def _standing(entries):
    reversed_ids = {each.reverses_id for each in entries}
    return [each for each in entries if not each.reverses_id and each.pk not in reversed_ids]


@_whole
@given(steps=_steps)
def test_training__any_corrections_and_awards__one_entry_of_what_is_due(api, inside, steps):
    with transaction.atomic():
        session = TrainingSession.objects.get(pk=api.area.things["closed_session"])
        interval, present = session.intervals.get(), SCHEDULED
        for step in [*steps, "award"]:
            if step == "award":
                award_hours(session.training, actor=SYSTEM)
                continue
            first, last = (session.starts_at + timedelta(minutes=each) for each in step)
            was_there = first < last
            present = step[1] - step[0]
            interval = correct_attendance(
                interval,
                joined_at=first if was_there else None,
                left_at=last if was_there else None,
                reason="x",
                actor=SYSTEM,
            )
        entries = list(LedgerEntry.objects.filter(source_id=session.training_id))
        transaction.set_rollback(True)

    assert sum(each.minutes for each in entries) == present
    credit = credit_for_presence(present, SCHEDULED, HourRules())
    assert sum(each.credit_minutes for each in entries) == credit
    assert [each.minutes for each in _standing(entries)] == [present][: present > 0]
    assert {each.rule_set_version for each in entries} <= {1}


@_whole
@given(
    cap=st.integers(0, 300),
    logs=st.lists(st.integers(1, 200), min_size=1, max_size=4),
    decisions=st.lists(st.tuples(st.integers(0, 3), st.booleans()), max_size=8),
)
def test_logs__any_decisions_under_a_cap__never_more_credit_than_it(
    api, inside, cap, logs, decisions
):
    with transaction.atomic():
        rules = HourRules(yearly_caps={"reading": cap}).as_document()
        HourRuleSet.objects.update(rules=rules)
        teacher = Teacher.objects.get(pk=api.area.things["teacher"])
        written = [make_log(teacher, kind="reading", minutes=minutes) for minutes in logs]
        verified = dict.fromkeys(range(len(written)), False)
        for which, is_right in decisions:
            place = which % len(written)
            if is_right and written[place].locked().status != "returned":
                verify_log(written[place], actor=SYSTEM)
                verified[place] = True
            elif not is_right:
                return_log(written[place], reason="x", actor=SYSTEM)
                verified[place] = False
        entries = list(LedgerEntry.objects.filter(teacher=teacher))
        transaction.set_rollback(True)

    minutes = sum(logs[place] for place, is_right in verified.items() if is_right)
    assert sum(each.minutes for each in entries) == minutes
    assert 0 <= sum(each.credit_minutes for each in entries) <= min(cap, minutes)
    assert len(_standing(entries)) == sum(verified.values())
