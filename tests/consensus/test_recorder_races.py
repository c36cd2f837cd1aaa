"""Recorders, letters and people who come in at the same moment: real threads, committed data."""

import threading
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django_tenants.utils import schema_context

from consensus.actions.panel import add_panelist
from consensus.actions.rounds import open_certification
from consensus.actions.studies import update_study
from consensus.actions.verdicts import conclude_study
from consensus.models import Panelist, Rating, Round, Study
from consensus.participation import Recording
from core.actor import SYSTEM
from tests.client import body_of
from tests.concurrency.together import together
from tests.consensus.building import (
    ITEMS,
    RANKING_TWICE,
    build,
    credential_of,
    open_then_rating,
    token_of,
)
from tests.consensus.papers import codes_in, open_link, print_letters

RACES = 8


@pytest.fixture
def study(races):
    """An open round; the officer is its recorder."""

    def made(**given):
        given = {"items": ITEMS[:1], "certifiers": 0, **given}
        with schema_context(races.area.schema_name):
            built = build(races.area.people["supervisor"].user_id, **given)
            recorders = [races.area.people["officer"].user_id]
            built.study = update_study(built.study, {"recorders": recorders}, actor=built.actor)
            built.seal().open()
            return built

    return made


def _recorder(races, panelist):
    path = f"/api/v1/recordings/{panelist.pk}/start"
    answer = races.as_("officer").post(path, {"way": "paper", "agreed": True})
    assert answer.status_code == 201, answer.content
    return races.with_token(body_of(answer)["credential"])


def _item(races, built):
    with schema_context(races.area.schema_name):
        return f"/api/v1/panel/answers/{built.items[0].pk}"


def test_recorder_enters_and_is_made_facilitator_at_once__only_one_of_both(races, study):
    officer = str(races.area.people["officer"].user_id)
    seen = set()
    for _ in range(RACES):
        built = study()
        page, item = _recorder(races, built.panelists[0]), _item(races, built)
        changes = {"recorders": [], "facilitator": officer, "reason": "ย้ายงาน"}
        entered, named = together(
            lambda page=page, item=item: page.put(item, {"rating": 1}),
            lambda built=built, changes=changes: races.as_("area_admin").patch(
                f"/api/v1/studies/{built.study.pk}", changes, If_Match="*"
            ),
        )
        with schema_context(races.area.schema_name):
            facilitates = str(Study.objects.get(pk=built.study.pk).facilitator_id) == officer
            has_entered = Recording.objects.filter(round=built.rounds[0]).exists()
            assert Rating.objects.filter(round=built.rounds[0]).exists() == has_entered
        assert (named.status_code, facilitates) in ((200, True), (400, False))
        assert entered.status_code in (200, 401, 409)
        if entered.status_code == 409:
            assert body_of(entered)["code"] == "recorder_not_named"
        assert has_entered == (entered.status_code == 200)
        assert has_entered != facilitates
        seen.add(has_entered)
    assert seen


_WRITING = {
    "answers/{item}": ("PUT", {"rating": 1}, {}),
    "answers": ("PUT", {"items": [{"id": str(uuid4()), "rating": 1}]}, {}),
    "ranking": ("PUT", {"order": []}, {"protocol": RANKING_TWICE, "items": ITEMS}),
    "texts/needs": ("PUT", {"text": "ก"}, {"protocol": open_then_rating(), "items": []}),
    "certification": (
        "PUT",
        {"answers": [{"part": "", "criterion": "usefulness", "value": 1}]},
        {"protocol": {"rounds": [{"kind": "rating"}]}, "certifiers": 5},
    ),
    "finish": ("POST", {}, {}),
}


