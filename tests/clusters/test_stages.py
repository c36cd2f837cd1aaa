"""The network stage follows the evidence, forwards and back."""

from datetime import date

import pytest
from django_tenants.utils import schema_context

from clusters.actions.agreements import sign_agreement
from clusters.actions.clusters import join_cluster, leave_cluster
from clusters.actions.stages import reassess_stage
from clusters.calculations import reached_stage
from clusters.enums import DEFAULT_EVIDENCE, NetworkStage
from clusters.evidence import stage_report
from clusters.models import Agreement, Cluster, Membership, School, StageChange
from clusters.tasks import reassess_stages
from core.actor import SYSTEM
from core.journal.models import JournalEntry
from tests.client import body_of

CODES = [code for codes in DEFAULT_EVIDENCE.values() for code in codes]


@pytest.fixture
def cluster(world):
    """The cluster with a second member school: awareness and coordination are reached."""
    with schema_context(world.t1.schema_name):
        cluster = Cluster.objects.get(pk=world.t1.things["cluster"])
        school = School.objects.get(pk=world.t1.things["free_school"])
        join_cluster(cluster=cluster, school=school, joined_on=date(2020, 5, 16), actor=SYSTEM)
        yield cluster


@pytest.mark.parametrize(
    ("missing", "expected"),
    [
        ("schools_joined", None),
        ("coordinator_appointed", NetworkStage.AWARENESS),
        ("plan_adopted", NetworkStage.COMMITMENT),
        (None, NetworkStage.RELATIONSHIP_MAINTENANCE),
    ],
)
def test_reached_stage__one_piece_missing__the_stage_before_it(missing, expected):
    assert reached_stage(DEFAULT_EVIDENCE, set(CODES) - {missing}) == expected


def test_reassess_stage__evidence_comes_and_goes__noted_only_when_it_changes(cluster):
    for _ in range(2):
        reassess_stage(cluster)
    assert stage_report(cluster).stage == NetworkStage.COORDINATION
    agreement = Agreement.objects.get(cluster=cluster)
    for membership in Membership.objects.filter(cluster=cluster):
        sign_agreement(
            agreement,
            school=membership.school,
            signed_on=date(2020, 6, 1),
            signatory="ผอ.",
            actor=SYSTEM,
        )
    reassess_stages.run()
    assert stage_report(cluster).stage == NetworkStage.COMMITMENT
    gone = Membership.objects.filter(cluster=cluster).last()
    leave_cluster(gone, left_on=date(2021, 1, 1), actor=SYSTEM)
    reassess_stage(cluster)

    assert list(
        StageChange.objects.filter(cluster=cluster).order_by("id").values_list("stage", flat=True)
    ) == [NetworkStage.COORDINATION, NetworkStage.COMMITMENT, ""]
    entry = JournalEntry.objects.order_by("-number").first()
    assert entry.verb == "clusters.cluster.stage_changed"
    assert entry.values == {"stage": ["commitment", ""]}


def test_get_stage__says_what_the_next_stage_asks_for(api, cluster):
    path = f"/api/v1/clusters/{cluster.pk}"
    before = body_of(api.as_("teacher").get(f"{path}/stage"))
    after = body_of(api.as_("cluster_coordinator").post(f"{path}/reassess-stage"))

    assert (before["stage"], before["history"]) == (None, [])
    assert after["stage"] == "coordination"
    assert (after["next_stage"], after["missing"]) == ("commitment", ["agreement_signed_by_all"])
    assert after["history"][0]["evidence"] == after["evidence"]


def test_stage_rules__changed__clusters_are_measured_by_them(api, cluster):
    admin = api.as_("area_admin")
    changed = admin.patch(
        "/api/v1/stage-rules", {"requirements": {"coordination": ["plan_adopted"]}}
    )

    assert body_of(changed)["requirements"]["coordination"] == ["plan_adopted"]
    assert body_of(changed)["requirements"]["awareness"] == ["schools_joined"]
    told = api.as_("officer").post(f"/api/v1/clusters/{cluster.pk}/reassess-stage")
    assert body_of(told)["stage"] == "awareness"


def test_stage_rules__unknown_evidence__refused(api):
    response = api.as_("area_admin").patch(
        "/api/v1/stage-rules", {"requirements": {"awareness": ["good_mood"]}}
    )
    assert body_of(response)["errors"][0]["pointer"] == "/requirements/awareness"


def test_reassess_stages__task_runs_in_its_area_only(cluster, world):
    reassess_stages.run()
    with schema_context(world.t2.schema_name):
        assert not StageChange.objects.exists()
