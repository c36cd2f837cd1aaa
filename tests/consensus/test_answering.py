"""PUT /panel/…: saved as given, changeable, refused where nothing is asked."""

from datetime import timedelta
from urllib.parse import quote

import pytest
import time_machine
from django.utils import timezone
from django_tenants.utils import schema_context

from consensus.actions.answers import decline_invitation
from consensus.actions.panel import add_panelist, update_panelist
from consensus.actions.rounds import close_round
from consensus.actions.studies import abandon_study
from consensus.models import Panelist, Rating, Round, Study
from consensus.participation import PanelLink
from core.actor import SYSTEM
from tests.client import body_of
from tests.consensus.building import as_admin, build, credential_of, open_then_rating, token_of


@pytest.fixture
def answering(api):
    with schema_context(api.area.schema_name):
        yield api


def _item(api):
    return f"/api/v1/panel/answers/{api.area.things['rated_item']}"


def _code(response):
    return response.status_code, body_of(response)["code"]


def _person(api, name) -> Panelist:
    return Panelist.objects.get(pk=api.area.people[name].user_id)


def _batch(api, **given):
    return {"items": [{"id": str(api.area.things["rated_item"]), "rating": 4, **given}]}


_WRITING = {
    "answers": ("PUT", _item, {"rating": 4}, "panelist"),
    "batch": ("PUT", lambda _: "/api/v1/panel/answers", _batch, "panelist"),
    "texts": (
        "PUT",
        lambda api: f"/api/v1/panel/texts/{api.area.things['prompt']}",
        {"text": "ก"},
        "writer",
    ),
    "certification": (
        "PUT",
        lambda _: "/api/v1/panel/certification",
        {"answers": [{"part": "", "criterion": "usefulness", "value": 1}]},
        "certifier",
    ),
    "finish": ("POST", lambda _: "/api/v1/panel/finish", None, "panelist"),
}


def _write(api, name, by=None):
    method, path, body, usual = _WRITING[name]
    sent = body(api) if callable(body) else body
    return api.as_(by or usual).send(method, path(api), body=sent)


def test_rating__given_then_changed__one_answer_the_last(answering):
    client = answering.as_("panelist")
    for body in (
        {"rating": 2, "comment": "ยังไม่แน่ใจ"},
        {"rating": 4},
        {"no_opinion": True},
        {"rating": 5},
    ):
        assert client.put(_item(answering), body).status_code == 200

    page = body_of(client.get("/api/v1/panel"))

    mine = next(
        item for item in page["items"] if item["id"] == str(answering.area.things["rated_item"])
    )
    assert (mine["rating"], mine["no_opinion"], mine["comment"]) == (5, False, "")
    assert page["left"] == 1
    with schema_context(answering.area.schema_name):
        assert Rating.objects.filter(round=answering.area.things["open_round"]).count() == 1


def test_rating__taken_back__counts_as_missing(answering):
    client = answering.as_("panelist")
    client.put(_item(answering), {"rating": 2})
    client.put(_item(answering), {"comment": "ขอคิดก่อน"})

    assert body_of(client.get("/api/v1/panel"))["left"] == 2
    path = f"/api/v1/rounds/{answering.area.things['open_round']}/completion"
    assert body_of(answering.as_("supervisor").get(path))["answered"] == 0


@pytest.mark.parametrize("name", [name for name in _WRITING if name != "batch"])
def test_answer__meant_for_another_round__refused(answering, name):
    method, path, body, usual = _WRITING[name]
    for number, status in ((7, 409), (_open_number(answering, usual), None)):
        sent = {**(body or {}), "round": number}
        response = answering.as_(usual).send(method, path(answering), body=sent)
        if status:
            assert _code(response) == (409, "round_not_open")
        else:
            assert response.status_code in (200, 204)


def _open_number(api, name) -> int:
    return body_of(api.as_(name).get("/api/v1/panel"))["round"]["number"]


@pytest.mark.parametrize(
    "body", [{"rating": 6}, {"rating": 0}, {"rating": 3, "no_opinion": True}, {"rating": "3"}]
)
def test_rating__off_the_scale__refused(answering, body):
    response = answering.as_("panelist").put(_item(answering), body)
    assert _code(response) == (400, "invalid_input")


def test_rating__item_of_another_study__not_found(answering):
    path = f"/api/v1/panel/answers/{answering.area.things['study_item']}"
    assert answering.as_("panelist").put(path, {"rating": 3}).status_code == 404


def test_text__prompt_that_is_not_asked__not_found(answering):
    response = answering.as_("writer").put("/api/v1/panel/texts/nothing", {"text": "ก"})
    assert response.status_code == 404


