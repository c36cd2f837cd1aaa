"""/studies and their items: drafted, proposed, sealed; who may."""

import pytest
from django_tenants.utils import schema_context

from accounts.models import User
from clusters.actions.plans import start_new_version
from clusters.models import PlanVersion
from consensus.actions.verdicts import conclude_study
from consensus.models import Study, StudyItem
from core.actor import SYSTEM
from tests.client import body_of
from tests.consensus.building import build


@pytest.fixture
def supervisor(api):
    return api.as_("supervisor")


def _code(response):
    return response.status_code, body_of(response).get("code")


def _path(api, name, *more):
    return "/".join([f"/api/v1/studies/{api.area.things[name]}", *more])


def _create(client, **given):
    return client.post("/api/v1/studies", {"title": "การศึกษา", **given})


def test_create__items_from_plan__bound_to_its_hash(api, supervisor):
    version = api.area.things["delphi_plan_version"]

    study = body_of(_create(supervisor, plan_version=version, items_from_plan=True))

    with schema_context(api.area.schema_name):
        assert study["plan_hash"] == PlanVersion.objects.get(pk=version).content_hash
    items = body_of(supervisor.get(f"/api/v1/studies/{study['id']}/items"))["items"]
    assert [(each["section"], each["origin"]) for each in items] == [("curriculum", "plan")]
    assert study["protocol"]["consensus"] == {"rule": "iqr", "at_most": "3/2", "method": "grouped"}
    assert study["facilitator"] == str(api.area.people["supervisor"].user_id)


def test_create__draft_of_a_plan__refused(api, supervisor):
    with schema_context(api.area.schema_name):
        version = PlanVersion.objects.get(pk=api.area.things["delphi_plan_version"])
        draft = start_new_version(version.plan, actor=SYSTEM)

    response = _create(supervisor, plan_version=draft.pk)

    assert _code(response) == (409, "plan_version_not_submitted")


@pytest.mark.parametrize(
    ("role", "given", "pointer"),
    [
        ("cluster_coordinator", {}, "/plan_version"),
        ("other_cluster_coordinator", {"plan_version": "@"}, "/plan_version"),
        ("supervisor", {"items_from_plan": True}, "/items_from_plan"),
        ("supervisor", {"protocol": {"rounds": []}}, "/protocol/rounds"),
    ],
)
def test_create__what_cannot_be__told_where(api, role, given, pointer):
    if given.get("plan_version"):
        given = {"plan_version": api.area.things["delphi_plan_version"]}
    response = _create(api.as_(role), **given)
    assert _code(response) == (400, "invalid_input")
    assert body_of(response)["errors"][0]["pointer"] == pointer


def test_create__by_coordinator__a_proposal_that_the_office_gives_a_facilitator(api):
    version = api.area.things["delphi_plan_version"]
    coordinator = api.as_("cluster_coordinator")
    study = body_of(_create(coordinator, plan_version=version))
    path = f"/api/v1/studies/{study['id']}"
    facilitator = {"facilitator": api.area.people["supervisor"].user_id}

    assert study["facilitator"] is None
    assert api.as_("supervisor").get(path).status_code == 404
    assert coordinator.patch(path, facilitator, If_Match="*").status_code == 403
    assert api.as_("officer").patch(path, facilitator, If_Match="*").status_code == 200
    assert api.as_("supervisor").get(path).status_code == 200
    assert api.as_("other_cluster_coordinator").get(path).status_code == 404


@pytest.mark.parametrize("who", ["teacher", "viewer"])
def test_update__facilitator_without_the_role__refused(api, who):
    body = {"facilitator": api.area.people[who].user_id}
    response = api.as_("area_admin").patch(_path(api, "study"), body, If_Match="*")
    assert body_of(response)["errors"][0]["code"] == "may_not_facilitate"


