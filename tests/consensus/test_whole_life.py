"""Journey 3: experts judge the plan. 21 invited, 18 answer three rounds, 7 others certify.

The items are the six stages of the Buriram model; all ratings are synthetic (backend.demo.ratings).
"""

import hashlib
import json
import re
from fractions import Fraction
from pathlib import Path

import pytest
from django.core import mail
from django_tenants.utils import schema_context

from backend.demo.ratings import final_ratings, first_ratings
from clusters.actions.plans import (
    create_plan,
    set_plan_items,
    start_new_version,
    submit_plan,
)
from clusters.models import Cluster, PlanVersion
from consensus.statistics import grouped_quartiles
from core.actor import SYSTEM
from core.jobs.actions import run_job
from core.jobs.models import Job
from tests.client import body_of
from tests.consensus.papers import codes_in, print_letters

_MODEL = Path(__file__).parents[2] / "backend/demo/data/buriram4_model.json"
ANSWERING = 18


def _model_items():
    model = json.loads(_MODEL.read_text("utf-8"))
    return [
        {"section": stage["code"], "text": text, "level": stage["reported_level"]}
        for stage in model["stages"]
        for text in stage["items"]
    ]


class Life:
    """The requests of a facilitator and of a panel, each of which must succeed."""

    def __init__(self, api):
        self.api = api
        self.admin = api.as_("area_admin")
        self.facilitator = api.as_("supervisor")
        self.schema = api.area.schema_name
        self.credentials = {}

    def done(self, response, status=200):
        assert response.status_code == status, response.content
        return body_of(response) if response.content else None

    def submitted_plan(self, items):
        with schema_context(self.schema):
            cluster = Cluster.objects.get(pk=self.api.area.things["cluster"])
            plan = create_plan(cluster=cluster, academic_year=2031, title="แผน", actor=SYSTEM)
            lines = [{"work_scope": "administration", "text": each["text"]} for each in items]
            return submit_plan(
                set_plan_items(plan.versions.get(), lines, actor=SYSTEM), actor=SYSTEM
            )

    def study(self, version, items, **given):
        body = {
            "title": "รูปแบบเครือข่ายความร่วมมือ (ข้อมูลสังเคราะห์)",
            "plan_version": version.pk,
            "facilitator": self.api.area.people["supervisor"].user_id,
            "items": [{"section": each["section"], "text": each["text"]} for each in items],
            **given,
        }
        return self.done(self.admin.post("/api/v1/studies", body), 201)

    def invite(self, study, kind, count, *, without_mail=0):
        people = []
        for number in range(count):
            has_mail = number >= without_mail
            person = {
                "kind": kind,
                "name": f"{kind} สังเคราะห์ {number}",
                "email": f"{kind}{number}@example.ac.th" if has_mail else "",
                "expertise": "บริหารการศึกษา" if number % 2 else "หลักสูตรและการสอน",
            }
            path = f"/api/v1/studies/{study['id']}/panelists"
            people.append(self.done(self.facilitator.post(path, person), 201))
        return people

    def open(self, study, path="rounds"):
        path = f"/api/v1/studies/{study['id']}/{path}"
        round_ = self.done(self.facilitator.post(path, {}), 201)
        self.post_letters()
        return round_

    def post_letters(self):
        mail.outbox.clear()
        with schema_context(self.schema):
            run_job(Job.objects.filter(kind="consensus.send_links").latest("pk").pk)

    def close(self, round_):
        return self.done(self.facilitator.post(f"/api/v1/rounds/{round_['id']}/close"))

    def links_mailed(self):
        """Address → token, as the newest mails bring them."""
        return {each.to[0]: re.search(r"/panel#token=(\S+)", each.body)[1] for each in mail.outbox}

    def letter_to(self, study, person):
        """The code of an official letter, as the person reads it there."""
        printed = print_letters(self.facilitator, study["id"], person["id"])
        assert printed.status_code == 201, printed.content
        return codes_in(printed.content)[0]

    def enter(self, token):
        """Exchange a link and consent; a client with the panel credential."""
        given = self.api.with_token(None).post("/api/v1/panel/exchange", {"token": token})
        client = self.api.with_token(self.done(given, 201)["credential"])
        self.done(client.post("/api/v1/panel/accept", {}))
        return client

    def results(self, study):
        return self.done(self.facilitator.get(f"/api/v1/studies/{study['id']}/results"))