def test_certification__page__tells_what_is_judged_and_every_choice_in_words(answering):
    page = body_of(answering.as_("certifier").get("/api/v1/panel"))

    assert [each["section"] for each in page["judged"]] == ["awareness", "commitment"]
    first = page["certification"][0]
    assert (first["part"], first["part_text"]) == ("", "Overall")
    assert [each["code"] for each in first["choices"]] == ["1", "2"]
    assert body_of(answering.as_("panelist").get("/api/v1/panel"))["judged"] == []


@pytest.mark.parametrize(
    "answer",
    [
        {"part": "no-section", "criterion": "usefulness", "value": 1},
        {"part": "", "criterion": "beauty", "value": 1},
        {"part": "", "criterion": "usefulness", "value": 3},
    ],
)
def test_certification__what_is_not_asked__refused(answering, answer):
    response = answering.as_("certifier").put("/api/v1/panel/certification", {"answers": [answer]})
    assert _code(response) == (400, "invalid_input")


@pytest.mark.parametrize("name", _WRITING)
def test_writing__before_consent__refused(answering, name):
    person = _person(answering, _WRITING[name][3])
    decline_invitation(person, actor=SYSTEM)

    assert _code(_write(answering, name)) == (409, "consent_needed")


@pytest.mark.parametrize("name", _WRITING)
def test_writing__after_closing__refused(answering, name):
    person = _person(answering, _WRITING[name][3])
    round_ = Round.objects.get(study=person.study_id, status="open")
    close_round(round_, actor=as_admin(answering.area.people["supervisor"].user_id))

    assert _code(_write(answering, name)) == (409, "round_not_open")


@pytest.mark.parametrize("name", _WRITING)
def test_writing__past_the_closing_time_and_nobody_has_closed_yet__refused(answering, name):
    person = _person(answering, _WRITING[name][3])
    Round.objects.filter(study=person.study_id, status="open").update(
        closes_at=timezone.now() + timedelta(minutes=1)
    )
    assert _write(answering, name).status_code in (200, 204)
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        assert _code(_write(answering, name)) == (409, "round_not_open")


@pytest.mark.parametrize(
    ("name", "by"),
    [
        ("answers", "writer"),
        ("batch", "writer"),
        ("texts", "panelist"),
        ("certification", "panelist"),
    ],
)
def test_writing__what_the_open_round_does_not_ask__refused(answering, name, by):
    assert _code(_write(answering, name, by)) == (409, "nothing_asked")


def test_finish__by_a_certifier_while_panelists_rate__refused(answering):
    study = Study.objects.get(pk=_person(answering, "panelist").study_id)
    certifier = Panelist.objects.filter(study=study, kind="certifier").first()
    client = answering.with_token(credential_of(certifier))

    assert _code(client.post("/api/v1/panel/finish")) == (409, "nothing_asked")


@pytest.mark.parametrize("verb", ["accept", "decline"])
def test_invitation__of_a_study_that_has_ended__refused(answering, verb):
    study = Study.objects.get(pk=_person(answering, "panelist").study_id)
    abandon_study(study, reason="ยุติ", actor=SYSTEM)

    response = answering.as_("panelist").post(
        f"/api/v1/panel/{verb}", {} if verb == "accept" else None
    )

    assert _code(response) == (409, "wrong_study_status")


def test_decline__after_consent__withdrawn_and_back_again(answering):
    client = answering.as_("panelist")

    assert body_of(client.post("/api/v1/panel/decline")) == {"state": "withdrawn"}
    assert body_of(client.post("/api/v1/panel/accept", {})) == {"state": "accepted"}


def test_consent__again_without_a_word_on_conflicts__keeps_what_was_declared(answering):
    client = answering.as_("panelist")
    client.post("/api/v1/panel/accept", {"conflict_of_interest": "ที่ปรึกษาของโครงการ"})
    client.post("/api/v1/panel/accept", {})
    assert _person(answering, "panelist").conflict_of_interest == "ที่ปรึกษาของโครงการ"


@pytest.mark.parametrize("code", ["a/b", "ก ข", "100%"])
def test_text__prompt_with_any_code__answered(api, facilitator, code):
    built = build(facilitator, protocol=open_then_rating(code), items=[]).seal()
    built.open()
    client = api.with_token(credential_of(built.panelists[0]))
    path = f"/api/v1/panel/texts/{quote(code, safe='')}"
    assert client.put(path, {"text": "คลังสื่อ"}).status_code == 200
    assert body_of(client.get("/api/v1/panel"))["prompts"][0]["answer"] == "คลังสื่อ"


