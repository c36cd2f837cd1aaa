"""An area's own academic years: in transcripts, requirements, caps, evidence and dashboards."""

from datetime import date, timedelta

import pytest
import time_machine
from django_tenants.utils import schema_context

from accounts.models import RoleGrant
from clusters.evidence import evidence_of
from clusters.models import Cluster, Teacher
from core.actor import SYSTEM
from core.area_settings.models import SettingVersion
from pd_activities.actions.hours import adopt_hour_rules
from pd_activities.calculations.credit import HourRules
from pd_activities.calculations.requirements import Requirement
from pd_activities.queries.evidence import terms_before
from tests.client import body_of
from tests.pd_activities.training_cast import make_log

JULY = {
    "year_starts": {"month": 7, "day": 1},
    "second_term_starts": {"month": 12, "day": 1},
}


@pytest.fixture
def inside(api):
    with schema_context(api.area.schema_name):
        yield


@pytest.fixture
def from_july(inside):
    """Since 2020 the area's years begin on 1 July."""
    SettingVersion.objects.create(
        kind="calendar", number=1, valid_from=date(2020, 1, 1), document=JULY, reason=""
    )


@pytest.fixture
def teacher(api, inside):
    return Teacher.objects.get(pk=api.area.things["teacher"])


def _transcript(api, **query):
    path = f"/api/v1/transcripts/{api.area.things['teacher']}"
    return body_of(api.as_("teacher").get(path, query or None))


def _verified(api, teacher, day, minutes=60):
    log = make_log(teacher, kind="plc", minutes=minutes, occurred_on=day)
    done = api.as_("school_director").post(f"/api/v1/activity-logs/{log.pk}/verify", {})
    assert done.status_code == 200


def test_transcript__a_day_in_june__of_the_year_that_the_area_says(api, teacher, from_july):
    _verified(api, teacher, date(2026, 6, 15))
    _verified(api, teacher, date(2026, 7, 1))
    totals = _transcript(api)["totals"]
    assert [(each["academic_year"], each["minutes"]) for each in totals] == [(2025, 60), (2026, 60)]
    assert len(_transcript(api, academic_year="2026")["entries"]) == 1


def test_transcript__usual_calendar__both_in_one_year(api, teacher):
    _verified(api, teacher, date(2026, 6, 15))
    _verified(api, teacher, date(2026, 7, 1))
    assert [each["academic_year"] for each in _transcript(api)["totals"]] == [2026]


def test_requirements__span_the_areas_years(api, teacher, from_july):
    rules = HourRules(requirements=(Requirement(credit_minutes=600, years=2),))
    adopt_hour_rules(valid_from=date(2020, 1, 1), rules=rules, actor=SYSTEM)
    (asked,) = _transcript(api, academic_year="2025")["requirements"]
    assert (asked["first_day"], asked["last_day"]) == ("2024-07-01", "2026-06-30")


def test_yearly_cap__of_the_areas_year(api, teacher, from_july):
    rules = HourRules(yearly_caps={"plc": 100})
    adopt_hour_rules(valid_from=date(2020, 1, 1), rules=rules, actor=SYSTEM)
    for day in (date(2026, 6, 15), date(2026, 7, 1)):
        _verified(api, teacher, day, minutes=90)
    assert _transcript(api)["credit_minutes"] == 180


def test_stage_evidence__terms_of_the_area(inside, from_july):
    assert terms_before(date(2026, 11, 26), 2) == [
        (date(2025, 12, 1), date(2026, 6, 30)),
        (date(2025, 7, 1), date(2025, 11, 30)),
    ]


@pytest.mark.parametrize(("calendar", "is_there"), [("usual", False), ("july", True)])
def test_stage_evidence__plan_of_the_areas_present_year(api, inside, request, calendar, is_there):
    if calendar == "july":
        request.getfixturevalue("from_july")
    cluster = Cluster.objects.get(pk=api.area.things["cluster"])
    plan = cluster.plans.create(academic_year=2029, title="แผนของปี 2572")
    plan.versions.create(number=1, status="adopted", content_hash="0" * 64)
    with time_machine.travel("2030-06-01T09:00:00+07:00"):
        assert ("plan_adopted" in evidence_of(cluster)) is is_there


def test_dashboard__days_of_the_areas_year(api, from_july):
    viewer = api.as_("viewer")
    told = body_of(viewer.get("/api/v1/dashboards/area", {"academic_year": "2025"}))
    assert (told["first_day"], told["last_day"]) == ("2025-07-01", "2026-06-30")


def test_dashboard__changed_in_the_middle_of_a_year__that_year_is_longer(api, inside):
    RoleGrant.objects.update(valid_from=date(2026, 1, 1))  # the cast came later than that day
    chief, today = api.as_("area_admin"), date(2026, 11, 26)
    tomorrow = str(today + timedelta(days=1))
    with time_machine.travel(f"{today}T09:00:00+07:00"):
        before = body_of(chief.get("/api/v1/dashboards/area"))
        made = chief.post(
            "/api/v1/settings/calendar/versions", {"document": JULY, "valid_from": tomorrow}
        )
        after = body_of(chief.get("/api/v1/dashboards/area"))
    assert made.status_code == 201
    assert (before["first_day"], before["last_day"]) == ("2026-05-16", "2027-05-15")
    assert (after["first_day"], after["last_day"]) == ("2026-05-16", "2027-06-30")
    assert after["academic_year"] == 2026
