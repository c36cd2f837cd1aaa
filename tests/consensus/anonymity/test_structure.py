"""What keeps answers and people apart: columns, foreign keys, and numbers of five or more."""

import json
import uuid

import pytest
from django.db import connection
from django_tenants.utils import schema_context

from consensus.actions.answers import GivenRating, save_rating
from consensus.models import CertificationAnswer, Panelist, PanelSeat, Rating, Round, TextAnswer
from consensus.participation import Recording
from core.jobs.models import Job
from core.journal.models import JournalEntry
from tests.client import body_of
from tests.consensus.building import build, credential_of

_MARK = "ความเห็นลับเฉพาะ"


@pytest.fixture
def schema(api):
    return api.area.schema_name


@pytest.fixture
def running(api, schema):
    """A second round is open; in the first, each panelist gave a comment that nobody else gave."""
    with schema_context(schema):
        built = build(api.area.people["supervisor"].user_id, panel=6).seal()
        built.open()
        _answer(built)
        built.close()
        built.open()
        _answer(built)
        return built


def _answer(built):
    for number, panelist in enumerate(built.panelists):
        for item in built.items:
            rating = GivenRating(rating=1 + number % 5, comment=f"{_MARK}{number}")
            save_rating(panelist, item.pk, rating)


def test_panelists_list__tells_who_is_asked_and_nothing_of_answers(api, running):
    path = f"/api/v1/studies/{running.study.pk}/panelists"
    shown = body_of(api.as_("supervisor").get(path))["items"]
    assert {name for person in shown for name in person} == {
        "id", "version", "kind", "name", "email", "expertise", "language", "state", "letter_at",
        "consented_at", "consent_way", "conflict_of_interest",
    }  # fmt: skip


def test_open_round__numbers_of_completion_only(api, running):
    supervisor = api.as_("supervisor")
    path = f"/api/v1/rounds/{running.rounds[1].pk}/completion"
    assert body_of(supervisor.get(path)) == {
        "asked": 6, "answered": 6, "complete": 6, "incomplete": 0,
    }  # fmt: skip
    results = body_of(supervisor.get(f"/api/v1/studies/{running.study.pk}/results"))
    assert [each["number"] for each in results["rounds"]] == [1]


def test_journal_and_jobs__after_a_whole_study__hold_no_answer(schema, running):
    with schema_context(schema):
        running.close()
        told = json.dumps(
            [*JournalEntry.objects.values(), *Job.objects.values()], default=str, ensure_ascii=False
        )
        seats = [str(pk) for pk in PanelSeat.objects.values_list("pk", flat=True)]
        answers = [str(pk) for pk in Rating.objects.values_list("pk", flat=True)]
        verbs = set(JournalEntry.objects.values_list("verb", flat=True))
    assert not [each for each in [*seats, *answers] if each in told]
    assert _MARK not in told
    assert not [verb for verb in verbs if "rating" in verb or "answer" in verb]


def test_answers__random_ids_no_time_no_person(schema, running):
    with schema_context(schema):
        ids = list(Rating.objects.values_list("pk", flat=True))
        assert {each.version for each in ids} == {4}
        for seat in PanelSeat.objects.all():
            assert seat.pk.version == 4
    for model in (Rating, TextAnswer, CertificationAnswer, PanelSeat):
        assert isinstance(model._meta.pk.default(), uuid.UUID)
        kinds = {field.get_internal_type() for field in model._meta.get_fields()}
        assert not kinds & {"DateTimeField", "DateField", "TimeField"}
        related = {field.related_model for field in model._meta.get_fields()}
        assert Panelist not in related or model is PanelSeat


def test_database__nothing_but_the_person_leads_from_person_to_pseudonym(schema):
    with schema_context(schema), connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text FROM pg_constraint WHERE contype = 'f' "
            "AND confrelid = 'consensus_panelist'::regclass"
        )
        leading = {row[0] for row in cursor.fetchall()}
        assert leading == {"consensus_panellink", "consensus_recording", "consensus_followup"}
        cursor.execute(
            "SELECT conrelid::regclass::text FROM pg_constraint WHERE contype = 'f' "
            "AND confrelid = 'consensus_panelseat'::regclass"
        )
        assert not leading & {row[0] for row in cursor.fetchall()}


