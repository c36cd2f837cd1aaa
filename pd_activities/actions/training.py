"""Making trainings and taking them through their states: draft, open, closed; or cancelled."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from clusters.queries import clusters_visible_to, schools_visible_to
from core.access import require
from core.actor import Actor
from core.errors import invalid
from core.journal import actions as journal
from core.lookups import named
from pd_activities.actions.enrolment import promote_waiting
from pd_activities.enums import TrainingHost, TrainingStatus
from pd_activities.errors.training import (
    CapacityBelowEnrolledError,
    TrainingEndedError,
    TrainingNotDraftError,
    TrainingNotOpenError,
    TrainingNotOverError,
    TrainingWithoutSessionsError,
)
from pd_activities.models import Training
from pd_activities.rules.training import may_run_training

_UNENDED = (TrainingStatus.DRAFT, TrainingStatus.OPEN)


@transaction.atomic
def create_training(*, actor: Actor, **fields: Any) -> Training:
    """A draft, held by the area, or by the cluster or school that is named."""
    training = Training(**fields)
    _check_host(training, actor)
    require(may_run_training, actor, training)
    training.save(force_insert=True)
    _record("created", training, actor, fields)
    return training


@transaction.atomic
def update_training(training: Training, changes: dict[str, Any], *, actor: Actor) -> Training:
    """Change a draft or open training. More seats go to the waiting list at once.

    Raises TrainingEndedError, CapacityBelowEnrolledError.
    """
    row = training.locked_unchanged()
    _check_unended(row)
    for name, value in changes.items():
        setattr(row, name, value)
    if row.capacity is not None and row.capacity < row.enrolled_count:
        raise CapacityBelowEnrolledError(enrolled=row.enrolled_count)
    row.save_changes(*changes)
    promoted = promote_waiting(row)
    event = journal.Event(
        "pd_activities.training.updated", row, row.school_id, row.cluster_id, changes
    )
    journal.record_many([event, *promoted], actor=actor)
    return row


@transaction.atomic
def open_training(training: Training, *, actor: Actor) -> Training:
    """Announce a draft. Raises TrainingNotDraftError, TrainingWithoutSessionsError."""
    row = training.locked()
    if row.status != TrainingStatus.DRAFT:
        raise TrainingNotDraftError
    if not row.sessions.exists():
        raise TrainingWithoutSessionsError
    return _move(row, TrainingStatus.OPEN, actor)


@transaction.atomic
def close_training(training: Training, *, actor: Actor) -> Training:
    """End an open training after its last session.

    Raises TrainingNotOpenError, TrainingWithoutSessionsError, TrainingNotOverError.
    """
    row = training.locked()
    if row.status != TrainingStatus.OPEN:
        raise TrainingNotOpenError
    last = row.sessions.aggregate(end=Max("ends_at"))["end"]
    if last is None:
        raise TrainingWithoutSessionsError
    if last > timezone.now():
        raise TrainingNotOverError(ends_at=timezone.localtime(last).isoformat("T", "minutes"))
    return _move(row, TrainingStatus.CLOSED, actor)


@transaction.atomic
def cancel_training(training: Training, *, actor: Actor) -> Training:
    """Call a draft or open training off. Raises TrainingEndedError."""
    row = training.locked()
    _check_unended(row)
    return _move(row, TrainingStatus.CANCELLED, actor)


def lock_unended(training: Training) -> Training:
    """The training, locked, if it may still be changed. Raises TrainingEndedError."""
    row = training.locked()
    _check_unended(row)
    return row


def _check_unended(training: Training) -> None:
    if training.status not in _UNENDED:
        raise TrainingEndedError


def _move(training: Training, status: TrainingStatus, actor: Actor) -> Training:
    before, training.status = training.status, status
    training.save_changes("status")
    verb = "opened" if status == TrainingStatus.OPEN else str(status)
    _record(verb, training, actor, {"status": [before, status]})
    return training


def _record(verb: str, training: Training, actor: Actor, changes: dict[str, Any]) -> None:
    journal.record(
        f"pd_activities.training.{verb}",
        training,
        actor=actor,
        school_id=training.school_id,
        cluster_id=training.cluster_id,
        changes=changes,
    )


def _check_host(training: Training, actor: Actor) -> None:
    """A host of a kind is named where the kind needs one, and is there to be seen."""
    wanted = {TrainingHost.CLUSTER: "cluster", TrainingHost.SCHOOL: "school"}
    for host, name in wanted.items():
        is_host, given = training.host == host, getattr(training, f"{name}_id")
        if is_host != (given is not None):
            raise invalid(
                f"/{name}",
                "host",
                "ระบุเฉพาะเมื่อเป็นผู้จัด",
                "Name it exactly when it is the host.",
            )
    if training.cluster_id is not None:
        training.cluster = named(clusters_visible_to(actor), training.cluster_id, "/cluster")
    if training.school_id is not None:
        training.school = named(schools_visible_to(actor), training.school_id, "/school")
