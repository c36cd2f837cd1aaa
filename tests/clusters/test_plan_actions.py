"""What the plan actions promise to other rooms."""

import hashlib
import json
from uuid import uuid4

import pytest
from django_tenants.utils import schema_context

from clusters.actions.plans import (
    adopt_plan,
    create_plan,
    record_verdict,
    set_plan_items,
    start_new_version,
    submit_plan,
)
from clusters.enums import Validation
from clusters.errors import PlanContentChangedError, PlanNotDraftError, PlanReturnedError
from clusters.models import Cluster
from core.actor import SYSTEM
from core.errors import StaleVersionError

ITEMS = [
    {"work_scope": "supervision", "text": "นิเทศร่วมภาคเรียนละสองครั้ง", "goal": "ครบทุกโรงเรียน"},
    {"work_scope": "curriculum", "text": "พัฒนาหลักสูตรร่วม", "goal": ""},
]


@pytest.fixture
def cluster(world):
    with schema_context(world.t1.schema_name):
        yield Cluster.objects.get(pk=world.t1.things["cluster"])


@pytest.fixture
def draft(cluster):
    plan = create_plan(cluster=cluster, academic_year=2026, title="แผนปี 2569", actor=SYSTEM)
    return set_plan_items(plan.versions.get(), ITEMS, actor=SYSTEM)


def judge(version, *, content_hash=None, validation=Validation.RETURNED, study_id=None):
    return record_verdict(
        version.pk,
        content_hash=content_hash or version.content_hash,
        validation=validation,
        reasons=["ข้อ 2 ยังไม่ชัดเจน"],
        study_id=study_id or uuid4(),
        actor=SYSTEM,
    )


def test_submit_plan__hash__is_what_anyone_computes_from_the_items(draft):
    submitted = submit_plan(draft, actor=SYSTEM)

    by_hand = json.dumps(
        [{**item, "position": place} for place, item in enumerate(ITEMS, start=1)],
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    assert submitted.content_hash == hashlib.sha256(by_hand.encode()).hexdigest()


def test_set_plan_items__read_before_another_change__stale(draft):
    earlier = type(draft).objects.get(pk=draft.pk)
    set_plan_items(draft, ITEMS[:1], actor=SYSTEM)

    with pytest.raises(StaleVersionError):
        set_plan_items(earlier, ITEMS, actor=SYSTEM)


def test_set_plan_items__submitted__frozen(draft):
    submitted = submit_plan(draft, actor=SYSTEM)

    with pytest.raises(PlanNotDraftError):
        set_plan_items(submitted, [], actor=SYSTEM)


def test_record_verdict__other_content__refused(draft):
    submitted = submit_plan(draft, actor=SYSTEM)

    with pytest.raises(PlanContentChangedError):
        judge(submitted, content_hash="0" * 64)


def test_record_verdict__said_twice__one_change(draft):
    submitted = submit_plan(draft, actor=SYSTEM)
    study = uuid4()
    first = judge(submitted, study_id=study)
    second = judge(submitted, study_id=study)

    assert (second.version, second.validated_at) == (first.version, first.validated_at)


def test_record_verdict__new_version_after_it__verdict_stays_behind(draft):
    submitted = submit_plan(draft, actor=SYSTEM)
    judge(submitted)

    with pytest.raises(PlanReturnedError):
        adopt_plan(submitted, actor=SYSTEM)
    second = start_new_version(submitted.plan, actor=SYSTEM)
    assert second.number == 2
    assert second.validation == Validation.NOT_VALIDATED
    assert list(second.items.order_by("position").values_list("text", flat=True)) == [
        item["text"] for item in ITEMS
    ]
    resubmitted = submit_plan(second, actor=SYSTEM)
    assert adopt_plan(resubmitted, actor=SYSTEM).status == "adopted"
