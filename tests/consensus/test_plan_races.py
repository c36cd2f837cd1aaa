"""A plan that changes while its experts judge it: real threads, committed data."""

import itertools

import pytest
from django_tenants.utils import schema_context

from clusters.actions.plans import create_plan, set_plan_items, start_new_version, submit_plan
from clusters.models import Cluster, PlanVersion
from consensus.actions.rounds import open_certification
from consensus.actions.verdicts import conclude_study
from consensus.models import Study
from core.actor import SYSTEM
from tests.client import body_of
from tests.concurrency.together import together
from tests.consensus.building import build

_years = itertools.count(2050)  # one plan a year
LINES = [{"work_scope": "curriculum", "text": "หลักสูตรสถานศึกษาสอดคล้องมาตรฐาน"}]
OTHERS = [{"work_scope": "curriculum", "text": "หลักสูตรที่เปลี่ยนระหว่างรอบ"}]


@pytest.fixture
def judged(races):
    """A submitted version whose certifiers have all answered this; their round is still open."""

    def made(value):
        with schema_context(races.area.schema_name):
            cluster = Cluster.objects.get(pk=races.area.things["cluster"])
            plan = create_plan(
                cluster=cluster, academic_year=next(_years), title="แผน", actor=SYSTEM
            )
            draft = set_plan_items(plan.versions.get(), LINES, actor=SYSTEM)
            version = submit_plan(draft, actor=SYSTEM)
            built = build(
                races.area.people["supervisor"].user_id,
                protocol={"rounds": [{"kind": "rating"}]},
                plan_version=version.pk,
            )
            built.seal().open()
            built.rate([5] * 5)
            built.close()
            built.study = conclude_study(built.study, actor=built.actor)
            built.rounds.append(open_certification(built.study, actor=built.actor))
            built.certify(value)
            return built, version

    return made


def _close(races, built):
    path = f"/api/v1/rounds/{built.rounds[-1].pk}/close"
    return lambda: races.as_("supervisor").post(path)


def test_new_version_and_verdict_at_once__the_verdict_is_of_the_version_judged(races, judged):
    schema = races.area.schema_name

    def change(version):
        with schema_context(schema):
            later = start_new_version(version.plan, actor=SYSTEM)
            return submit_plan(set_plan_items(later, OTHERS, actor=SYSTEM), actor=SYSTEM)

    for _ in range(5):
        built, version = judged(2)
        closed, later = together(_close(races, built), lambda version=version: change(version))
        assert closed.status_code == 200
        with schema_context(schema):
            assert Study.objects.get(pk=built.study.pk).verdict == "validated"
            version.refresh_from_db()
            later.refresh_from_db()
            assert (version.validation, version.content_hash) == (
                "validated", built.study.plan_hash,
            )  # fmt: skip
            assert (later.validation, later.validated_by_study) == ("not_validated", None)


def test_adoption_and_return_at_once__never_adopted_after_it_was_returned(races, judged):
    for _ in range(5):
        built, version = judged(1)  # "no" on the yes/no scale
        path = f"/api/v1/plan-versions/{version.pk}/adopt"
        closed, adopted = together(
            _close(races, built), lambda path=path: races.as_("cluster_coordinator").post(path)
        )
        assert closed.status_code == 200
        with schema_context(races.area.schema_name):
            now = PlanVersion.objects.get(pk=version.pk)
        assert now.validation == "returned"
        if adopted.status_code == 200:
            assert now.status == "adopted"
            assert now.adopted_at <= now.validated_at
        else:
            assert body_of(adopted)["code"] == "plan_returned"
            assert now.status == "submitted"
