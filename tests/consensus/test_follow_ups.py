"""Visits and calls, noted beside reminders."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tenants.utils import schema_context

from consensus.models import Round
from consensus.participation import FollowUp
from core.journal.models import JournalEntry
from tests.client import body_of
from tests.consensus.building import build


@pytest.fixture
def study(api):
    with schema_context(api.area.schema_name):
        built = build(api.area.people["supervisor"].user_id).seal()
        built.open()
        yield built


def _note(api, study, person=None, **given):
    body = {
        "panelist": str((person or study.panelists[0]).pk),
        "round": str(study.rounds[0].pk),
        "way": "call",
        **given,
    }
    return api.as_("supervisor").post(f"/api/v1/studies/{study.study.pk}/follow-ups", body)


def _said(response):
    return response.status_code, body_of(response)["code"]


def _pointer(response):
    assert response.status_code == 400, response.content
    return body_of(response)["errors"][0]["pointer"]


def test_noted__listed_and_counted_beside_reminders(api, study):
    supervisor = api.as_("supervisor")
    for _ in range(2):
        path = f"/api/v1/rounds/{study.rounds[0].pk}/remind"
        assert supervisor.post(path).status_code == 202
    for way in ("visit", "call", "call"):
        assert _note(api, study, way=way, note="นัดอีกครั้งวันศุกร์").status_code == 201
    listed = body_of(supervisor.get(f"/api/v1/studies/{study.study.pk}/follow-ups"))["items"]
    assert sorted(each["way"] for each in listed) == ["call", "call", "visit"]
    study.close()
    flow = body_of(supervisor.get(f"/api/v1/studies/{study.study.pk}/panel-flow"))["rounds"][0]
    assert flow["reminders"] == 2
    assert flow["follow_ups"] == {"visit": 1, "call": 2, "message": 0, "letter": 0}


def test_noted__of_someone_who_has_finished__the_same_answer(api, study):
    """To refuse it would tell who has finished."""
    study.rate([5])
    answers = [_note(api, study, person) for person in study.panelists[:2]]
    assert [each.status_code for each in answers] == [201, 201]
    assert {*body_of(answers[0])} == {*body_of(answers[1])}


def test_noted__after_the_round_has_closed__of_when_it_was_open(api, study):
    during = timezone.now()
    study.close()
    assert _note(api, study, at=during.isoformat()).status_code == 201
    assert _pointer(_note(api, study)) == "/at"


@pytest.mark.parametrize("hours", [-1, 1])
def test_noted__before_the_round_or_in_the_future__refused(api, study, hours):
    at = (timezone.now() + timedelta(hours=hours)).isoformat()
    assert _pointer(_note(api, study, at=at)) == "/at"


def test_noted__whom_the_round_does_not_ask__refused(api, study):
    assert _said(_note(api, study, study.certifiers[0])) == (409, "nothing_asked")


def test_noted__person_or_round_of_another_study__refused(api, study):
    other = str(api.area.things["study_panelist"])
    assert _pointer(_note(api, study, panelist=other)) == "/panelist"
    elsewhere = str(Round.objects.exclude(study=study.study).first().pk)
    assert _pointer(_note(api, study, round=elsewhere)) == "/round"


def test_journal__names_the_note_and_does_not_hold_it(api, study):
    _note(api, study, note="ป่วยอยู่โรงพยาบาล")
    entry = JournalEntry.objects.latest("number")
    assert entry.verb == "consensus.follow_up.noted"
    assert "note" in entry.fields
    assert "โรงพยาบาล" not in str(entry.values)


def test_removed__gone_and_in_the_journal(api, study):
    noted = body_of(_note(api, study))["id"]
    path = f"/api/v1/studies/{study.study.pk}/follow-ups/{noted}"
    assert api.as_("supervisor").delete(path).status_code == 204
    assert api.as_("supervisor").delete(path).status_code == 404
    assert not FollowUp.objects.filter(pk=noted).exists()
    assert JournalEntry.objects.latest("number").verb == "consensus.follow_up.removed"


def test_list__queries_constant(api, study, django_assert_num_queries):
    client = api.as_("supervisor")
    path = f"/api/v1/studies/{study.study.pk}/follow-ups"
    client.get(path)
    for count in (1, 3):
        while FollowUp.objects.filter(round__study=study.study).count() < count:
            _note(api, study)
        with django_assert_num_queries(3):
            client.get(path)
