"""Seats, waiting lists, and who may give a place back."""

import pytest
from django_tenants.utils import schema_context

from clusters.models import Teacher
from core.journal.models import JournalEntry
from core.thai import sort_key
from pd_activities.models import Enrolment, Training
from tests.client import body_of


def _path(api) -> str:
    return f"/api/v1/trainings/{api.area.things['open_training']}/enrolments"


@pytest.fixture
def colleagues(api) -> list[str]:
    """Three more teachers of the first school, and an open training with two seats."""
    with schema_context(api.area.schema_name):
        Training.objects.filter(pk=api.area.things["open_training"]).update(capacity=2)
        return [
            Teacher.objects.create(
                staff_code=f"colleague-{number}",
                name_th=f"ครู {number}",
                sort_key=sort_key(f"ครู {number}"),
                school_id=api.area.things["school"],
            ).pk
            for number in range(3)
        ]


def _enrol_all(api, teachers):
    coordinator = api.as_("cluster_coordinator")
    return [body_of(coordinator.post(_path(api), {"teacher": each})) for each in teachers]


def test_enrol__oneself__a_seat(api):
    response = api.as_("teacher").post(_path(api), {})

    assert response.status_code == 201
    body = body_of(response)
    assert (body["status"], body["number"]) == ("enrolled", 1)
    assert body["teacher"] == str(api.area.things["teacher"])


def test_enrol__twice__one_seat(api):
    first = api.as_("teacher").post(_path(api), {})
    again = api.as_("teacher").post(_path(api), {})

    assert (first.status_code, again.status_code) == (201, 200)
    assert body_of(first)["id"] == body_of(again)["id"]
    training = body_of(api.as_("teacher").get(_path(api).removesuffix("/enrolments")))
    assert training["enrolled_count"] == 1


def test_enrol__full__waits_in_order(api, colleagues):
    enrolled = _enrol_all(api, colleagues)
    assert [each["status"] for each in enrolled] == ["enrolled", "enrolled", "waiting"]
    assert [each["number"] for each in enrolled] == [1, 2, 3]


def test_cancel__a_seat__goes_to_the_first_who_waits(api, colleagues):
    first, _, third = _enrol_all(api, colleagues)
    coordinator = api.as_("cluster_coordinator")
    assert body_of(coordinator.post(f"/api/v1/enrolments/{first['id']}/cancel"))["version"] == 2
    again = coordinator.post(f"/api/v1/enrolments/{first['id']}/cancel")

    assert (again.status_code, body_of(again)["status"]) == (200, "cancelled")
    assert body_of(coordinator.get(f"/api/v1/enrolments/{third['id']}"))["status"] == "enrolled"
    with schema_context(api.area.schema_name):
        verbs = list(JournalEntry.objects.order_by("-number").values_list("verb", flat=True)[:2])
    assert verbs == ["pd_activities.enrolment.promoted", "pd_activities.enrolment.cancelled"]


def test_cancel__while_waiting__nobody_moves(api, colleagues):
    *_, third = _enrol_all(api, colleagues)
    api.as_("cluster_coordinator").post(f"/api/v1/enrolments/{third['id']}/cancel")

    with schema_context(api.area.schema_name):
        training = Training.objects.get(pk=api.area.things["open_training"])
        assert training.enrolled_count == 2


def test_enrol__after_cancelling__at_the_end_of_the_queue(api, colleagues):
    first, *_ = _enrol_all(api, colleagues)
    api.as_("cluster_coordinator").post(f"/api/v1/enrolments/{first['id']}/cancel")
    [again] = _enrol_all(api, colleagues[:1])

    assert (again["id"], again["status"], again["number"]) == (first["id"], "waiting", 4)


def test_enrol__training_not_open__conflict(api):
    path = f"/api/v1/trainings/{api.area.things['closed_training']}/enrolments"
    response = api.as_("officer").post(path, {"teacher": api.area.things["teacher"]})
    assert (response.status_code, body_of(response)["code"]) == (409, "training_not_open")


def test_cancel__training_closed__conflict(api):
    with schema_context(api.area.schema_name):
        enrolment = Enrolment.objects.get(training=api.area.things["closed_training"])
    response = api.as_("teacher").post(f"/api/v1/enrolments/{enrolment.pk}/cancel")
    assert (response.status_code, body_of(response)["code"]) == (409, "training_not_open")


def test_enrol__without_a_staff_record__conflict(api):
    response = api.as_("cluster_coordinator").post(_path(api), {})
    assert (response.status_code, body_of(response)["code"]) == (409, "no_staff_record")


def test_enrol__a_colleague__not_by_a_teacher(api, colleagues):
    response = api.as_("teacher").post(_path(api), {"teacher": colleagues[0]})
    assert response.status_code == 403


def test_enrol__own_id__kept(api):
    chosen = "01936f2e-7c1a-7d6e-9b5f-3f2a1c0d4e5b"
    assert body_of(api.as_("teacher").post(_path(api), {"id": chosen}))["id"] == chosen


def test_enrolments__each_sees_their_own_people(api, colleagues):
    _enrol_all(api, colleagues)
    query = {"training": str(api.area.things["open_training"])}

    def count(role: str) -> int:
        return len(body_of(api.as_(role).get("/api/v1/enrolments", query))["items"])

    assert count("school_director") == count("supervisor") == 3
    assert count("teacher") == count("other_school_director") == 0


def test_enrolments_list__queries_constant(api, colleagues, django_assert_num_queries):
    _enrol_all(api, colleagues)
    director = api.as_("school_director")
    with django_assert_num_queries(2):
        assert len(body_of(director.get("/api/v1/enrolments", {"limit": "1"}))["items"]) == 1
    with django_assert_num_queries(2):
        assert len(body_of(director.get("/api/v1/enrolments"))["items"]) >= 3