@pytest.mark.parametrize("name", _WRITING)
def test_recorder_no_longer_named__a_write_that_waited__refused(races, study, name):
    """The credential was still good when the call came in; the right was gone when it wrote."""
    method, body, given = _WRITING[name]
    built, seen = study(**given), []
    if name == "certification":
        with schema_context(races.area.schema_name):
            built.rate([5] * 5)
            built.close()
            conclude_study(built.study, actor=built.actor)
            open_certification(built.study, actor=built.actor)
    page = _recorder(races, (built.certifiers or built.panelists)[0])
    path = _item(races, built) if "{item}" in name else f"/api/v1/panel/{name}"

    def enter() -> None:
        seen.append(page.send(method, path, body=body))
        connection.close()

    entering = threading.Thread(target=enter)
    with schema_context(races.area.schema_name), transaction.atomic():
        built.study.refresh_from_db()
        update_study(built.study, {"recorders": []}, actor=built.actor)
        entering.start()
        entering.join(0.5)
        assert entering.is_alive()  # it waits: nobody knows yet whether the change commits
    entering.join(10)
    assert (seen[0].status_code, body_of(seen[0])["code"]) == (409, "recorder_not_named")
    assert page.get("/api/v1/panel").status_code == 401


def test_own_link_and_recorder_at_once__one_answer_and_the_recorder_reads_none(races, study):
    for _ in range(RACES):
        built = study()
        page, item = _recorder(races, built.panelists[0]), _item(races, built)
        with schema_context(races.area.schema_name):
            own = races.with_token(credential_of(built.panelists[0]))
        answers = together(
            lambda page=page, item=item: page.put(item, {"rating": 1}),
            lambda own=own, item=item: own.put(item, {"rating": 5}),
        )
        assert [each.status_code for each in answers] == [200, 200]
        with schema_context(races.area.schema_name):
            assert Rating.objects.get(round=built.rounds[0]).score in (1, 5)
            assert Recording.objects.get(round=built.rounds[0]).is_mixed
        shown = body_of(page.get("/api/v1/panel"))
        assert [each["rating"] for each in shown["items"]] == [None]


def test_closing_and_recorder_at_once__counted_or_refused(races, study):
    for _ in range(RACES):
        built = study()
        page, item = _recorder(races, built.panelists[0]), _item(races, built)
        path = f"/api/v1/rounds/{built.rounds[0].pk}/close"
        entered, closed = together(
            lambda page=page, item=item: page.put(item, {"rating": 1}),
            lambda path=path: races.as_("supervisor").post(path),
        )
        assert closed.status_code == 200
        with schema_context(races.area.schema_name):
            frozen = Round.objects.get(pk=built.rounds[0].pk).results
        accepted = int(entered.status_code == 200)
        assert (frozen["panel"]["answered"], frozen["recorded"]["paper"]) == (accepted, accepted)


def _invited(races, built):
    with schema_context(races.area.schema_name):
        person = add_panelist(
            built.study, kind="panelist", name="ได้รับหนังสือ", reason="เพิ่ม", actor=SYSTEM
        )
    printed = print_letters(races.as_("supervisor"), built.study.pk, person.pk)
    return person, codes_in(printed.content)[0]


def test_letter_opened_on_two_devices_at_once__on_one(races, study):
    for _ in range(RACES):
        _, code = _invited(races, study())
        answers = together(
            lambda code=code: open_link(races, code, "one"),
            lambda code=code: open_link(races, code, "two"),
        )
        assert sorted(each.status_code for each in answers) == [201, 404]


def test_letter_opened_by_a_thief_while_the_panelist_comes_by_mail__thief_out(races, study):
    for _ in range(RACES):
        built = study()
        person, code = _invited(races, built)
        with schema_context(races.area.schema_name):
            token = token_of(Panelist.objects.get(pk=person.pk))
        stolen, own = together(
            lambda code=code: open_link(races, code, "thief"),
            lambda token=token: open_link(races, token, "own"),
        )
        assert own.status_code == 201
        if stolen.status_code == 201:
            thief = races.with_token(body_of(stolen)["credential"])
            assert thief.get("/api/v1/panel").status_code == 401
        assert open_link(races, code, "thief").status_code == 404
