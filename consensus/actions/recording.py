"""What every action on a study writes beside its effect."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model
from django.utils import timezone

from consensus.models import Study
from core.actor import Actor
from core.journal import actions as journal


def record_study(verb: str, study: Study, actor: Actor, changes: Mapping[str, Any]) -> None:
    record_in(study, f"consensus.study.{verb}", study, actor, changes)


def record_in(
    study: Study, verb: str, subject: Model, actor: Actor, changes: Mapping[str, Any]
) -> None:
    """A journal entry in the scope of the study's cluster, if it judges a plan."""
    cluster = study.plan_version.plan.cluster_id if study.plan_version else None
    journal.record(verb, subject, actor=actor, cluster_id=cluster, changes=changes)


def note_deviation(study: Study, kind: str, reason: str) -> None:
    """Add to what differs from the sealed protocol; the caller saves `deviations`."""
    at = timezone.now().isoformat().replace("+00:00", "Z")
    study.deviations = [*study.deviations, {"kind": kind, "reason": reason, "at": at}]
