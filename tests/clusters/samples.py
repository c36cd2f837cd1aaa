"""One successful call per operation of this room."""

from tests.operations import Sample
from tests.world import TestArea


def _membership(area: TestArea) -> dict[str, object]:
    return {
        "cluster": area.things["cluster"],
        "school": area.things["free_school"],
        "joined_on": "2026-05-16",
    }


def _agreement(area: TestArea) -> dict[str, object]:
    return {"cluster": area.things["cluster"], "title": "ข้อตกลงใหม่", "valid_from": "2026-05-16"}


def _signature(area: TestArea) -> dict[str, object]:
    return {"school": area.things["school"], "signed_on": "2026-06-01", "signatory": "ผอ. ทดสอบ"}


def _plan(area: TestArea) -> dict[str, object]:
    return {"cluster": area.things["cluster"], "academic_year": 2020, "title": "แผนปี 2563"}


def _teacher(area: TestArea) -> dict[str, object]:
    return {"staff_code": "NEW-1", "name_th": "ครูใหม่ ใจดี", "school": area.things["school"]}


SAMPLES = [
    *(
        Sample(f"{resource}_list", by="officer")
        for resource in (
            "schools",
            "teachers",
            "clusters",
            "memberships",
            "agreements",
            "plans",
            "plan_versions",
        )
    ),
    *(
        Sample(f"{resource}_get", by="officer", path={"id": thing})
        for resource, thing in (
            ("schools", "school"),
            ("teachers", "teacher"),
            ("clusters", "cluster"),
            ("memberships", "membership"),
            ("agreements", "agreement"),
            ("plans", "plan"),
            ("plan_versions", "plan_draft"),
        )
    ),
    Sample(
        "schools_create",
        by="officer",
        body={
            "code": "31049999",
            "name_th": "โรงเรียนบ้านใหม่",
            "district": "สตึก",
            "province": "บุรีรัมย์",
        },
        status=201,
    ),
    Sample("schools_update", by="officer", path={"id": "school"}, body={"pupil_count": 84}),
    Sample("teachers_account", by="officer", path={"id": "newcomer"}),
    Sample("teachers_create", by="officer", body=_teacher, status=201),
    Sample(
        "teachers_update",
        by="officer",
        path={"id": "teacher"},
        body={"standing": "professional"},
    ),
    Sample(
        "clusters_create",
        by="officer",
        body={"code": "C9", "name_th": "กลุ่มโรงเรียนใหม่"},
        status=201,
    ),
    Sample(
        "clusters_update",
        by="cluster_coordinator",
        path={"id": "cluster"},
        body={"name_en": "Test cluster"},
    ),
    Sample("clusters_stage", by="teacher", path={"id": "cluster"}),
    Sample("clusters_reassess_stage", by="cluster_coordinator", path={"id": "cluster"}),
    Sample("stage_rules_get", by="teacher"),
    Sample(
        "stage_rules_update",
        by="area_admin",
        body={"requirements": {"awareness": ["schools_joined", "coordinator_appointed"]}},
    ),
    Sample("memberships_create", by="cluster_coordinator", body=_membership, status=201),
    Sample(
        "memberships_leave",
        by="cluster_coordinator",
        path={"id": "membership"},
        body={"left_on": "2026-05-16"},
    ),
    Sample("agreements_create", by="cluster_coordinator", body=_agreement, status=201),
    Sample(
        "agreements_update",
        by="cluster_coordinator",
        path={"id": "agreement"},
        body={"title": "บันทึกข้อตกลง ฉบับแก้ไข"},
    ),
    Sample("agreements_sign", by="cluster_coordinator", path={"id": "agreement"}, body=_signature),
    Sample("plans_create", by="cluster_coordinator", body=_plan, status=201),
    Sample(
        "plans_start_version",
        by="cluster_coordinator",
        path={"id": "submitted_plan"},
        status=201,
    ),
    Sample(
        "plan_versions_set_items",
        by="cluster_coordinator",
        path={"id": "plan_draft"},
        body={"items": [{"work_scope": "curriculum", "text": "พัฒนาหลักสูตรร่วม"}]},
    ),
    Sample("plan_versions_submit", by="cluster_coordinator", path={"id": "plan_draft"}),
    Sample("plan_versions_adopt", by="cluster_coordinator", path={"id": "plan_submitted"}),
]