@pytest.fixture
def life(api):
    return Life(api)


def test_whole_life__three_rounds_and_certification__plan_validated(life):  # noqa: PLR0915
    items = _model_items()
    version = life.submitted_plan(items)
    study = life.study(version, items)
    assert study["plan_hash"] == version.content_hash
    panelists = life.invite(study, "panelist", 21, without_mail=1)
    life.invite(study, "certifier", 7)
    sealed = life.done(life.facilitator.post(f"/api/v1/studies/{study['id']}/seal"))
    told = life.done(life.facilitator.get(f"/api/v1/studies/{study['id']}/seal"))
    assert sealed["seal"] == told["seal"] == hashlib.sha256(told["text"].encode()).hexdigest()

    # Round 1: open ended. One expert has no e-mail and gets a letter.
    round_ = life.open(study)
    assert len(mail.outbox) == 20
    tokens = [life.letter_to(study, panelists[0]), *life.links_mailed().values()]
    panel = [life.enter(token) for token in tokens[:ANSWERING]]
    for number, client in enumerate(panel):
        text = f"ควรแลกเปลี่ยนเรียนรู้ทุกเดือน ({number})"
        life.done(client.put("/api/v1/panel/texts/view", {"text": text}))
    progress = life.done(life.facilitator.get(f"/api/v1/rounds/{round_['id']}/completion"))
    assert progress == {"asked": 21, "answered": 18, "complete": 18, "incomplete": 0}
    life.close(round_)

    # Coding: an item that points to the words it was made from.
    texts = life.done(life.facilitator.get(f"/api/v1/rounds/{round_['id']}/texts"))
    assert len(texts) == ANSWERING
    fragment = {"text": texts[0]["id"], "start": 4, "end": 23}
    coded = {
        "section": "member_development",
        "text": "แลกเปลี่ยนเรียนรู้ทุกเดือน",
        "fragments": [fragment],
    }
    coded = life.done(life.facilitator.post(f"/api/v1/studies/{study['id']}/items", coded), 201)
    assert coded["origin"] == "coded"
    assert fragment.items() <= coded["fragments"][0].items()
    supervisor = str(life.api.area.people["supervisor"].user_id)
    assert coded["fragments"][0]["coder"] == supervisor

    # Rounds 2 and 3: ratings, then the same with controlled feedback.
    levels = [*(each["level"] for each in items), 5]
    for ratings in (first_ratings, final_ratings):
        round_ = life.open(study)
        page = life.done(panel[0].get("/api/v1/panel"))
        assert page["left"] == len(levels)
        assert all(item["rating"] is None for item in page["items"])  # nothing is pre-selected
        given = [ratings(level, place) for place, level in enumerate(levels)]
        for number, client in enumerate(panel):
            for place, item in enumerate(page["items"]):
                answer = {"rating": given[place][number]}
                life.done(client.put(f"/api/v1/panel/answers/{item['id']}", answer))
        life.done(panel[0].post("/api/v1/panel/finish"), 204)
        feedback = life.done(panel[0].get("/api/v1/panel/feedback"))
        if ratings is final_ratings:
            first = feedback["items"][0]
            assert first["own_rating"] == first_ratings(levels[0], 0)[0]
            assert sum(first["distribution"]) == first["n"] == ANSWERING
            assert isinstance(first["outside"], bool)
        else:
            assert feedback == {"round": None, "items": [], "ranking": None, "dropped": []}
        life.close(round_)

    frozen = life.results(study)["rounds"][2]["results"]
    assert frozen["panel"] == {"asked": 21, "answered": 18, "complete": 18, "incomplete": 0}
    assert frozen["recommendation"]["stop"] is True
    assert frozen["agreement"]["panelists"] == ANSWERING
    for place, item in enumerate(frozen["items"]):
        mine = [final_ratings(levels[place], place).count(score) for score in range(1, 6)]
        assert item["summary"]["counts"] == mine
        assert Fraction(item["summary"]["grouped"]["median"]) == grouped_quartiles(mine).median
        assert item["judgement"]["verdict"] == "consensus_in"

    # Conclusion and certification by others.
    life.done(life.facilitator.post(f"/api/v1/studies/{study['id']}/conclude", {}))
    round_ = life.open(study, "certification")
    assert len(mail.outbox) == 7
    for token in life.links_mailed().values():
        client = life.enter(token)
        asked = life.done(client.get("/api/v1/panel"))["certification"]
        answers = [
            {"part": each["part"], "criterion": each["criterion"], "value": each["highest"]}
            for each in asked
        ]
        life.done(client.put("/api/v1/panel/certification", {"answers": answers}))
        assert life.done(client.get("/api/v1/panel"))["left"] == 0
    life.close(round_)

    ended = life.done(life.facilitator.get(f"/api/v1/studies/{study['id']}"))
    assert (ended["status"], ended["verdict"]) == ("certified", "validated")
    _verdict_belongs_to_this_version_alone(life, version, study)