def test_facilitator__names_a_colleague__only_the_office_may(api, supervisor):
    body = {"facilitator": api.area.people["officer"].user_id}
    assert supervisor.patch(_path(api, "study"), body, If_Match="*").status_code == 403
    assert _create(supervisor, **body).status_code == 403


def test_facilitator__another_after_sealing__takes_a_reason_that_is_kept(api):
    admin = api.as_("area_admin")
    path = f"/api/v1/studies/{api.area.things['sealed_study']}"
    body = {"facilitator": api.area.people["officer"].user_id}
    refused = admin.patch(path, body, If_Match="*")
    assert body_of(refused)["errors"][0]["pointer"] == "/reason"
    changed = admin.patch(path, {**body, "reason": "ย้ายหน่วยงาน"}, If_Match="*")
    told = body_of(changed)["deviations"][0]
    assert (told["kind"], told["reason"]) == ("facilitator_changed", "ย้ายหน่วยงาน")


def test_facilitator__is_on_the_panel__refused_either_way(api, supervisor):
    with schema_context(api.area.schema_name):
        officer = User.objects.get(pk=api.area.people["officer"].user_id)
        mail = User.objects.get(pk=api.area.people["supervisor"].user_id).email
    person = {"kind": "panelist", "name": "คนหนึ่ง", "email": officer.email.upper()}
    assert supervisor.post(_path(api, "study", "panelists"), person).status_code == 201
    own = {**person, "name": "อีกคน", "email": mail}
    refused = supervisor.post(_path(api, "study", "panelists"), own)
    assert _code(refused) == (409, "already_on_panel")

    body = {"facilitator": officer.pk}
    named = api.as_("area_admin").patch(_path(api, "study"), body, If_Match="*")
    assert _code(named) == (409, "already_on_panel")


def test_seal__then_nothing_of_protocol_or_items_changes(api, supervisor):
    item = _path(api, "study", "items", str(api.area.things["study_item"]))
    sealed = body_of(supervisor.post(_path(api, "study", "seal")))

    refusals = [
        supervisor.patch(_path(api, "study"), {"title": "ใหม่"}, If_Match="*"),
        supervisor.patch(_path(api, "study"), {"protocol": {}}, If_Match="*"),
        supervisor.post(_path(api, "study", "items"), {"text": "เพิ่ม"}),
        supervisor.patch(item, {"text": "แก้"}, If_Match="*"),
        supervisor.delete(item, If_Match="*"),
    ]

    assert {_code(each) for each in refusals} == {(409, "study_sealed")}
    again = supervisor.post(_path(api, "study", "seal"))
    assert _code(again) == (409, "wrong_study_status")
    told = body_of(supervisor.get(_path(api, "study", "seal")))
    assert told["seal"] == sealed["seal"]


def test_seal__nothing_to_rate__not_ready(api, supervisor):
    study = body_of(_create(supervisor, protocol={"rounds": [{"kind": "rating"}]}))
    path = f"/api/v1/studies/{study['id']}/seal"
    assert _code(supervisor.get(path)) == (409, "study_not_sealed")
    assert _code(supervisor.post(path)) == (409, "study_not_ready")


def test_seal__other_items__another_hash(api, supervisor):
    seals = set()
    for text in ("ก", "ข"):
        study = body_of(_create(supervisor, items=[{"text": text}]))
        seals.add(body_of(supervisor.post(f"/api/v1/studies/{study['id']}/seal"))["seal"])
    assert len(seals) == 2


def test_items__draft__added_reworded_removed(api, supervisor):
    path = _path(api, "study", "items")
    added = body_of(supervisor.post(path, {"text": "เพิ่ม", "section": "new"}))
    assert added["position"] == 3
    changed = supervisor.patch(f"{path}/{added['id']}", {"text": "แก้"}, If_Match="*")
    assert body_of(changed)["text"] == "แก้"
    assert supervisor.delete(f"{path}/{added['id']}", If_Match="*").status_code == 204
    early = {"text": "ข", "fragments": [{"text": added["id"], "start": 0, "end": 1}]}
    assert _code(supervisor.post(path, early)) == (409, "wrong_study_status")


