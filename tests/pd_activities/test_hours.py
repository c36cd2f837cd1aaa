"""Awarding hours, the ledger, transcripts and the rules."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django_tenants.utils import schema_context

from clusters.models import Teacher
from core.actor import SYSTEM
from core.dates import USUAL_CALENDAR
from core.journal.models import JournalEntry
from pd_activities.actions.hours import adopt_hour_rules
from pd_activities.calculations.credit import HourRules
from pd_activities.models import HourRuleSet, LedgerEntry, Training, TrainingSession
from tests.client import body_of
from tests.pd_activities.training_cast import (
    code_now,
    enrol_directly,
    make_interval,
    make_log,
)


@pytest.fixture
def inside(api):
    with schema_context(api.area.schema_name):
        yield


@pytest.fixture
def session(api, inside) -> TrainingSession:
    """Three hours, closed; the teacher was there all the time."""
    return TrainingSession.objects.get(pk=api.area.things["closed_session"])


def _award(api, name="closed_training", role="cluster_coordinator"):
    return api.as_(role).post(f"/api/v1/trainings/{api.area.things[name]}/award-hours")


def _correct(api, interval, **times):
    path = f"/api/v1/attendance/{interval.pk}/correct"
    body = {"joined_at": None, "left_at": None, "reason": "ตรวจสอบแล้ว", **times}
    return api.as_("cluster_coordinator").post(path, body)


def _transcript(api, role="teacher", **query):
    path = f"/api/v1/transcripts/{api.area.things['teacher']}"
    return body_of(api.as_(role).get(path, query or None))


# --- Awarding ----------------------------------------------------------------------------------
def test_award__then_again__one_entry(api, session):
    first, again = _award(api), _award(api)

    assert body_of(first) == {"awarded": 1, "corrected": 0, "unchanged": 0}
    assert body_of(again) == {"awarded": 0, "corrected": 0, "unchanged": 1}
    entry = LedgerEntry.objects.get()
    assert (entry.minutes, entry.credit_minutes, entry.rule_set_version) == (180, 180, 1)
    verbs = list(JournalEntry.objects.order_by("number").values_list("verb", flat=True))
    assert verbs[-2:] == ["pd_activities.hours.awarded", "pd_activities.training.hours_awarded"]


def test_award__below_the_minimum_share__an_entry_without_credit(api, session):
    teacher = Teacher.objects.get(pk=api.area.things["other_teacher"])
    enrol_directly(session.training, teacher)
    make_interval(session, teacher, left_at=session.starts_at + timedelta(hours=1))
    assert body_of(_award(api))["awarded"] == 2

    entry = LedgerEntry.objects.get(teacher=teacher)
    assert (entry.minutes, entry.credit_minutes) == (60, 0)


def test_award__training_still_open__conflict(api):
    response = _award(api, "ended_training")
    assert (response.status_code, body_of(response)["code"]) == (409, "training_not_closed")


def test_award__no_rules_for_that_day__conflict(api, inside):
    HourRuleSet.objects.all().delete()
    response = _award(api)
    assert (response.status_code, body_of(response)["code"]) == (409, "no_hour_rules")


def test_correction_after_the_award__reversed_and_awarded_anew(api, session):
    _award(api)
    _correct(
        api,
        session.intervals.get(),
        joined_at=session.starts_at.isoformat(),
        left_at=(session.ends_at - timedelta(minutes=20)).isoformat(),
    )
    entries = LedgerEntry.objects.order_by("recorded_at", "minutes")
    assert [each.minutes for each in entries] == [180, -180, 160]
    assert [each.revision for each in entries] == [1, 1, 2]
    assert body_of(_award(api)) == {"awarded": 0, "corrected": 0, "unchanged": 1}
    assert _transcript(api)["credit_hours"] == "2.66"


def test_correction_after_the_award__was_not_there__reversed_only(api, session):
    _award(api)
    _correct(api, session.intervals.get())

    transcript = _transcript(api)
    assert transcript["credit_minutes"] == 0
    assert len(transcript["entries"]) == 2
    assert transcript["entries"][1]["reverses"] == transcript["entries"][0]["id"]
    assert body_of(_award(api)) == {"awarded": 0, "corrected": 0, "unchanged": 0}


def test_check_in_synced_after_the_award__credited_at_once(api, inside):
    session = TrainingSession.objects.get(pk=api.area.things["ended_session"])
    Training.objects.filter(pk=session.training_id).update(status="closed")
    first = session.intervals.get()
    _correct(api, first)
    _award(api, "ended_training")
    assert not LedgerEntry.objects.exists()

    seen_at = session.starts_at + timedelta(seconds=40)
    body = {"code": code_now(session.pk, seen_at), "seen_at": seen_at.isoformat()}
    path = f"/api/v1/training-sessions/{session.pk}/check-in"
    assert api.as_("teacher").post(path, body).status_code == 201
    assert LedgerEntry.objects.get().minutes in (179, 180)


@pytest.mark.parametrize(
    "change", [lambda rows: rows.update(minutes=1), lambda rows: rows.delete()]
)
def test_ledger__database__refuses_change(api, session, change):
    _award(api)
    with pytest.raises(DatabaseError) as raised, transaction.atomic():
        change(LedgerEntry.objects.all())
    assert raised.value.__cause__.sqlstate == "42501"


# --- Transcripts -------------------------------------------------------------------------------
def test_transcript__sums_by_academic_year_and_kind(api, session):
    teacher = Teacher.objects.get(pk=api.area.things["teacher"])
    director = api.as_("school_director")
    for day, kind in (("2025-05-15", "plc"), ("2025-05-16", "plc"), ("2025-05-16", "reading")):
        log = make_log(teacher, occurred_on=day, kind=kind, minutes=90)
        assert director.post(f"/api/v1/activity-logs/{log.pk}/verify", {}).status_code == 200

    transcript = _transcript(api)
    told = [(t["academic_year"], t["kind"], t["credit_hours"]) for t in transcript["totals"]]
    assert told == [(2024, "plc", "1.50"), (2025, "plc", "1.50"), (2025, "reading", "1.50")]
    assert transcript["credit_hours"] == "4.50"
    assert _transcript(api, academic_year="2024")["credit_minutes"] == 90


@pytest.mark.parametrize("year", ["2569", "abc", "²", "99999999999999999999", ""])
def test_transcript__no_year__invalid(api, year):
    path = f"/api/v1/transcripts/{api.area.things['teacher']}"
    assert api.as_("teacher").get(path, {"academic_year": year}).status_code == 400


def test_transcript__of_others__not_found(api):
    path = f"/api/v1/transcripts/{api.area.things['teacher']}"
    assert api.as_("school_director").get(path).status_code == 200
    for role in ("other_teacher", "other_school_director", "other_cluster_coordinator", "viewer"):
        assert api.as_(role).get(path).status_code == 404


def test_transcript__queries_constant(api, session, django_assert_num_queries):
    _award(api)
    path = f"/api/v1/transcripts/{api.area.things['teacher']}"
    with django_assert_num_queries(5):  # who, teacher with school, entries, calendar, rules
        api.as_("teacher").get(path)


def test_transcript__by_standing__tells_what_is_missing(api, inside):
    admin, kinds = api.as_("area_admin"), {"kinds": ["plc"]}
    asked = [
        {"credit_minutes": 120, **kinds},
        {"credit_minutes": 600, "years": 5, "standings": ["professional"]},
        {"credit_minutes": 900, "standings": ["expert"]},
    ]
    body = {"valid_from": "2024-05-16", "rules": {"requirements": asked}}
    assert admin.post("/api/v1/hour-rule-sets", body).status_code == 201
    teacher = Teacher.objects.get(pk=api.area.things["teacher"])
    Teacher.objects.filter(pk=teacher.pk).update(standing="professional")
    for day, kind in (("2020-05-15", "plc"), ("2020-05-16", "other"), ("2025-05-14", "plc")):
        log = make_log(teacher, occurred_on=day, kind=kind, minutes=70)
        api.as_("school_director").post(f"/api/v1/activity-logs/{log.pk}/verify", {})

    yearly, long = _transcript(api, academic_year="2024")["requirements"]
    assert (yearly["kinds"], yearly["credited_minutes"], yearly["missing_minutes"]) == (
        ["plc"],
        70,
        50,
    )
    assert (long["first_day"], long["last_day"]) == ("2020-05-16", "2025-05-15")
    assert (long["credited_minutes"], long["missing_minutes"]) == (140, 460)


def test_transcript__before_any_rules__asks_nothing(api):
    assert _transcript(api, academic_year="2000")["requirements"]
    with schema_context(api.area.schema_name):
        HourRuleSet.objects.update(valid_from=date(2002, 1, 1))
    assert _transcript(api, academic_year="2000")["requirements"] == []


@pytest.mark.parametrize(
    "asked", [{"credit_minutes": 0}, {"credit_minutes": 1, "kinds": ["sleep"]}, {"years": 1}]
)
def test_rules__requirement_that_makes_no_sense__invalid(api, asked):
    body = {"valid_from": "2027-05-16", "rules": {"requirements": [asked]}}
    response = api.as_("area_admin").post("/api/v1/hour-rule-sets", body)
    assert response.status_code == 400
    assert body_of(response)["errors"][0]["pointer"].startswith("/rules/requirements/0/")


# --- Rules -------------------------------------------------------------------------------------
def test_rules__new_version__the_old_one_ends_on_the_eve(api, inside):
    body = {"valid_from": "2027-05-16", "rules": {"minutes_per_credit_hour": 50}}
    made = body_of(api.as_("area_admin").post("/api/v1/hour-rule-sets", body))

    assert made["number"] == 2
    assert made["rules"]["minimum_presence_percent"] == 80  # what was left out has its default
    assert HourRuleSet.objects.get(number=1).valid_until == date(2027, 5, 15)


def test_rules__before_the_newest__invalid(api):
    body = {"valid_from": "1999-01-01", "rules": {}}
    response = api.as_("area_admin").post("/api/v1/hour-rule-sets", body)
    assert response.status_code == 400
    assert body_of(response)["errors"][0]["pointer"] == "/valid_from"


def test_yearly_cap__fills_up_and_frees_up(api, inside):
    rules = HourRules(yearly_caps={"reading": 100})
    adopt_hour_rules(valid_from=date(2020, 1, 1), rules=rules, actor=SYSTEM)
    teacher = Teacher.objects.get(pk=api.area.things["teacher"])
    director = api.as_("school_director")
    logs = [make_log(teacher, kind="reading", minutes=70) for _ in range(2)]
    for log in logs:
        director.post(f"/api/v1/activity-logs/{log.pk}/verify", {})
    assert _transcript(api)["credit_minutes"] == 100
    assert sum(each["minutes"] for each in _transcript(api)["entries"]) == 140

    director.post(f"/api/v1/activity-logs/{logs[0].pk}/return", {"reason": "ซ้ำ"})
    assert _transcript(api)["credit_minutes"] == 30
    assert _transcript(api)["totals"][0]["academic_year"] == USUAL_CALENDAR.year_of(
        logs[0].occurred_on
    )
