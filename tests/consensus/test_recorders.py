"""Recorders: who may be one, what they enter for others, and what they may read of it."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from django_tenants.utils import schema_context

from accounts.models import RoleGrant, User
from consensus.actions.answers import GivenRating, decline_invitation, save_rating
from consensus.actions.coding import code_fragment
from consensus.actions.items import add_item
from consensus.actions.panel import update_panelist
from consensus.actions.rounds import close_round
from consensus.models import Panelist, Rating, Round
from consensus.participation import Recording
from consensus.queries.coding import texts_of
from core.actor import SYSTEM
from core.journal.models import JournalEntry
from tests.client import body_of
from tests.consensus.building import (
    RANKING_TWICE,
    REAL_TIME,
    as_admin,
    build,
    credential_of,
    open_then_rating,
)
from tests.consensus.papers import codes_in, open_link, page_of, print_letters

RECORDER = "teacher"


@pytest.fixture
def area(api):
    with schema_context(api.area.schema_name):
        yield api


@pytest.fixture
def opened(area):
    """A study with an open round and a teacher as its recorder."""

    def made(**given):
        built = build(area.area.people["supervisor"].user_id, panel=6, **given).seal()
        built.open()
        _name(area, built.study, RECORDER)
        return built

    return made


def _name(api, study, *roles, status=200):
    ids = [str(api.area.people[role].user_id) for role in roles]
    return _change(api, study, {"recorders": ids}, status=status)


def _change(api, study, changes, *, status=200):
    path = f"/api/v1/studies/{study.pk}"
    response = api.as_("area_admin").patch(path, changes, If_Match="*")
    assert response.status_code == status, response.content
    return body_of(response)


def _start(api, panelist, *, by=RECORDER, **given):
    body = {"way": "interview", "agreed": True, **given}
    return api.as_(by).post(f"/api/v1/recordings/{panelist.pk}/start", body)


def _at_page(api, panelist, **given):
    answer = _start(api, panelist, **given)
    assert answer.status_code == 201, answer.content
    return api.with_token(body_of(answer)["credential"])


def _code(response):
    return response.status_code, body_of(response)["code"]


def _pointer(body):
    return [each["pointer"] for each in body["errors"]]


class TestNaming:
    def test_recorders__named_after_sealing__shown_and_in_the_journal(self, area, opened):
        built = opened()
        shown = body_of(area.as_("area_admin").get(f"/api/v1/studies/{built.study.pk}"))
        assert shown["recorders"] == [str(area.area.people[RECORDER].user_id)]
        entry = JournalEntry.objects.filter(verb="consensus.study.updated").latest("number")
        assert entry.fields == ["recorders"]

    def test_start__for_someone_who_has_withdrawn__not_there(self, area, opened):
        built = opened()
        decline_invitation(built.panelists[0], actor=SYSTEM)
        assert _start(area, built.panelists[0]).status_code == 404
        assert _start(area, built.panelists[1]).status_code == 201

    def test_recorders__made_an_administrator__the_page_is_closed_to_them(self, area, opened):
        built = opened()
        page = _at_page(area, built.panelists[0])
        path = f"/api/v1/panel/answers/{built.items[0].pk}"
        assert page.put(path, {"rating": 4}).status_code == 200
        RoleGrant.objects.create(
            user_id=area.area.people[RECORDER].user_id,
            role="area_admin",
            scope="area",
            valid_from=timezone.localdate(),
        )
        assert page.put(path, {"rating": 5}).status_code == page.get("/api/v1/panel").status_code
        assert page.get("/api/v1/panel").status_code == 401

    @pytest.mark.parametrize("role", ["supervisor", "area_admin"])
    def test_recorders__who_runs_the_study_or_the_area__refused(self, area, opened, role):
        told = _name(area, opened().study, "viewer", role, status=400)
        assert _pointer(told) == ["/recorders/1"]

    def test_recorders__second_coder__refused_and_the_other_way(self, area, opened):
        built = opened()
        officer = area.area.people["officer"].user_id
        _change(area, built.study, {"second_coder": str(officer)})
        assert _pointer(_name(area, built.study, "officer", status=400)) == ["/recorders/0"]
        _change(area, built.study, {"second_coder": None, "recorders": [str(officer)]})
        told = _change(area, built.study, {"second_coder": str(officer)}, status=400)
        assert _pointer(told) == ["/second_coder"]

    def test_recorders__unknown_inactive_or_of_another_area__refused(self, area, opened):
        study = opened().study
        User.objects.filter(pk=area.area.people["viewer"].user_id).update(is_active=False)
        other = area.world.t2.people["teacher"].user_id
        for pk in (area.area.people["viewer"].user_id, other):
            told = _change(area, study, {"recorders": [str(pk)]}, status=400)
            assert _pointer(told) == ["/recorders/0"]

    def test_recorders__on_the_panel__refused_and_the_other_way(self, area, opened):
        built = opened()
        teacher = User.objects.get(pk=area.area.people[RECORDER].user_id)
        path = f"/api/v1/studies/{built.study.pk}/panelists"
        person = {"kind": "certifier", "name": "คนเดียวกัน", "email": teacher.email.upper()}
        assert _code(area.as_("supervisor").post(path, person)) == (409, "already_on_panel")
        _name(area, built.study)
        assert area.as_("supervisor").post(path, person).status_code == 201
        told = _name(area, built.study, RECORDER, status=409)
        assert told["code"] == "already_on_panel"

    def test_facilitator__who_is_or_was_a_recorder__refused(self, area, opened):
        built = opened()
        _name(area, built.study, "officer")
        officer = str(area.area.people["officer"].user_id)
        makes = {"facilitator": officer, "reason": "ย้ายงาน"}
        assert _pointer(_change(area, built.study, makes, status=400)) == ["/facilitator"]

        page = _at_page(area, built.panelists[0], by="officer")
        page.put(f"/api/v1/panel/answers/{built.items[0].pk}", {"rating": 4})
        told = _change(area, built.study, {**makes, "recorders": []}, status=400)
        assert _pointer(told) == ["/facilitator"]

    def test_facilitator__recorder_who_never_entered_anything__may_be_named(self, area, opened):
        built = opened()
        _name(area, built.study, "officer")
        officer = str(area.area.people["officer"].user_id)
        changes = {"recorders": [], "facilitator": officer, "reason": "ย้ายงาน"}
        assert _change(area, built.study, changes)["facilitator"] == officer


class TestComingIn:
    def test_list__whom_open_rounds_ask__and_not_who_has_answered(self, area, opened):
        built = opened()
        built.rate([5, 4])
        decline_invitation(built.panelists[5], actor=SYSTEM)
        shown = body_of(area.as_(RECORDER).get("/api/v1/recordings"))["items"]
        assert [each["id"] for each in shown] == [str(p.pk) for p in built.panelists[:5]]
        assert shown[0]["round_number"] == 1
        assert not {"answered", "finished", "left"} & set(shown[0])
        built.close()
        assert body_of(area.as_(RECORDER).get("/api/v1/recordings"))["items"] == []

    def test_list__certification__certifiers_alone(self, area, opened):
        built = opened(protocol={"rounds": [{"kind": "rating"}]})
        built.rate([5] * 6)
        built.close()
        path = f"/api/v1/studies/{built.study.pk}"
        area.as_("supervisor").post(f"{path}/conclude", {})
        assert area.as_("supervisor").post(f"{path}/certification", {}).status_code == 201
        shown = body_of(area.as_(RECORDER).get("/api/v1/recordings"))["items"]
        assert {each["id"] for each in shown} == {str(each.pk) for each in built.certifiers}
        assert _code(_start(area, built.panelists[0])) == (409, "nothing_asked")

        page = _at_page(area, built.certifiers[0], way="paper")
        answers = [{"part": "", "criterion": "usefulness", "value": 2}]
        given = page.put("/api/v1/panel/certification", {"answers": answers})
        assert given.status_code == 200
        assert Recording.objects.get().way == "paper"

    def test_list__queries_constant(self, area, opened, django_assert_num_queries):
        client = area.as_(RECORDER)
        client.get("/api/v1/recordings")
        opened()
        with django_assert_num_queries(2):
            client.get("/api/v1/recordings")
        opened()
        with django_assert_num_queries(2):
            client.get("/api/v1/recordings")

    def test_start__without_the_persons_agreement__refused(self, area, opened):
        answer = _start(area, opened().panelists[0], agreed=False)
        assert (answer.status_code, _pointer(body_of(answer))) == (400, ["/agreed"])

    def test_start__round_closed_or_past_its_time__refused(self, area, opened):
        built = opened()
        Round.objects.update(closes_at=timezone.now() + timedelta(minutes=1))
        with time_machine.travel(timezone.now() + timedelta(minutes=2)):
            assert _code(_start(area, built.panelists[0])) == (409, "round_not_open")

    def test_start__by_the_facilitator_or_an_administrator_or_anyone__not_found(self, area, opened):
        person = opened().panelists[0]
        for role in ("supervisor", "area_admin", "officer", "school_director"):
            assert _start(area, person, by=role).status_code == 404

    def test_start__journal_tells_who_comes_in_for_whom__and_no_answer_tells_anything(
        self, area, opened
    ):
        built = opened()
        page = _at_page(area, built.panelists[0], way="chat")
        before = JournalEntry.objects.count()
        entry = JournalEntry.objects.latest("number")
        assert entry.verb == "consensus.panelist.recording_started"
        assert (entry.subject_id, entry.actor_id) == (
            built.panelists[0].pk,
            area.area.people[RECORDER].user_id,
        )
        assert entry.values == {"round": 1, "way": "chat"}
        page.put(f"/api/v1/panel/answers/{built.items[0].pk}", {"rating": 4})
        page.post("/api/v1/panel/finish")
        assert JournalEntry.objects.count() == before

    def test_credential__round_over_right_gone_or_account_closed__ends(self, area, opened):
        built = opened()
        page = _at_page(area, built.panelists[0])
        assert page.get("/api/v1/panel").status_code == 200
        _name(area, built.study)
        assert page.get("/api/v1/panel").status_code == 401
        _name(area, built.study, RECORDER)
        User.objects.filter(pk=area.area.people[RECORDER].user_id).update(is_active=False)
        assert page.get("/api/v1/panel").status_code == 401
        User.objects.filter(pk=area.area.people[RECORDER].user_id).update(is_active=True)
        close_round(built.rounds[0], actor=as_admin(area.area.people["supervisor"].user_id))
        built.study.refresh_from_db()
        built.open()
        assert page.get("/api/v1/panel").status_code == 401
        assert page.on("t2").get("/api/v1/panel").status_code == 401

    def test_credential__a_day_later_or_forged__worthless(self, area, opened):
        page = _at_page(area, opened().panelists[0])
        with time_machine.travel(timezone.now() + timedelta(days=1)):
            assert page.get("/api/v1/panel").status_code == 401
        assert area.with_token(page.token + "x").get("/api/v1/panel").status_code == 401
        assert page.get("/api/v1/recordings").status_code == 401


class TestEntering:
    def test_consent__taken_by_a_recorder__noted_with_its_way(self, area, opened):
        built = opened()
        Panelist.objects.filter(pk=built.panelists[0].pk).update(state="invited", consented_at=None)
        page = _at_page(area, built.panelists[0], way="paper")
        path = f"/api/v1/panel/answers/{built.items[0].pk}"
        assert _code(page.put(path, {"rating": 4})) == (409, "consent_needed")
        assert body_of(page.post("/api/v1/panel/accept", {}))["state"] == "accepted"
        assert page.put(path, {"rating": 4}).status_code == 200
        entry = JournalEntry.objects.filter(verb="consensus.panelist.accepted").latest("number")
        assert (entry.actor_id, entry.values) == (
            area.area.people[RECORDER].user_id,
            {"way": "paper"},
        )
        path = f"/api/v1/studies/{built.study.pk}/panelists"
        people = body_of(area.as_("supervisor").get(path))["items"]
        ways = {each["id"]: each["consent_way"] for each in people}
        assert ways[str(built.panelists[0].pk)] == "paper"
        assert ways[str(built.panelists[1].pk)] == ""

    def test_ratings__same_rules_as_ones_own__and_counted_by_way(self, area, opened):
        built = opened()
        for way, person in zip(("interview", "paper", "chat"), built.panelists, strict=False):
            page = _at_page(area, person, way=way)
            for item in built.items:
                path = f"/api/v1/panel/answers/{item.pk}"
                assert page.put(path, {"rating": 9}).status_code == 400
                assert page.put(path, {"rating": 4, "comment": "ตามที่พูด"}).status_code == 200
            assert page.post("/api/v1/panel/finish", {"round": 1}).status_code == 204
        built.panelists = built.panelists[3:]
        built.rate([5, 5, 5])
        frozen = built.close().results
        assert frozen["recorded"] == {"interview": 1, "paper": 1, "chat": 1}
        assert frozen["panel"]["answered"] == 6

    def test_texts_and_rankings__entered(self, area, opened):
        built = opened(protocol=open_then_rating(), items=[])
        page = _at_page(area, built.panelists[0])
        assert page.put("/api/v1/panel/texts/needs", {"text": "ห้องสมุด"}).status_code == 200
        built = opened(protocol=RANKING_TWICE)
        page = _at_page(area, built.panelists[0])
        order = [str(item.pk) for item in built.items]
        assert page.put("/api/v1/panel/ranking", {"order": order}).status_code == 200
        assert [each["place"] for each in body_of(page.get("/api/v1/panel"))["ranking"]] == [1, 2]
        assert Recording.objects.count() == 2

    def test_taken_back__nobody_answered__counted_by_no_way(self, area, opened):
        built = opened()
        page = _at_page(area, built.panelists[0])
        path = f"/api/v1/panel/answers/{built.items[0].pk}"
        page.put(path, {"rating": 4})
        page.put(path, {})
        assert built.close().results["recorded"] == {"interview": 0, "paper": 0, "chat": 0}

    def test_after_closing__refused(self, area, opened):
        built = opened()
        page = _at_page(area, built.panelists[0])
        Round.objects.filter(pk=built.rounds[0].pk).update(
            closes_at=timezone.now() + timedelta(minutes=1)
        )
        with time_machine.travel(timezone.now() + timedelta(minutes=2)):
            path = f"/api/v1/panel/answers/{built.items[0].pk}"
            assert page.put(path, {"rating": 4}).status_code == 401

    def test_real_time__entered__renews_the_groups_answers_and_shows_the_recorder_none(
        self, area, opened
    ):
        built = opened(protocol=REAL_TIME)
        built.rate([5, 4, 5, 4])
        page = _at_page(area, built.panelists[4])
        page.put(f"/api/v1/panel/answers/{built.items[0].pk}", {"rating": 3})

        own = area.with_token(credential_of(built.panelists[4]))
        seen = body_of(own.get("/api/v1/panel/feedback"))["items"][0]
        assert (seen["n"], seen["own_rating"]) == (5, 3)
        told = body_of(page.get("/api/v1/panel/feedback"))["items"][0]
        assert (told["n"], told["own_rating"], told["distribution"]) == (0, None, None)

    def test_own_link_and_recorder__last_write_wins(self, area, opened):
        built = opened()
        own = area.with_token(credential_of(built.panelists[0]))
        page = _at_page(area, built.panelists[0])
        path = f"/api/v1/panel/answers/{built.items[0].pk}"
        for client, score in ((own, 2), (page, 4), (own, 5)):
            assert client.put(path, {"rating": score}).status_code == 200
            assert Rating.objects.get(round=built.rounds[0]).score == score
        assert body_of(own.get("/api/v1/panel"))["items"][0]["rating"] == 5
        assert built.close().results["recorded"]["interview"] == 1

    def test_decline__through_a_recorder__withdrawn_in_the_recorders_name(self, area, opened):
        page = _at_page(area, opened().panelists[0])
        assert body_of(page.post("/api/v1/panel/decline"))["state"] == "withdrawn"
        entry = JournalEntry.objects.latest("number")
        assert entry.actor_id == area.area.people[RECORDER].user_id


class TestReading:
    def _items(self, client):
        return [each["rating"] for each in body_of(client.get("/api/v1/panel"))["items"]]

    def test_what_came_through_this_recorder__read_back(self, area, opened):
        built = opened()
        page = _at_page(area, built.panelists[0])
        page.put(f"/api/v1/panel/answers/{built.items[0].pk}", {"rating": 4})
        shown = body_of(page.get("/api/v1/panel"))
        assert [each["rating"] for each in shown["items"]] == [4, None]
        assert shown["unseen"] is False
        assert shown["left"] == 1

    def test_answered_before_on_the_own_link__nothing_shown_not_even_what_is_left(
        self, area, opened
    ):
        built = opened()
        given = GivenRating(rating=2, comment="ความลับ")
        save_rating(built.panelists[0], built.items[0].pk, given)
        page = _at_page(area, built.panelists[0])
        page.put(f"/api/v1/panel/answers/{built.items[1].pk}", {"rating": 4})
        answer = page.get("/api/v1/panel")
        shown = body_of(answer)
        assert self._items(page) == [None, None]
        assert (shown["left"], shown["finished"]) == (2, False)
        assert shown["unseen"] is True
        assert "ความลับ" not in answer.content.decode()

    def test_only_a_comment_before_on_the_own_link__not_shown(self, area, opened):
        built = opened()
        save_rating(built.panelists[0], built.items[0].pk, GivenRating(comment="ความลับ"))
        page = _at_page(area, built.panelists[0])
        page.put(f"/api/v1/panel/answers/{built.items[1].pk}", {"rating": 4})
        assert "ความลับ" not in page.get("/api/v1/panel").content.decode()

    def test_answered_afterwards_on_the_own_link__shown_no_more(self, area, opened):
        built = opened()
        page = _at_page(area, built.panelists[0])
        page.put(f"/api/v1/panel/answers/{built.items[0].pk}", {"rating": 4})
        save_rating(built.panelists[0], built.items[0].pk, GivenRating(rating=1))
        assert self._items(page) == [None, None]

    def test_entered_by_another_recorder__not_shown_to_either(self, area, opened):
        built = opened()
        _name(area, built.study, RECORDER, "viewer")
        first = _at_page(area, built.panelists[0])
        first.put(f"/api/v1/panel/answers/{built.items[0].pk}", {"rating": 4})
        second = _at_page(area, built.panelists[0], by="viewer")
        assert self._items(second) == [None, None]
        second.put(f"/api/v1/panel/answers/{built.items[1].pk}", {"rating": 3})
        assert self._items(first) == self._items(second) == [None, None]

    def test_earlier_round__nothing_of_the_persons_own(self, area, opened):
        built = opened()
        built.rate([5, 4, 4, 5, 5, 1])
        built.close()
        built.open()
        page = _at_page(area, built.panelists[5])
        told = body_of(page.get("/api/v1/panel/feedback"))["items"][0]
        assert told["n"] == 6
        assert (told["own_rating"], told["outside"]) == (None, None)
        own = area.with_token(credential_of(built.panelists[5]))
        assert body_of(own.get("/api/v1/panel/feedback"))["items"][0]["own_rating"] == 1

    def test_own_words_and_what_became_of_them__not_shown(self, area, opened):
        built = opened(protocol=open_then_rating(), items=[])
        built.write([f"ความลับ {number}" for number in range(6)])
        built.close()
        text = texts_of(built.study.pk).first().pk
        code_fragment(built.study, text=text, start=0, end=4, theme="ก", actor=built.actor)
        add_item(built.study, text="ข้อแรก", themes=["ก"], actor=built.actor)
        built.open()
        page = _at_page(area, built.panelists[0])
        assert body_of(page.get("/api/v1/panel/ideas")) == {"ideas": []}

    def test_panelist__reads_who_entered_and_how(self, area, opened):
        built = opened()
        own = area.with_token(credential_of(built.panelists[0]))
        assert body_of(own.get("/api/v1/panel"))["recording"] is None
        page = _at_page(area, built.panelists[0], way="chat")
        page.put(f"/api/v1/panel/answers/{built.items[0].pk}", {"rating": 4})
        told = body_of(own.get("/api/v1/panel"))
        name = User.objects.get(pk=area.area.people[RECORDER].user_id).display_name
        assert told["recording"] == {"way": "chat", "by": name}
        assert "recorder" in told["notice"]

    def test_facilitator__printed_and_opened_a_letter_before__reads_nothing_that_is_entered(
        self, area, opened
    ):
        built = opened()
        area.as_("supervisor").post(
            f"/api/v1/studies/{built.study.pk}/panelists",
            {"kind": "panelist", "name": "ไม่มีอีเมล", "reason": "แทนผู้ถอนตัว"},
        )
        person = Panelist.objects.get(study=built.study, name="ไม่มีอีเมล")
        printed = print_letters(area.as_("supervisor"), built.study.pk, person.pk)
        (code,) = codes_in(printed.content)
        stolen = page_of(area, code, "the facilitator's phone")
        assert stolen.post("/api/v1/panel/accept", {}).status_code == 200
        page = _at_page(area, person)
        page.put(f"/api/v1/panel/answers/{built.items[0].pk}", {"rating": 1})
        assert stolen.get("/api/v1/panel").status_code == 401
        assert open_link(area, code, "the facilitator's phone").status_code == 404


def test_address_changed__later_rounds__own_answers_from_then_on(area, opened):
    """Own ratings from before the change never, later ones as usual."""
    built = opened(protocol={"rounds": [{"kind": "rating"}] * 3})
    built.rate([5, 4, 4, 5, 5, 1])
    built.close()
    person = built.panelists[5]
    update_panelist(person, {"email": "other@example.ac.th"}, actor=SYSTEM)
    built.open()
    person = Panelist.objects.select_related("study").get(pk=person.pk)
    client = area.with_token(credential_of(person))
    told = body_of(client.get("/api/v1/panel/feedback"))["items"][0]
    assert (told["n"], told["own_rating"], told["outside"]) == (6, None, None)
    client.put(f"/api/v1/panel/answers/{built.items[0].pk}", {"rating": 2})
    page = body_of(client.get("/api/v1/panel"))
    assert (page["items"][0]["rating"], page["unseen"]) == (2, False)
    built.panelists = built.panelists[:5]
    built.rate([5] * 5)
    built.close()
    built.open()
    assert body_of(client.get("/api/v1/panel/feedback"))["items"][0]["own_rating"] == 2
