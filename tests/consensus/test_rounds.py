"""Rounds: opened when the protocol says, closed once, frozen, coded; certification."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from django_tenants.utils import schema_context

from consensus.actions.answers import GivenRating, decline_invitation, finish_round, save_rating
from consensus.actions.messages import mail_link, next_recipient
from consensus.jobs import send_links
from consensus.models import Rating, Round, Study
from core.actor import SYSTEM
from core.jobs.actions import run_job
from core.jobs.models import Job
from tests.client import body_of
from tests.consensus.building import build, open_then_rating


@pytest.fixture
def schema(api):
    return api.area.schema_name


@pytest.fixture
def supervisor(api):
    return api.as_("supervisor")


@pytest.fixture
def make(api, schema):
    def made(**given):
        with schema_context(schema):
            return build(api.area.people["supervisor"].user_id, **given)

    return made


def _code(response):
    return response.status_code, body_of(response).get("code")


def _rounds(study):
    return f"/api/v1/studies/{study.pk}/rounds"


def test_open__draft__wrong_status(make, supervisor):
    draft = make()
    assert _code(supervisor.post(_rounds(draft.study), {})) == (409, "wrong_study_status")


def test_open__panel_of_four__too_small(make, schema, supervisor):
    built = make(panel=4)
    with schema_context(schema):
        built.seal()
    assert _code(supervisor.post(_rounds(built.study), {})) == (409, "panel_too_small")


def test_open__closing_time_in_the_past__refused(make, schema, supervisor):
    built = make()
    with schema_context(schema):
        built.seal()
    past = (timezone.now() - timedelta(hours=1)).isoformat()
    response = supervisor.post(_rounds(built.study), {"closes_at": past})
    assert body_of(response)["errors"][0]["code"] == "in_the_past"


def test_open__answers_not_coded_yet__items_missing(make, schema, supervisor):
    built = make(protocol=open_then_rating(), items=[])
    with schema_context(schema):
        built.seal().open()
        built.close()
    assert _code(supervisor.post(_rounds(built.study), {})) == (409, "items_missing")


def test_open__beyond_the_protocol__round_limit(make, schema, supervisor):
    built = make()
    with schema_context(schema):
        built.seal()
        for _ in range(2):
            built.open()
            built.close()
    assert _code(supervisor.post(_rounds(built.study), {})) == (409, "round_limit")


@pytest.mark.parametrize("verb", ["close", "remind", "extend"])
def test_closed_round__nothing_more(api, supervisor, verb):
    path = f"/api/v1/rounds/{api.area.things['text_round']}/{verb}"
    later = {"closes_at": (timezone.now() + timedelta(days=1)).isoformat(), "reason": "ขอเพิ่ม"}
    response = supervisor.post(path, later if verb == "extend" else None)
    assert _code(response) == (409, "round_not_open")


def test_texts__open_round__not_shown(api, supervisor):
    path = f"/api/v1/rounds/{api.area.things['open_text_round']}/texts"
    assert _code(supervisor.get(path)) == (409, "round_not_closed")


def test_texts__four_answered__not_shown(make, schema, supervisor):
    built = make(protocol=open_then_rating())
    with schema_context(schema):
        built.seal().open()
        built.write(["ก", "ข", "ค", "ง"])
        round_ = built.close()
    response = supervisor.get(f"/api/v1/rounds/{round_.pk}/texts")
    assert _code(response) == (409, "too_few_answers")


def test_texts__closed__no_name_no_seat_no_time(api, supervisor):
    texts = body_of(supervisor.get(f"/api/v1/rounds/{api.area.things['text_round']}/texts"))
    assert [set(text) for text in texts] == [{"id", "prompt", "text"}] * 5
    assert [text["id"] for text in texts] == sorted(text["id"] for text in texts)


@pytest.mark.parametrize(
    "spoil", [{"start": 0, "end": 5_000}, {"start": 3, "end": 3}, {"text": "0" * 32}]
)
def test_code__piece_that_no_answer_has__refused(api, schema, supervisor, spoil):
    with schema_context(schema):
        study = Round.objects.get(pk=api.area.things["text_round"]).study_id
    texts = body_of(supervisor.get(f"/api/v1/rounds/{api.area.things['text_round']}/texts"))
    fragment = {"text": texts[0]["id"], "start": 0, "end": 4, **spoil}
    body = {"text": "ระบบสารสนเทศ", "fragments": [fragment]}
    response = supervisor.post(f"/api/v1/studies/{study}/items", body)
    assert body_of(response)["errors"][0]["pointer"] == "/fragments/0"


def test_conclude__before_the_protocol_recommends__needs_a_reason(make, schema, supervisor):
    built = make()
    with schema_context(schema):
        built.seal().open()
        built.rate([5, 5, 5, 4, 5])
        built.close()
    path = f"/api/v1/studies/{built.study.pk}/conclude"
    refused = supervisor.post(path, {})
    assert body_of(refused)["errors"][0]["pointer"] == "/reason"
    ended = body_of(supervisor.post(path, {"reason": "ผู้เชี่ยวชาญติดราชการ"}))
    assert ended["deviations"][0]["kind"] == "concluded_early"
    assert _code(supervisor.post(path, {})) == (409, "wrong_study_status")


def test_certification__before_conclusion_or_without_certifiers__refused(
    api, make, schema, supervisor
):
    early = supervisor.post(f"/api/v1/studies/{api.area.things['closed_study']}/certification", {})
    assert _code(early) == (409, "wrong_study_status")
    built = make(certifiers=4, protocol={"rounds": [{"kind": "rating"}]})
    with schema_context(schema):
        built.seal().open()
        built.rate([5] * 5)
        built.close()
    supervisor.post(f"/api/v1/studies/{built.study.pk}/conclude", {})
    few = supervisor.post(f"/api/v1/studies/{built.study.pk}/certification", {})
    assert _code(few) == (409, "panel_too_small")


@pytest.mark.parametrize(("value", "status"), [(2, "certified"), (1, "not_certified")])
def test_certification__closed__the_study_has_its_verdict(
    api, make, schema, supervisor, value, status
):
    built = make(
        protocol={"rounds": [{"kind": "rating"}]},
        plan_version=api.area.things["delphi_plan_version"],
    )
    with schema_context(schema):
        built.seal().open()
        built.rate([5] * 5)
        built.close()
    path = f"/api/v1/studies/{built.study.pk}"
    supervisor.post(f"{path}/conclude", {})
    round_ = body_of(supervisor.post(f"{path}/certification", {}))
    with schema_context(schema):
        built.certify(value)
    supervisor.post(f"/api/v1/rounds/{round_['id']}/close")

    study = body_of(supervisor.get(path))
    frozen = body_of(supervisor.get(f"{path}/results"))["rounds"][-1]["results"]
    assert study["status"] == status
    assert frozen["certified"] is (status == "certified")
    assert len(frozen["parts"]) == 9  # three criteria, of the whole and of two sections
    assert len(study["reasons"]) == (0 if frozen["certified"] else 9)


def test_panelists__certifier_who_is_a_panelist__refused(api, supervisor):
    path = f"/api/v1/studies/{api.area.things['study']}/panelists"
    same_mail = {"kind": "certifier", "name": "ชื่ออื่น", "email": "Panelist0@example.ac.th"}
    same_name = {"kind": "certifier", "name": "panelist  สังเคราะห์ 0"}
    same_look = {"kind": "certifier", "name": "panelist\u200b สังเคราะห์ ０"}
    for person in (same_mail, same_name, same_look):
        assert _code(supervisor.post(path, person)) == (409, "already_on_panel")
    other = f"{path}/{api.area.things['study_panelist']}"
    taken = supervisor.patch(other, {"email": "certifier0@example.ac.th"}, If_Match="*")
    assert _code(taken) == (409, "already_on_panel")


def test_panelists__after_rounds_began__needs_a_reason_and_ends_with_the_study(
    api, schema, supervisor
):
    with schema_context(schema):
        running = Round.objects.get(pk=api.area.things["open_round"]).study_id
    person = {"kind": "panelist", "name": "มาทีหลัง"}
    late = supervisor.post(f"/api/v1/studies/{running}/panelists", person)
    assert body_of(late)["errors"][0]["pointer"] == "/reason"
    over = f"/api/v1/studies/{api.area.things['concluded_study']}/panelists"
    assert _code(supervisor.post(over, person)) == (409, "wrong_study_status")


class TestLetters:
    def test_remind__only_those_who_have_not_finished(self, make, schema, supervisor):
        built = make()
        with schema_context(schema):
            built.seal().open()
            done, said_so, declined, started, _silent = built.panelists
            built.rate([4])  # the first one answers everything
            finish_round(said_so)
            decline_invitation(declined, actor=SYSTEM)
            save_rating(started, built.items[0].pk, GivenRating(rating=3))
            mail.outbox.clear()
        job = body_of(supervisor.post(f"/api/v1/rounds/{built.rounds[0].pk}/remind"))
        with schema_context(schema):
            run_job(job["id"])

        assert [each.to for each in mail.outbox] == [
            ["panelist3@example.ac.th"], ["panelist4@example.ac.th"],
        ]  # fmt: skip
        assert "/panel#token=" in mail.outbox[0].body
        assert "ยังรอคำตอบของท่าน" in mail.outbox[0].body
        assert "still waits for your answers" in mail.outbox[0].body
        told = body_of(supervisor.get(f"/api/v1/jobs/{job['id']}"))
        assert (told["state"], told["problems"]) == ("succeeded", [])
        assert done.email not in str(told)
        assert told["done"] == 4  # everyone who is asked and has an address, reminded or not

    def test_remind__everyone_has_finished__told_as_if_nobody_had(self, make, schema, supervisor):
        built = make()
        with schema_context(schema):
            built.seal().open()
            for panelist in built.panelists:
                finish_round(panelist)
            mail.outbox.clear()
        job = body_of(supervisor.post(f"/api/v1/rounds/{built.rounds[0].pk}/remind"))
        with schema_context(schema):
            run_job(job["id"])
        told = body_of(supervisor.get(f"/api/v1/jobs/{job['id']}"))
        assert (told["state"], told["done"], mail.outbox) == ("succeeded", 5, [])

    def test_over_by_the_clock__nobody_closed_it_yet__neither_reminded_nor_extended(
        self, make, schema, supervisor
    ):
        built = make()
        with schema_context(schema):
            built.seal().open(closes_at=timezone.now() + timedelta(hours=1))
            mail.outbox.clear()
        path = f"/api/v1/rounds/{built.rounds[0].pk}"
        with time_machine.travel(timezone.now() + timedelta(hours=2)):
            later = timezone.now() + timedelta(hours=1)
            extended = supervisor.post(f"{path}/extend", {"closes_at": later, "reason": "ขอเวลา"})
            for refused in (supervisor.post(f"{path}/remind"), extended):
                assert _code(refused) == (409, "round_not_open")
            with schema_context(schema):
                assert next_recipient(built.rounds[0], after=None, reminder=False) is None

    def test_title__of_two_lines__one_line_in_the_subject(self, make, schema):
        built = make()
        with schema_context(schema):
            built.seal().open()
            built.rounds[0].study.title = "บรรทัดหนึ่ง\nสอง"
            mail_link(built.panelists[0], built.rounds[0], reminder=False)
        assert "บรรทัดหนึ่ง สอง" in mail.outbox[-1].subject

    def test_opening__killed_between_two_letters__goes_on_with_the_next(self, make, schema):
        built = make()
        with schema_context(schema):
            round_ = built.seal().open()
            params, cursor, written = {"round": str(round_.pk), "reminder": False}, {}, 0
            mail.outbox.clear()
            while progress := send_links(params, cursor, SYSTEM):
                cursor, written = progress.cursor, progress.done
        assert written == len({each.to[0] for each in mail.outbox}) == 5


class TestClock:
    def test_due__job_closes_and_freezes(self, make, schema):
        built = make()
        with schema_context(schema):
            round_ = built.seal().open(closes_at=timezone.now() + timedelta(hours=1))
            built.rate([5] * 5)
            job = Job.objects.filter(kind="consensus.close_round").latest("pk")
            run_job(job.pk)
            round_.refresh_from_db()
            assert round_.status == "open"
            with time_machine.travel(timezone.now() + timedelta(hours=1, seconds=1)):
                run_job(job.pk)
                run_job(job.pk)
            round_.refresh_from_db()
            assert (round_.status, round_.results["panel"]["complete"]) == ("closed", 5)

    def test_extended__the_first_job_does_nothing_the_second_closes(self, make, schema, supervisor):
        built = make()
        with schema_context(schema):
            round_ = built.seal().open(closes_at=timezone.now() + timedelta(hours=1))
        later = {"closes_at": (timezone.now() + timedelta(hours=3)).isoformat(), "reason": "ขอเพิ่ม"}
        supervisor.post(f"/api/v1/rounds/{round_.pk}/extend", later)
        with schema_context(schema):
            first, second = Job.objects.filter(kind="consensus.close_round").order_by("pk")
            with time_machine.travel(timezone.now() + timedelta(hours=2)):
                run_job(first.pk)
                round_.refresh_from_db()
                assert round_.status == "open"
            with time_machine.travel(timezone.now() + timedelta(hours=3, seconds=1)):
                run_job(second.pk)
            round_.refresh_from_db()
            assert round_.status == "closed"
            study = Study.objects.get(pk=built.study.pk)
            assert study.deviations[0]["reason"] == "ขอเพิ่ม"


def test_results__once_frozen__not_computed_again(make, schema, supervisor):
    built = make()
    with schema_context(schema):
        built.seal().open()
        built.rate([5, 4, 5, 4, 5])
        built.close()
    path = f"/api/v1/studies/{built.study.pk}/results"
    before = supervisor.get(path).content
    with schema_context(schema):
        Rating.objects.filter(round=built.rounds[0]).update(score=1)
    assert supervisor.get(path).content == before
