"""The meetings of a training."""

from datetime import timedelta
from typing import Any

from django.db import transaction

from core.actor import Actor
from core.dates import YEARS
from core.errors import invalid
from core.journal import actions as journal
from pd_activities.actions.training import lock_unended
from pd_activities.errors.training import SessionAttendedError
from pd_activities.models import Training, TrainingSession

LONGEST = timedelta(hours=24)


@transaction.atomic
def add_session(training: Training, *, actor: Actor, **fields: Any) -> TrainingSession:
    """Raises TrainingEndedError."""
    row = lock_unended(training)
    session = TrainingSession(training=row, **fields)
    _check_times(session)
    session.save(force_insert=True)
    _record("added", session, actor, fields)
    return session


@transaction.atomic
def update_session(
    session: TrainingSession, changes: dict[str, Any], *, actor: Actor
) -> TrainingSession:
    """Raises TrainingEndedError."""
    training = lock_unended(session.training)
    row = session.locked_unchanged()
    for name, value in changes.items():
        setattr(row, name, value)
    _check_times(row)
    row.training = training
    row.save_changes(*changes)
    _record("updated", row, actor, changes)
    return row


@transaction.atomic
def remove_session(session: TrainingSession, *, actor: Actor) -> None:
    """Take a session back that nobody attended. Raises TrainingEndedError, SessionAttendedError."""
    training = lock_unended(session.training)
    row = session.locked_unchanged()
    if row.intervals.exists():
        raise SessionAttendedError
    row.training = training
    removed = TrainingSession(pk=row.pk, training=training)
    row.delete()
    _record("removed", removed, actor, {})


def _check_times(session: TrainingSession) -> None:
    if session.starts_at.year not in YEARS:
        raise invalid("/starts_at", "out_of_range", "ต้องเป็นปี ค.ศ.", "Must be a year CE.")
    if not timedelta() < session.ends_at - session.starts_at <= LONGEST:
        raise invalid(
            "/ends_at",
            "out_of_range",
            "ต้องอยู่หลังเวลาเริ่ม และไม่เกิน 24 ชั่วโมง",
            "Must come after the start, within 24 hours.",
        )


def _record(verb: str, session: TrainingSession, actor: Actor, changes: dict[str, Any]) -> None:
    training = session.training
    journal.record(
        f"pd_activities.session.{verb}",
        session,
        actor=actor,
        school_id=training.school_id,
        cluster_id=training.cluster_id,
        changes=changes,
    )