def test_item_of_another_study__not_found_through_this_one(api, supervisor):
    path = _path(api, "study", "items", str(api.area.things["rated_item"]))
    assert supervisor.patch(path, {"text": "แก้"}, If_Match="*").status_code == 404


def test_abandon__a_study_with_its_verdict__refused(supervisor, facilitator):
    protocol = {"rounds": [{"kind": "rating"}], "validation": {"certified": False}}
    built = build(facilitator, protocol=protocol, certifiers=0).seal()
    built.open()
    built.rate([5] * 5)
    built.close()
    study = conclude_study(built.study, actor=built.actor)
    assert study.verdict == "validated"
    refused = supervisor.post(f"/api/v1/studies/{study.pk}/abandon", {"reason": "เปลี่ยนใจ"})
    assert (refused.status_code, body_of(refused)["code"]) == (409, "verdict_settled")


@pytest.mark.parametrize("verb", ["update", "abandon"])
def test_abandoned__from_anywhere_with_a_reason__and_then_the_end(api, supervisor, verb):
    with schema_context(api.area.schema_name):
        studies = [*Study.objects.filter(facilitator=api.area.people["supervisor"].user_id)]
    for study in studies:
        path = f"/api/v1/studies/{study.pk}"
        ended = supervisor.post(f"{path}/abandon", {"reason": "แผนเปลี่ยน"})
        assert body_of(ended)["reasons"][-1]["th"] == "แผนเปลี่ยน"
        refused = (
            supervisor.post(f"{path}/abandon", {"reason": "อีกครั้ง"})
            if verb == "abandon"
            else supervisor.patch(path, {"title": "ใหม่"}, If_Match="*")
        )
        assert _code(refused) == (409, "wrong_study_status")
    assert {study.status for study in studies} >= {
        "draft", "sealed", "round_open", "round_closed", "concluded", "certification_open",
    }  # fmt: skip


@pytest.mark.parametrize("part", ["items", "panelists", "rounds"])
def test_parts__of_a_study_that_one_may_not_see__not_found(api, part):
    assert api.as_("teacher").get(_path(api, "study", part)).status_code == 404


class TestLists:
    @pytest.mark.parametrize("count", [1, 3])
    def test_studies__queries_constant(self, api, django_assert_num_queries, count):
        with django_assert_num_queries(2):  # who is asking, studies
            found = api.as_("area_admin").get("/api/v1/studies", {"limit": str(count)})
        assert len(body_of(found)["items"]) == count

    @pytest.mark.parametrize("count", [1, 3])
    def test_items__queries_constant(self, api, django_assert_num_queries, count):
        with schema_context(api.area.schema_name):
            StudyItem.objects.create(study_id=api.area.things["study"], position=9, text="อีกข้อ")
        with django_assert_num_queries(4):  # who, study, items, fragments
            found = api.as_("supervisor").get(_path(api, "study", "items"), {"limit": str(count)})
        assert len(body_of(found)["items"]) == count

    @pytest.mark.parametrize("count", [1, 3])
    def test_panelists__queries_constant(self, api, django_assert_num_queries, count):
        with django_assert_num_queries(3):  # who, study, panelists
            found = api.as_("supervisor").get(
                _path(api, "study", "panelists"), {"limit": str(count)}
            )
        assert len(body_of(found)["items"]) == count

    def test_studies__filtered(self, api, supervisor):
        found = supervisor.get("/api/v1/studies", {"status": "draft"})
        assert {each["status"] for each in body_of(found)["items"]} == {"draft"}
        of_plan = {"plan_version": str(api.area.things["delphi_plan_version"])}
        assert len(body_of(supervisor.get("/api/v1/studies", of_plan))["items"]) == 1
