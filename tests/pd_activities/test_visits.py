"""A visit from the plan to the last next step, and who sees what of it when."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tenants.utils import schema_context

from clusters.models import Teacher
from core.errors import NotAllowedError
from core.journal.models import JournalEntry
from core.thai import sort_key
from pd_activities.actions import visits
from pd_activities.errors.visits import AlreadyObservedError, FollowUpClosedError
from pd_activities.models import FollowUpAction, Instrument, SupervisionVisit
from tests.client import body_of
from tests.pd_activities.supervision_cast import actor_of

FEEDBACK = {
    "held_at": "2026-06-03T10:00:00+07:00",
    "strengths": "เป้าหมายชัดเจน",
    "to_develop": "การใช้คำถาม",
    "follow_ups": [{"text": "ใช้คำถามปลายเปิด", "owner": "teacher", "due_on": "2026-07-01"}],
}


@pytest.fixture
def area_schema(api):
    with schema_context(api.area.schema_name):
        yield


def _url(api, thing, verb=""):
    return f"/api/v1/visits/{api.area.things[thing]}{verb}"


def test_visit__from_plan_to_close__every_step(api):
    lead, co, teacher = (
        api.as_(role) for role in ("supervisor", "other_school_director", "teacher")
    )
    path = _url(api, "visit")

    planned = body_of(lead.get(path))
    informed = body_of(lead.patch(path, {"informed_on": "2026-06-01"}, If_Match='"1"'))
    mine = {"ratings": {"goals": 4, "prior": 3}}
    assert body_of(lead.post(f"{path}/observe", mine))["status"] == "observed"
    joint = body_of(co.post(f"{path}/observe", {"ratings": {"goals": 4, "prior": 4}}))
    assert len(joint["observations"]) == 2
    given = body_of(lead.post(f"{path}/give-feedback", FEEDBACK))
    heard = body_of(teacher.post(f"{path}/acknowledge", {"reply": "จะลองใช้"}))
    early = lead.post(f"{path}/close")
    step = given["follow_ups"][0]["id"]
    assert teacher.post(f"/api/v1/follow-ups/{step}/close", {"outcome": "ใช้แล้ว"}).status_code == 200
    closed = body_of(lead.post(f"{path}/close"))

    phases = [each["pidre_phase"] for each in (planned, informed, joint, given, closed)]
    assert phases == ["planning", "informing", "doing", "reinforcing", "evaluating"]
    assert heard["feedback"]["reply"] == "จะลองใช้"
    assert early.status_code == 409
    assert body_of(early)["code"] == "follow_ups_open"
    assert closed["status"] == "closed"


def test_agreement__two_observers__counted_exactly(api):
    path = _url(api, "observed_visit")
    other = api.as_("other_school_director")
    other.post(f"{path}/observe", {"ratings": {"goals": 4, "prior": 3, "active": 4, "climate": 2}})

    found = body_of(other.get(f"{path}/agreement"))

    assert (found["compared_count"], found["agreed_count"]) == (3, 2)
    assert found["exact_agreement"] == pytest.approx(2 / 3)
    assert found["reason"] is None


def test_agreement__one_observer__no_number_but_a_reason(api):
    found = body_of(api.as_("supervisor").get(_url(api, "observed_visit", "/agreement")))

    assert found["exact_agreement"] is None
    assert found["reason"]["code"] == "single_observer"


def test_journal__of_an_observation__holds_no_score(api):
    api.as_("supervisor").post(_url(api, "visit", "/observe"), {"ratings": {"goals": 2}})
    with schema_context(api.area.schema_name):
        entry = JournalEntry.objects.latest("number")
    assert entry.verb == "pd_activities.visit.observed"
    assert entry.values == {"status": ["planned", "observed"]}


@pytest.mark.parametrize("observer", ["supervisor", "other_school_director"])
def test_observe__own_ratings__in_once_only(api, observer):
    path = _url(api, "visit", "/observe")
    first = api.as_(observer).post(path, {"ratings": {"goals": 4}})
    again = api.as_(observer).post(path, {"ratings": {"goals": 5}})

    assert first.status_code == 200
    assert body_of(again)["code"] == "already_observed"


@pytest.mark.parametrize("ratings", [{}, {"goals": 6}, {"unknown": 3}])
def test_observe__off_the_form__400(api, ratings):
    response = api.as_("supervisor").post(_url(api, "visit", "/observe"), {"ratings": ratings})

    assert response.status_code == 400
    assert body_of(response)["errors"][0]["pointer"].startswith("/ratings")


def test_ratings__colleague_who_has_not_observed__sees_none(api):
    shown = body_of(api.as_("other_school_director").get(_url(api, "observed_visit")))
    assert shown["observations"] == []
    refused = api.as_("other_school_director").get(_url(api, "observed_visit", "/agreement"))
    assert refused.status_code == 403


@pytest.mark.parametrize("role", ["teacher", "school_director", "cluster_coordinator"])
def test_ratings__before_and_after_feedback(api, role):
    client = api.as_(role)
    assert body_of(client.get(_url(api, "observed_visit")))["observations"] == []
    assert len(body_of(client.get(_url(api, "visit_with_feedback")))["observations"]) == 1


@pytest.mark.parametrize(
    "role", ["other_teacher", "other_cluster_coordinator", "committee_member", "viewer"]
)
def test_visit__of_a_colleague__does_not_exist(api, role):
    client = api.as_(role)
    assert client.get(_url(api, "visit_with_feedback")).status_code == 404
    assert body_of(client.get("/api/v1/visits"))["items"] == []
    assert body_of(client.get("/api/v1/follow-ups"))["items"] == []


@pytest.mark.parametrize(
    ("thing", "verb", "by", "body"),
    [
        ("observed_visit", "/cancel", "supervisor", None),
        ("visit_with_feedback", "/observe", "supervisor", {"ratings": {"goals": 3}}),
        ("visit", "/give-feedback", "supervisor", FEEDBACK),
        ("visit", "/acknowledge", "teacher", {}),
        ("visit", "/close", "supervisor", None),
    ],
)
def test_visit__step_out_of_order__conflict(api, thing, verb, by, body):
    response = api.as_(by).post(_url(api, thing, verb), body)

    assert response.status_code == 409
    assert body_of(response)["code"] == "visit_status"


def test_update_visit__observed__conflict(api):
    response = api.as_("supervisor").patch(
        _url(api, "observed_visit"), {"focus": "x"}, If_Match="*"
    )
    assert body_of(response)["code"] == "visit_status"


def test_update_visit__other_observers__replaced(api):
    officer = str(api.area.people["officer"].user_id)
    changed = api.as_("supervisor").patch(
        _url(api, "visit"), {"co_observers": [officer]}, If_Match="*"
    )

    assert sorted(body_of(changed)["observers"]) == sorted(
        [officer, str(api.area.people["supervisor"].user_id)]
    )
    assert api.as_("other_school_director").get(_url(api, "visit")).status_code == 404


def test_plan_visit__teacher_as_own_observer__400(api):
    response = api.as_("supervisor").post(
        "/api/v1/visits",
        {
            "teacher": api.area.things["teacher"],
            "planned_on": "2026-12-01",
            "co_observers": [api.area.people["teacher"].user_id],
        },
    )
    assert body_of(response)["errors"][0]["pointer"] == "/co_observers"


def test_plan_visit__no_default_instrument__conflict(api, area_schema):
    Instrument.objects.update(is_default=False)
    response = api.as_("supervisor").post(
        "/api/v1/visits", {"teacher": api.area.things["teacher"], "planned_on": "2026-12-01"}
    )
    assert body_of(response)["code"] == "no_default_instrument"


def test_give_feedback__in_the_future__400(api):
    tomorrow = timezone.now() + timedelta(days=1)
    response = api.as_("supervisor").post(
        _url(api, "observed_visit", "/give-feedback"), {**FEEDBACK, "held_at": tomorrow}
    )
    assert body_of(response)["errors"][0]["pointer"] == "/held_at"


def test_close_visit__teacher_without_account__needs_no_acknowledgement(api, area_schema):
    Teacher.objects.filter(pk=api.area.things["teacher"]).update(user=None)
    FollowUpAction.objects.update(
        closed_at=timezone.now(), closed_by=api.area.people["officer"].user_id
    )

    assert api.as_("supervisor").post(_url(api, "visit_with_feedback", "/close")).status_code == 200


def test_close_follow_up__who_owes_it__and_nobody_twice(api, area_schema):
    path = f"/api/v1/follow-ups/{api.area.things['follow_up']}/close"
    FollowUpAction.objects.update(owner="director")

    assert api.as_("teacher").post(path, {"outcome": "x"}).status_code == 403
    assert api.as_("school_director").post(path, {"outcome": "จัดห้องแล้ว"}).status_code == 200
    assert body_of(api.as_("supervisor").post(path, {"outcome": "x"}))["code"] == "follow_up_closed"


def test_close_follow_up__read_before_another_closed_it__one_effect(api, area_schema):
    lead = actor_of(api.area, "supervisor")
    stale = FollowUpAction.objects.get(pk=api.area.things["follow_up"])
    visits.close_follow_up(stale, outcome="first", actor=lead)
    with pytest.raises(FollowUpClosedError), transaction.atomic():
        visits.close_follow_up(stale, outcome="second", actor=lead)
    stale.refresh_from_db()
    assert stale.outcome == "first"


def test_observe__read_before_own_came_in__one_effect(api, area_schema):
    lead = actor_of(api.area, "supervisor")
    stale = SupervisionVisit.objects.get(pk=api.area.things["visit"])
    visits.observe(stale, ratings={"goals": 4}, actor=lead)
    with pytest.raises(AlreadyObservedError), transaction.atomic():
        visits.observe(stale, ratings={"goals": 1}, actor=lead)


def test_observe__taken_off_the_visit_meanwhile__not_allowed(api, area_schema):
    stale = SupervisionVisit.objects.get(pk=api.area.things["visit"])
    co_observer = actor_of(api.area, "other_school_director")
    visits.update_visit(stale, {"co_observers": []}, actor=actor_of(api.area, "supervisor"))
    with pytest.raises(NotAllowedError), transaction.atomic():
        visits.observe(stale, ratings={"goals": 4}, actor=co_observer)


@pytest.mark.parametrize("role", ["supervisor", "teacher", "cluster_coordinator"])
def test_list_visits__queries_equal_with_one_and_three(api, area_schema, role):
    assert _queries(api.as_(role), "/api/v1/visits?limit=1") == _queries(
        api.as_(role), "/api/v1/visits?limit=3"
    )


def test_list_follow_ups__queries_equal_with_one_and_three(api):
    before = _queries(api.as_("teacher"), "/api/v1/follow-ups")
    visit = api.area.things["observed_visit"]
    with schema_context(api.area.schema_name):
        for day in (1, 2):
            FollowUpAction.objects.create(
                visit_id=visit, text="x", owner="lead", due_on=date(2026, 8, day)
            )
    assert _queries(api.as_("teacher"), "/api/v1/follow-ups") == before


def _queries(client, path):
    with CaptureQueriesContext(connection) as captured:
        assert body_of(client.get(path))["items"]
    return len(captured)


def test_plan_visit__teacher_moves_later__visit_stays_with_its_school(api, area_schema):
    Teacher.objects.filter(pk=api.area.things["teacher"]).update(
        school=api.area.things["other_school"], sort_key=sort_key("ครู")
    )
    assert api.as_("school_director").get(_url(api, "visit")).status_code == 200