@pytest.fixture
def recorded(api, running):
    """In the open round a recorder enters for two, one of whom has answered before."""
    recorder = api.area.people["teacher"].user_id
    changes = {"recorders": [str(recorder)]}
    path = f"/api/v1/studies/{running.study.pk}"
    assert api.as_("area_admin").patch(path, changes, If_Match="*").status_code == 200
    with schema_context(api.area.schema_name):
        items = running.items
    for panelist in running.panelists[:2]:
        body = {"way": "interview", "agreed": True}
        started = api.as_("teacher").post(f"/api/v1/recordings/{panelist.pk}/start", body)
        page = api.with_token(body_of(started)["credential"])
        for item in items:
            sent = {"rating": 2, "comment": f"{_MARK}บันทึก"}
            answer = page.put(f"/api/v1/panel/answers/{item.pk}", sent)
            assert answer.status_code == 200
    return running


def test_recorded_answers__for_whom__stands_in_no_list(api, recorded):
    listed = body_of(api.as_("teacher").get("/api/v1/recordings"))["items"]
    people = [each for each in listed if each["study"] == str(recorded.study.pk)]
    assert len({str({**each, "id": 0, "name": 0}) for each in people}) == 1  # all look alike


def test_recorded_answers__journal_and_rows__hold_nothing_of_them(schema, recorded):
    with schema_context(schema):
        entries = JournalEntry.objects.filter(verb__contains="recording")
        assert {entry.verb for entry in entries} == {"consensus.panelist.recording_started"}
        assert {tuple(sorted(entry.values)) for entry in entries} == {("round", "way")}
        told = json.dumps([*JournalEntry.objects.values()], default=str, ensure_ascii=False)
        assert _MARK not in told
        kinds = {field.get_internal_type() for field in Recording._meta.get_fields()}
        assert not kinds & {"DateTimeField", "DateField", "TimeField"}
        ratings = {field.name for field in Rating._meta.get_fields()}
    assert not [name for name in ratings if "record" in name or "way" in name]


def test_results__fewer_than_five__nothing_of_what_they_said(api, schema):
    with schema_context(schema):
        built = build(api.area.people["supervisor"].user_id, panel=6).seal()
        round_ = built.open()
        built.rate([1, 5, 1, 5])
        built.close()
    path = f"/api/v1/studies/{built.study.pk}/results"
    results = body_of(api.as_("supervisor").get(path))["rounds"][0]["results"]
    for item in results["items"]:
        assert item["n"] == 4
        assert item["summary"] == item["judgement"] == {"undefined": "too_few"}
    assert results["agreement"] == {"undefined": "too_few"}
    with schema_context(schema):
        assert "counts" not in json.dumps(Round.objects.get(pk=round_.pk).results)


def test_feedback__fewer_than_five__hidden_with_the_comments(api, schema):
    with schema_context(schema):
        built = build(api.area.people["supervisor"].user_id, panel=6).seal()
        built.open()
        for panelist in built.panelists[:4]:
            given = GivenRating(rating=2, comment=_MARK)
            save_rating(panelist, built.items[0].pk, given)
        built.close()
        built.open()
        client = api.with_token(credential_of(built.panelists[0]))
    first = body_of(client.get("/api/v1/panel/feedback"))["items"][0]
    assert first["own_rating"] == 2
    assert first["distribution"] is first["median"] is first["outside"] is None
    assert first["comments"] == []


def test_logs__of_an_answer__name_nobody(api, caplog):
    client = api.as_("panelist")
    with caplog.at_level("INFO"):
        client.put(f"/api/v1/panel/answers/{api.area.things['rated_item']}", {"rating": 4})
    told = caplog.text
    assert "panel/answers" in told
    assert str(api.area.people["panelist"].user_id) not in told