def _verdict_belongs_to_this_version_alone(life, version, study):
    with schema_context(life.schema):
        version.refresh_from_db()
        assert version.validation == "validated"
        assert str(version.validated_by_study) == study["id"]
        again = start_new_version(version.plan, actor=SYSTEM)
        changed = [{"work_scope": "curriculum", "text": "เปลี่ยนแล้ว"}]
        later = submit_plan(set_plan_items(again, changed, actor=SYSTEM), actor=SYSTEM)
        assert later.validation == "not_validated"
        assert PlanVersion.objects.get(pk=version.pk).validation == "validated"


def test_whole_life__dissent__plan_returned_with_reasons(life):
    items = [
        {"section": "awareness", "text": "สร้างความตระหนัก"},
        {"section": "awareness", "text": "ข้อที่เห็นต่างกัน"},
    ]
    version = life.submitted_plan(items)
    rounds = {"rounds": [{"kind": "rating"}, {"kind": "rating"}]}
    study = life.study(version, items, protocol=rounds)
    life.invite(study, "panelist", 8)
    life.done(life.facilitator.post(f"/api/v1/studies/{study['id']}/seal"))
    panel = []
    for _ in range(2):
        round_ = life.open(study)
        panel = panel or [life.enter(token) for token in life.links_mailed().values()]
        shown = life.done(panel[0].get("/api/v1/panel"))["items"]
        for number, client in enumerate(panel):
            for item, score in zip(shown, (5, 1 if number % 2 else 5), strict=True):
                path = f"/api/v1/panel/answers/{item['id']}"
                life.done(client.put(path, {"rating": score}))
        life.close(round_)

    ended = life.done(life.facilitator.post(f"/api/v1/studies/{study['id']}/conclude", {}))

    assert (ended["status"], ended["verdict"]) == ("concluded", "returned")
    assert [reason["code"] for reason in ended["reasons"]] == ["stable_dissent"]
    with schema_context(life.schema):
        version.refresh_from_db()
        assert version.validation == "returned"
        assert "ข้อที่เห็นต่างกัน" in version.validation_reasons[0]
    refused = life.facilitator.post(f"/api/v1/studies/{study['id']}/certification", {})
    assert (refused.status_code, body_of(refused)["code"]) == (409, "verdict_settled")


def test_whole_life__plan_changed_during_a_round__verdict_stays_with_its_version(life):
    items = [{"section": "awareness", "text": "สร้างความตระหนัก"}]
    version = life.submitted_plan(items)
    protocol = {"rounds": [{"kind": "rating"}], "validation": {"certified": False}}
    study = life.study(version, items, protocol=protocol)
    life.invite(study, "panelist", 6)
    life.done(life.facilitator.post(f"/api/v1/studies/{study['id']}/seal"))
    round_ = life.open(study)
    for token in life.links_mailed().values():
        client = life.enter(token)
        item = life.done(client.get("/api/v1/panel"))["items"][0]["id"]
        life.done(client.put(f"/api/v1/panel/answers/{item}", {"rating": 5}))
    with schema_context(life.schema):
        later = start_new_version(version.plan, actor=SYSTEM)
        changed = [{"work_scope": "curriculum", "text": "เปลี่ยนระหว่างรอบ"}]
        later = submit_plan(set_plan_items(later, changed, actor=SYSTEM), actor=SYSTEM)

    life.close(round_)
    ended = life.done(life.facilitator.post(f"/api/v1/studies/{study['id']}/conclude", {}))

    assert (ended["verdict"], ended["plan_hash"]) == ("validated", version.content_hash)
    with schema_context(life.schema):
        assert PlanVersion.objects.get(pk=version.pk).validation == "validated"
        assert PlanVersion.objects.get(pk=later.pk).validation == "not_validated"
