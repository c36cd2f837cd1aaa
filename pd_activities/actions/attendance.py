"""Attendance by the organiser's hand or a meeting's report, and correcting any of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from core.actor import Actor
from core.errors import FieldProblem, InvalidInputError, invalid
from core.journal import actions as journal
from core.text import Text
from pd_activities.actions.hours import award_again
from pd_activities.enums import AttendanceSource, TrainingStatus
from pd_activities.errors.training import (
    AlreadyCorrectedError,
    TrainingNotOpenError,
)
from pd_activities.models import AttendanceInterval, TrainingSession
from pd_activities.queries.training import enrolled_teachers

_UNKNOWN = Text("ไม่ได้ที่นั่งในการอบรมนี้", "Has no seat in this training.")
_ORDER = Text("ต้องอยู่หลังเวลาเข้า", "Must come after joined_at.")
_OUTSIDE = Text("ไม่อยู่ในช่วงเวลาของครั้งนี้", "Lies outside of the session.")


class ReportedPresence(TypedDict):
    """One person's stretch of presence, as an organiser reports it."""

    teacher_id: UUID
    joined_at: datetime
    left_at: datetime


@transaction.atomic
def record_attendance(
    session: TrainingSession,
    *,
    items: Sequence[ReportedPresence],
    source: AttendanceSource = AttendanceSource.MANUAL,
    actor: Actor,
) -> int:
    """Record many people's presence, all or none; how many rows are new. Sent twice: one effect.

    Raises TrainingNotOpenError, InvalidInputError with a pointer to each wrong item.
    """
    row = _locked(session)
    check_running(row)
    teachers = enrolled_teachers(row.training_id).in_bulk([each["teacher_id"] for each in items])
    _check_items(row, items, set(teachers))
    said = set(
        row.intervals.filter(source=source, corrects=None).values_list(
            "teacher_id", "joined_at", "left_at"
        )
    )
    wanted = dict.fromkeys((e["teacher_id"], e["joined_at"], e["left_at"]) for e in items)
    intervals = [
        AttendanceInterval(
            session=row,
            teacher=teachers[teacher_id],
            source=source,
            joined_at=joined_at,
            left_at=left_at,
            recorded_by=actor.id,
            received_at=timezone.now(),
        )
        for teacher_id, joined_at, left_at in wanted
        if (teacher_id, joined_at, left_at) not in said
    ]
    AttendanceInterval.objects.bulk_create(intervals)
    events = award_again(row.training, [each.teacher_id for each in intervals])
    recorded = [attendance_event("recorded", each) for each in intervals]
    journal.record_many([*recorded, *events], actor=actor)
    return len(intervals)


@transaction.atomic
def correct_attendance(
    interval: AttendanceInterval,
    *,
    joined_at: datetime | None,
    left_at: datetime | None,
    reason: str,
    actor: Actor,
) -> AttendanceInterval:
    """Put a right interval in the place of a wrong one; without times: was not there.

    Raises AlreadyCorrectedError.
    """
    session = _locked(interval.session)
    if AttendanceInterval.objects.filter(corrects=interval).exists():
        raise AlreadyCorrectedError
    if (joined_at is None) != (left_at is None):
        raise invalid("/left_at", "required", "ต้องส่งทั้งสองเวลาหรือไม่ส่งเลย", "Send both or neither.")
    if joined_at is not None and left_at is not None:
        problem = _problem(session, joined_at, left_at)
        if problem is not None:
            raise InvalidInputError(errors=[FieldProblem("/left_at", *problem)])
    correction = AttendanceInterval(
        session=session,
        teacher=interval.teacher,
        source=AttendanceSource.MANUAL,
        joined_at=joined_at,
        left_at=left_at,
        corrects=interval,
        reason=reason,
        recorded_by=actor.id,
        received_at=timezone.now(),
    )
    correction.save(force_insert=True)
    events = award_again(session.training, [interval.teacher_id])
    journal.record_many([attendance_event("corrected", correction), *events], actor=actor)
    return correction


def _locked(session: TrainingSession) -> TrainingSession:
    """The session, locked after its training, in the order in which every action locks them."""
    training = session.training.locked()
    row = session.locked()
    row.training = training
    return row


def check_running(session: TrainingSession) -> None:
    """Raises TrainingNotOpenError for a training that is a draft or called off."""
    if session.training.status not in (TrainingStatus.OPEN, TrainingStatus.CLOSED):
        raise TrainingNotOpenError


def _check_items(
    session: TrainingSession, items: Sequence[ReportedPresence], enrolled: set[UUID]
) -> None:
    problems = []
    for index, each in enumerate(items):
        if each["teacher_id"] not in enrolled:
            problems.append(FieldProblem(f"/items/{index}/teacher", "not_enrolled", _UNKNOWN))
        elif problem := _problem(session, each["joined_at"], each["left_at"]):
            problems.append(FieldProblem(f"/items/{index}/left_at", *problem))
    if problems:
        raise InvalidInputError(errors=problems)


def _problem(
    session: TrainingSession, joined_at: datetime, left_at: datetime
) -> tuple[str, Text] | None:
    if left_at <= joined_at:
        return "out_of_order", _ORDER
    if joined_at >= session.ends_at or left_at <= session.starts_at:
        return "outside_session", _OUTSIDE
    return None


def attendance_event(verb: str, interval: AttendanceInterval) -> journal.Event:
    """What to record of an interval, in its teacher's school and its training's cluster."""
    return journal.Event(
        f"pd_activities.attendance.{verb}",
        interval,
        school_id=interval.teacher.school_id,
        cluster_id=interval.session.training.cluster_id,
        changes={
            "source": interval.source,
            "joined_at": interval.joined_at,
            "left_at": interval.left_at,
        },
    )
