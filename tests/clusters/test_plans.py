"""/plans and /plan-versions."""

from uuid import uuid4

from django_tenants.utils import schema_context

from clusters.actions.plans import record_verdict
from clusters.models import PlanVersion
from core.actor import SYSTEM
from tests.client import body_of
from tests.concurrency.together import together

ITEMS = {
    "items": [
        {"work_scope": "supervision", "text": "นิเทศร่วม", "goal": "ครบทุกโรงเรียน"},
        {"work_scope": "assessment", "text": "ข้อสอบกลาง"},
    ]
}


def version(client, name):
    return f"/api/v1/plan-versions/{client.area.things[name]}"


def code_of(response):
    return response.status_code, body_of(response)["code"]


def test_plan__from_draft_to_force__one_road(api):
    coordinator = api.as_("cluster_coordinator")
    body = {"cluster": api.area.things["cluster"], "academic_year": 2026, "title": "แผนปี 2569"}
    plan = body_of(coordinator.post("/api/v1/plans", body))
    path = f"/api/v1/plan-versions/{plan['versions'][0]['id']}"

    assert code_of(coordinator.post("/api/v1/plans", body)) == (409, "plan_exists")
    assert code_of(coordinator.post(f"{path}/submit")) == (409, "plan_empty")
    drafted = coordinator.put(f"{path}/items", ITEMS, If_Match='"1"')
    assert [(item["position"], item["goal"]) for item in body_of(drafted)["items"]] == [
        (1, "ครบทุกโรงเรียน"),
        (2, ""),
    ]
    assert code_of(coordinator.post(f"{path}/adopt")) == (409, "plan_not_submitted")
    assert len(body_of(coordinator.post(f"{path}/submit"))["content_hash"]) == 64
    assert code_of(coordinator.post(f"{path}/submit")) == (409, "plan_not_draft")
    assert code_of(coordinator.put(f"{path}/items", ITEMS, If_Match="*")) == (409, "plan_not_draft")
    assert body_of(coordinator.post(f"{path}/adopt"))["status"] == "adopted"


def test_start_version__draft_there__conflict(api):
    path = f"/api/v1/plans/{api.area.things['plan']}/versions"
    assert code_of(api.as_("cluster_coordinator").post(path)) == (409, "plan_draft_exists")


def test_adopt__returned_by_the_experts__conflict_but_reasons_are_read(api, world):
    with schema_context(world.t1.schema_name):
        submitted = PlanVersion.objects.get(pk=api.area.things["plan_submitted"])
        record_verdict(
            submitted.pk,
            content_hash=submitted.content_hash,
            validation="returned",
            reasons=["ยังไม่ชัดเจน"],
            study_id=uuid4(),
            actor=SYSTEM,
        )
    path = version(api, "plan_submitted")

    assert code_of(api.as_("cluster_coordinator").post(f"{path}/adopt")) == (409, "plan_returned")
    read = body_of(api.as_("teacher").get(path))
    assert (read["validation"], read["validation_reasons"]) == ("returned", ["ยังไม่ชัดเจน"])


def test_plan__another_cluster__not_found_or_not_to_be_named(api):
    stranger = api.as_("other_cluster_coordinator")

    assert stranger.get(version(api, "plan_draft")).status_code == 404
    body = {"cluster": api.area.things["cluster"], "academic_year": 2026, "title": "แผน"}
    assert body_of(stranger.post("/api/v1/plans", body))["errors"][0]["pointer"] == "/cluster"


def test_list_plan_versions__filtered(api):
    plan = str(api.area.things["submitted_plan"])

    def found(**query):
        listed = api.as_("officer").get("/api/v1/plan-versions", {"plan": plan, **query})
        return [item["id"] for item in body_of(listed)["items"]]

    assert found(status="submitted") == [str(api.area.things["plan_submitted"])]
    assert found(status="draft") == []


def test_set_items__same_etag_at_once__one_wins(races):
    path = f"{version(races, 'plan_draft')}/items"
    coordinator = races.as_("cluster_coordinator")
    etag = coordinator.get(version(races, "plan_draft"))["ETag"]

    def change():
        return coordinator.put(path, ITEMS, If_Match=etag).status_code

    assert sorted(together(change, change, change)) == [200, 412, 412]
