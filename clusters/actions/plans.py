"""A plan's life: drafted, submitted (frozen), adopted; and what a Delphi study said of it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from clusters.calculations import HASHED_FIELDS, content_hash
from clusters.enums import PlanStatus, Validation
from clusters.errors import (
    PlanContentChangedError,
    PlanDraftExistsError,
    PlanEmptyError,
    PlanExistsError,
    PlanNotDraftError,
    PlanNotSubmittedError,
    PlanReturnedError,
)
from clusters.models import Cluster, Plan, PlanItem, PlanVersion
from core.actor import Actor
from core.journal import actions as journal


@transaction.atomic
def create_plan(
    *, cluster: Cluster, academic_year: int, title: str, actor: Actor, **given: UUID
) -> Plan:
    """Begin a cluster's plan for one academic year, with an empty first draft.

    `given` may hold an `id` of the caller's own. Raises PlanExistsError.
    """
    if cluster.plans.filter(academic_year=academic_year).exists():
        raise PlanExistsError(year=academic_year)
    plan = Plan.objects.create(cluster=cluster, academic_year=academic_year, title=title, **given)
    PlanVersion.objects.create(plan=plan, number=1)
    journal.record(
        "clusters.plan.created",
        plan,
        actor=actor,
        cluster_id=plan.cluster_id,
        changes={"academic_year": academic_year, "title": title},
    )
    return plan


@transaction.atomic
def set_plan_items(
    version: PlanVersion, items: Sequence[Mapping[str, Any]], *, actor: Actor
) -> PlanVersion:
    """Replace the lines of a draft, in the order given. Raises PlanNotDraftError.

    Each item has `work_scope` and `text`, and may have `goal` and an `id` of its own.
    """
    draft = _of_status(version.locked_unchanged(), PlanStatus.DRAFT, PlanNotDraftError)
    draft.items.all().delete()
    PlanItem.objects.bulk_create(
        PlanItem(plan_version=draft, position=position, **item)
        for position, item in enumerate(items, start=1)
    )
    draft.save_changes()
    _record("items_set", draft, actor, changes={"items": [item["text"] for item in items]})
    return draft


@transaction.atomic
def submit_plan(version: PlanVersion, *, actor: Actor) -> PlanVersion:
    """Freeze a draft under the hash of its content. Raises PlanNotDraftError, PlanEmptyError."""
    draft = _of_status(version.locked(), PlanStatus.DRAFT, PlanNotDraftError)
    items = list(draft.items.values(*HASHED_FIELDS))
    if not items:
        raise PlanEmptyError
    draft.status = PlanStatus.SUBMITTED
    draft.content_hash = content_hash(items)
    draft.submitted_at = timezone.now()
    draft.save_changes("status", "content_hash", "submitted_at")
    _record("submitted", draft, actor, changes={"content_hash": draft.content_hash})
    return draft


@transaction.atomic
def adopt_plan(version: PlanVersion, *, actor: Actor) -> PlanVersion:
    """Put a submitted version into force. Raises PlanNotSubmittedError, PlanReturnedError."""
    adopting = _of_status(version.locked(), PlanStatus.SUBMITTED, PlanNotSubmittedError)
    if adopting.validation == Validation.RETURNED:
        raise PlanReturnedError
    adopting.status = PlanStatus.ADOPTED
    adopting.adopted_at = timezone.now()
    adopting.save_changes("status", "adopted_at")
    _record("adopted", adopting, actor, changes={"status": adopting.status})
    return adopting


@transaction.atomic
def start_new_version(plan: Plan, *, actor: Actor) -> PlanVersion:
    """Copy the newest version into a draft. Raises PlanDraftExistsError."""
    newest = plan.locked().versions.order_by("-number").first()
    if newest is None or newest.status == PlanStatus.DRAFT:
        raise PlanDraftExistsError
    draft = PlanVersion.objects.create(plan=plan, number=newest.number + 1)
    PlanItem.objects.bulk_create(
        PlanItem(plan_version=draft, **item) for item in newest.items.values(*HASHED_FIELDS)
    )
    _record("started", draft, actor, changes={"number": draft.number})
    return draft


@transaction.atomic
def record_verdict(
    plan_version_id: UUID,
    *,
    content_hash: str,
    validation: Validation,
    reasons: Sequence[str],
    study_id: UUID,
    actor: Actor,
) -> PlanVersion:
    """Note what a study said of exactly this content; said again, nothing happens.

    Raises PlanNotSubmittedError, PlanContentChangedError.
    """
    version = PlanVersion.objects.select_for_update(of=("self",)).get(pk=plan_version_id)
    if version.status == PlanStatus.DRAFT:
        raise PlanNotSubmittedError
    if version.content_hash != content_hash:
        raise PlanContentChangedError
    verdict = (validation, list(reasons), study_id)
    if verdict == (version.validation, version.validation_reasons, version.validated_by_study):
        return version
    version.validation, version.validation_reasons, version.validated_by_study = verdict
    version.validated_at = timezone.now()
    version.save_changes("validation", "validation_reasons", "validated_by_study", "validated_at")
    _record("judged", version, actor, changes={"validation": validation, "reasons": list(reasons)})
    return version


def _of_status(
    version: PlanVersion,
    status: PlanStatus,
    error: type[PlanNotDraftError] | type[PlanNotSubmittedError],
) -> PlanVersion:
    if version.status != status:
        raise error
    return version


def _record(verb: str, version: PlanVersion, actor: Actor, *, changes: Mapping[str, Any]) -> None:
    journal.record(
        f"clusters.plan_version.{verb}",
        version,
        actor=actor,
        cluster_id=version.plan.cluster_id,
        changes=changes,
    )