class TestLinks:
    def test_exchange__several_links__all_valid(self, answering):
        person = _person(answering, "panelist")
        for token in (token_of(person), token_of(person)):
            for _ in range(2):  # on several devices
                response = answering.post("/api/v1/panel/exchange", {"token": token})
                assert response.status_code == 201

    def test_exchange__unknown_or_expired__one_answer(self, answering):
        person = _person(answering, "panelist")
        token = token_of(person)
        PanelLink.objects.update(expires_at=timezone.now())
        for each in (token, "x" * 43):
            response = answering.post("/api/v1/panel/exchange", {"token": each})
            assert _code(response) == (404, "panel_link_not_valid")

    def test_credential__link_expired__ends_at_once(self, answering):
        PanelLink.objects.update(expires_at=timezone.now())
        assert answering.as_("panelist").get("/api/v1/panel").status_code == 401

    def test_credential__a_day_later__expired(self, answering):
        with time_machine.travel(timezone.now() + timedelta(days=1)):
            assert answering.as_("panelist").get("/api/v1/panel").status_code == 401

    def test_credential__in_another_area__worthless(self, answering):
        assert answering.as_("panelist").on("t2").get("/api/v1/panel").status_code == 401
        token = answering.area.things["panel_token"]
        elsewhere = answering.on("t2").post("/api/v1/panel/exchange", {"token": token})
        assert elsewhere.status_code == 404

    @pytest.mark.parametrize("path", ["me", "studies", "jobs", "journal"])
    def test_credential__anywhere_but_the_panel__worthless(self, answering, path):
        assert answering.as_("panelist").get(f"/api/v1/{path}").status_code == 401

    def test_link__address_corrected__ones_sent_to_the_old_address_end(self, answering):
        person = _person(answering, "panelist")
        update_panelist(person, {"email": "new@example.ac.th"}, actor=SYSTEM)
        assert answering.as_("panelist").get("/api/v1/panel").status_code == 401

    def test_link__address_changed_by_the_facilitator__shows_nothing_answered_before(
        self, answering
    ):
        """Whoever changes the address gets a link: to the person's own page, but not to answers."""
        person = _person(answering, "panelist")
        given = {"rating": 2, "comment": "ความลับ"}
        assert answering.as_("panelist").put(_item(answering), given).status_code == 200
        changed = answering.as_("supervisor").patch(
            f"/api/v1/studies/{person.study_id}/panelists/{person.pk}",
            {"email": "facilitator@example.go.th"},
            If_Match="*",
        )
        assert changed.status_code == 200

        client = answering.with_token(credential_of(person))
        answer = client.get("/api/v1/panel")
        page = body_of(answer)
        assert [each["rating"] for each in page["items"]] == [None, None]
        assert (page["unseen"], page["left"]) == (True, 2)
        assert "ความลับ" not in answer.content.decode()
        assert Rating.objects.get(seat=person.seat_id).score == 2  # it counts all the same

    def test_link__address_corrected_before_consent__own_answers_shown(self, answering):
        person = _person(answering, "panelist")
        Panelist.objects.filter(pk=person.pk).update(state="invited", consented_at=None)
        person.refresh_from_db()
        update_panelist(person, {"email": "right@example.ac.th"}, actor=SYSTEM)
        client = answering.with_token(credential_of(person))
        client.post("/api/v1/panel/accept", {})
        client.put(_item(answering), {"rating": 2})
        page = body_of(client.get("/api/v1/panel"))
        assert (page["unseen"], page["left"]) == (False, 1)

    def test_table__keeps_no_token(self, answering):
        token = token_of(_person(answering, "panelist"))
        assert token not in str(list(PanelLink.objects.values()))


def test_panel__queries_pinned(answering, django_assert_num_queries):
    client = answering.as_("panelist")
    client.put(_item(answering), {"rating": 4})
    # credential, savepoint, round with person, recording, item, answer, release
    with django_assert_num_queries(7):
        client.put(_item(answering), {"rating": 3})
    # credential, round, own ratings, items, finished, recording
    with django_assert_num_queries(6):
        client.get("/api/v1/panel")


def test_add_panelist__after_rounds_began__panel_page_says_what_is_open(answering):
    study = Study.objects.get(pk=_person(answering, "panelist").study_id)
    late = add_panelist(study, kind="panelist", name="มาทีหลัง", reason="แทนผู้ที่ถอนตัว", actor=SYSTEM)

    page = body_of(answering.with_token(credential_of(late)).get("/api/v1/panel"))

    assert (page["state"], page["round"]["number"], page["left"]) == ("invited", 1, 2)
    with schema_context(answering.area.schema_name):
        study.refresh_from_db()
    assert study.deviations[0]["kind"] == "panelist_added"
