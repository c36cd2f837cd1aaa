"""/trainings and /training-sessions: their states, and who sees them."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tenants.utils import schema_context

from pd_activities.models import Enrolment, Training, TrainingSession
from tests.client import body_of
from tests.pd_activities.training_cast import make_interval, make_session, make_training


@pytest.fixture
def coordinator(api):
    return api.as_("cluster_coordinator")


def _path(api, name: str, verb: str = "") -> str:
    return f"/api/v1/trainings/{api.area.things[name]}{verb}"


def _session_path(api, name: str, verb: str = "") -> str:
    return f"/api/v1/training-sessions/{api.area.things[name]}{verb}"


def _code(response) -> str:
    return body_of(response)["code"]


def test_training__from_draft_to_closed(api, coordinator):
    draft = {"title": "อ่านออกเขียนได้", "host": "cluster", "cluster": api.area.things["cluster"]}
    made = body_of(coordinator.post("/api/v1/trainings", {**draft, "modality": "onsite"}))
    path = f"/api/v1/trainings/{made['id']}"
    assert made["status"] == "draft"
    assert api.as_("teacher").get(path).status_code == 404

    refused = coordinator.post(f"{path}/open")
    assert (refused.status_code, _code(refused)) == (409, "training_without_sessions")

    now = timezone.now()
    times = {"starts_at": now - timedelta(hours=4), "ends_at": now - timedelta(hours=1)}
    times = {name: value.isoformat() for name, value in times.items()}
    assert coordinator.post(f"{path}/sessions", {**times, "mode": "onsite"}).status_code == 201

    assert body_of(coordinator.post(f"{path}/open"))["status"] == "open"
    assert api.as_("teacher").get(path).status_code == 200
    assert _code(coordinator.post(f"{path}/open")) == "training_not_draft"

    assert body_of(coordinator.post(f"{path}/close"))["status"] == "closed"
    assert _code(coordinator.post(f"{path}/close")) == "training_not_open"


def test_close__session_still_to_come__conflict_says_until_when(api, coordinator):
    response = coordinator.post(_path(api, "open_training", "/close"))
    assert (response.status_code, _code(response)) == (409, "training_not_over")
    assert "ends at 20" in body_of(response)["detail"]


@pytest.mark.parametrize(
    ("host", "named", "pointer"),
    [
        ("area", {"cluster": "cluster"}, "/cluster"),
        ("cluster", {}, "/cluster"),
        ("cluster", {"school": "school", "cluster": "cluster"}, "/school"),
        ("school", {}, "/school"),
    ],
)
def test_create_training__host_and_name_disagree__invalid(api, host, named, pointer):
    names = {key: api.area.things[thing] for key, thing in named.items()}
    body = {"title": "x", "host": host, "modality": "online", **names}
    response = api.as_("officer").post("/api/v1/trainings", body)

    assert response.status_code == 400
    assert body_of(response)["errors"][0]["pointer"] == pointer


def test_create_training__cluster_out_of_sight__same_answer_as_an_absent_one(api, coordinator):
    answers = []
    for cluster in (api.area.things["other_cluster"], "01936f2e-7c1a-7d6e-9b5f-3f2a1c0d4e5b"):
        body = {"title": "x", "host": "cluster", "cluster": cluster, "modality": "online"}
        response = coordinator.post("/api/v1/trainings", body)
        assert response.status_code == 400
        answers.append(body_of(response)["errors"])
    assert answers[0] == answers[1]


def test_create_training__for_the_area__not_by_a_coordinator(api, coordinator):
    body = {"title": "x", "host": "area", "modality": "online"}
    assert coordinator.post("/api/v1/trainings", body).status_code == 403
    assert api.as_("supervisor").post("/api/v1/trainings", body).status_code == 201


def test_trainings__director__runs_the_own_schools_only(api):
    director = api.as_("school_director")
    body = {"title": "x", "host": "school", "school": api.area.things["school"]}
    made = body_of(director.post("/api/v1/trainings", {**body, "modality": "onsite"}))

    assert made["school"] == str(api.area.things["school"])
    assert (
        api.as_("other_school_director").get(f"/api/v1/trainings/{made['id']}").status_code == 404
    )


def test_trainings__of_another_cluster__not_listed_until_invited(api):
    other = api.as_("other_teacher")
    path = f"/api/v1/trainings/{api.area.things['open_training']}"
    assert other.get(path).status_code == 404

    guest = {"teacher": api.area.things["other_teacher"]}
    assert api.as_("officer").post(f"{path}/enrolments", guest).status_code == 201
    assert other.get(path).status_code == 200


def test_trainings_list__queries_constant(api, django_assert_num_queries):
    teacher = api.as_("teacher")
    teacher.get("/api/v1/trainings")
    with django_assert_num_queries(2):  # session with grants; rows
        assert len(body_of(teacher.get("/api/v1/trainings", {"limit": "1"}))["items"]) == 1
    with django_assert_num_queries(2):
        assert len(body_of(teacher.get("/api/v1/trainings"))["items"]) >= 3


def test_sessions_list__queries_constant(api, django_assert_num_queries):
    teacher = api.as_("teacher")
    teacher.get("/api/v1/training-sessions")
    with django_assert_num_queries(2):
        assert len(body_of(teacher.get("/api/v1/training-sessions", {"limit": "1"}))["items"]) == 1
    with django_assert_num_queries(2):
        assert len(body_of(teacher.get("/api/v1/training-sessions"))["items"]) >= 3


def test_sessions_list__of_this_week__by_time(api):
    now = timezone.now()
    span = {"since": now.isoformat(), "until": (now + timedelta(hours=12)).isoformat()}
    items = body_of(api.as_("teacher").get("/api/v1/training-sessions", span))["items"]
    assert [each["id"] for each in items] == [str(api.area.things["training_session"])]


def test_update_training__more_seats__the_first_who_wait_move_up(api, coordinator):
    with schema_context(api.area.schema_name):
        training = Training.objects.get(pk=api.area.things["open_training"])
        training.capacity = 1
        training.save()
    path = _path(api, "open_training", "/enrolments")
    api.as_("teacher").post(path, {})
    waiting = api.as_("officer").post(path, {"teacher": api.area.things["other_teacher"]})
    assert body_of(waiting)["status"] == "waiting"

    too_few = coordinator.patch(_path(api, "training"), {"capacity": 1}, If_Match="*")
    assert too_few.status_code == 200  # one seat is taken there
    changed = coordinator.patch(_path(api, "open_training"), {"capacity": 2}, If_Match="*")

    assert body_of(changed)["enrolled_count"] == 2
    with schema_context(api.area.schema_name):
        assert not Enrolment.objects.filter(status="waiting").exists()


def test_update_training__fewer_seats_than_taken__conflict(api, coordinator):
    other = {"teacher": api.area.things["other_teacher"]}
    api.as_("officer").post(_path(api, "training", "/enrolments"), other)
    response = coordinator.patch(_path(api, "training"), {"capacity": 1}, If_Match="*")

    assert (response.status_code, _code(response)) == (409, "capacity_below_enrolled")


def test_ended_training__nothing_changes_any_more(api, coordinator):
    ended = _path(api, "closed_training")
    session = _session_path(api, "closed_session")
    times = {"starts_at": "2026-11-28T09:00:00+07:00", "ends_at": "2026-11-28T12:00:00+07:00"}
    for response in (
        coordinator.patch(ended, {"title": "x"}, If_Match="*"),
        coordinator.post(f"{ended}/cancel"),
        coordinator.post(f"{ended}/sessions", {**times, "mode": "onsite"}),
        coordinator.patch(session, {"place": "x"}, If_Match="*"),
        coordinator.delete(session, If_Match="*"),
    ):
        assert (response.status_code, _code(response)) == (409, "training_ended")


@pytest.mark.parametrize(
    ("starts_at", "ends_at"),
    [
        ("2026-11-28T12:00:00+07:00", "2026-11-28T12:00:00+07:00"),
        ("2026-11-28T09:00:00+07:00", "2026-11-30T09:00:00+07:00"),
        ("2569-11-28T09:00:00+07:00", "2569-11-28T12:00:00+07:00"),
    ],
)
def test_add_session__impossible_times__invalid(api, coordinator, starts_at, ends_at):
    body = {"starts_at": starts_at, "ends_at": ends_at, "mode": "onsite"}
    response = coordinator.post(_path(api, "training", "/sessions"), body)
    assert (response.status_code, _code(response)) == (400, "invalid_input")


def test_close__its_only_session_was_removed__conflict(api, coordinator):
    session = _session_path(api, "open_session")
    assert coordinator.delete(session, If_Match="*").status_code == 204
    response = coordinator.post(_path(api, "open_training", "/close"))
    assert (response.status_code, _code(response)) == (409, "training_without_sessions")


def test_remove_session__attended__conflict(api, coordinator):
    with schema_context(api.area.schema_name):
        session = TrainingSession.objects.get(pk=api.area.things["training_session"])
        make_interval(session, session.training.enrolments.get().teacher)
    response = coordinator.delete(_session_path(api, "training_session"), If_Match="*")
    assert (response.status_code, _code(response)) == (409, "session_attended")


def test_session__its_secret__never_told(api, coordinator):
    body = body_of(coordinator.get(_session_path(api, "training_session")))
    assert not [name for name in body if "secret" in name]


def test_training__school_hosted__coordinator_reads_but_does_not_run(api, coordinator):
    with schema_context(api.area.schema_name):
        training = make_training(
            api.area,
            "ของโรงเรียน",
            host="school",
            cluster_id=None,
            school_id=api.area.things["school"],
        )
        make_session(training, timezone.now())
    path = f"/api/v1/trainings/{training.pk}"
    assert coordinator.get(path).status_code == 200
    assert coordinator.post(f"{path}/cancel").status_code == 403
    assert api.as_("school_director").post(f"{path}/cancel").status_code == 200
