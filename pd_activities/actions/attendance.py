"""Taking attendance: by a rotating code, by the organiser's hand, by a meeting's report."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypedDict
from uuid import UUID

import segno
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.actor import Actor
from core.errors import FieldProblem, InvalidInputError, invalid
from core.journal import actions as journal
from core.text import Text
from pd_activities.actions.hours import award_again
from pd_activities.calculations import codes
from pd_activities.enums import AttendanceSource, TrainingStatus
from pd_activities.errors.training import (
    AlreadyCorrectedError,
    CheckInClosedError,
    CodeExpiredError,
    CodeUnknownError,
    NotEnrolledError,
    TrainingNotOpenError,
)
from pd_activities.models import AttendanceInterval, Enrolment, TrainingSession
from pd_activities.queries.attendance import check_in_of
from pd_activities.queries.training import seat_in, seated_teachers

OPENS_BEFORE = timedelta(minutes=30)  # a session's start
LIVE_GRACE = codes.WINDOW  # a code that has just changed still counts: networks are slow
CLOCK_TOLERANCE = timedelta(minutes=2)  # between a phone's clock and ours
SYNC_WITHIN = timedelta(hours=48)

_UNKNOWN = Text("ไม่ได้ที่นั่งในการอบรมนี้", "Has no seat in this training.")
_ORDER = Text("ต้องอยู่หลังเวลาเข้า", "Must come after joined_at.")
_OUTSIDE = Text("ไม่อยู่ในช่วงเวลาของครั้งนี้", "Lies outside of the session.")


class Presence(TypedDict):
    """One person's stretch of presence, as an organiser reports it."""

    teacher_id: UUID
    joined_at: datetime
    left_at: datetime


# --- By code -----------------------------------------------------------------------------------
@dataclass(frozen=True)
class ShownCode:
    """What a session's screen shows for one window of time."""

    code: str
    typed_code: str
    valid_from: datetime
    valid_until: datetime
    qr_text: str
    qr_svg: str


def code_to_show(session: TrainingSession) -> ShownCode:
    """The code of this moment. Raises TrainingNotOpenError, CheckInClosedError."""
    now, secret = timezone.now(), bytes(session.code_secret)
    _check_running(session)
    check_open_at(session, now)
    window = codes.window_of(now)
    start, code = codes.window_start(window), codes.qr_code(secret, window)
    text = f"KRUNET:{session.pk}:{code}".upper()  # capitals make a coarser QR: easier to scan
    return ShownCode(
        code=code,
        typed_code=codes.typed_code(secret, window),
        valid_from=start,
        valid_until=start + codes.WINDOW,
        qr_text=text,
        qr_svg=segno.make(text, error="m").svg_inline(scale=8),
    )


def check_in(
    session: TrainingSession, *, code: str, seen_at: datetime | None = None, actor: Actor
) -> tuple[AttendanceInterval, bool]:
    """Record that the actor was there when the code was shown; (interval, is it new).

    A code is taken at once, or with `seen_at` up to 48 hours later, and judged by the window of
    time in which it was shown. Twice: one interval. Raises NotEnrolledError, TrainingNotOpenError,
    CheckInClosedError, CodeUnknownError, CodeExpiredError.
    """
    seat = seat_in(session, actor)
    if seat is None:
        raise NotEnrolledError
    earlier = check_in_of(session, seat.teacher_id)
    if earlier is not None:
        return earlier, False
    _check_running(session)
    source, moment = judge(session, code, seen_at)
    try:
        return _insert_check_in(session, seat, source, moment, actor), True
    except IntegrityError:
        earlier = check_in_of(session, seat.teacher_id)  # the same tap, a moment ago
        if earlier is None:
            raise
        return earlier, False


def judge(
    session: TrainingSession, code: str, seen_at: datetime | None
) -> tuple[AttendanceSource, datetime]:
    """How the code was read and when its window began. Raises as `check_in` does."""
    now, secret = timezone.now(), bytes(session.code_secret)
    if seen_at is not None and not now - SYNC_WITHIN <= seen_at <= now + CLOCK_TOLERANCE:
        raise CodeExpiredError
    if code.isdigit():
        source = AttendanceSource.TYPED_CODE
        window = codes.window_of_typed_code(secret, code, seen_at or now, CLOCK_TOLERANCE)
    else:
        source = AttendanceSource.QR
        window = codes.window_of_qr_code(secret, code)
    if window is None:
        raise CodeUnknownError
    start = codes.window_start(window)
    end = start + codes.WINDOW
    if seen_at is None:
        is_timely = start - CLOCK_TOLERANCE <= now <= end + LIVE_GRACE
    else:
        is_timely = start - CLOCK_TOLERANCE <= seen_at <= end + CLOCK_TOLERANCE
    if not is_timely:
        raise CodeExpiredError
    check_open_at(session, start)
    return source, start


def check_open_at(session: TrainingSession, moment: datetime) -> None:
    """Raises CheckInClosedError unless check-in was open at this moment."""
    opens_at = session.starts_at - OPENS_BEFORE
    if not opens_at <= moment < session.ends_at:
        raise CheckInClosedError(
            opens_at=timezone.localtime(opens_at).isoformat("T", "minutes"),
            closes_at=timezone.localtime(session.ends_at).isoformat("T", "minutes"),
        )


@transaction.atomic
def _insert_check_in(
    session: TrainingSession,
    seat: Enrolment,
    source: AttendanceSource,
    moment: datetime,
    actor: Actor,
) -> AttendanceInterval:
    interval = AttendanceInterval(
        session=session,
        teacher=seat.teacher,
        source=source,
        joined_at=moment,
        recorded_by=actor.id,
        received_at=timezone.now(),
    )
    interval.save(force_insert=True)
    events = []
    if interval.received_at >= session.ends_at:  # before that, nothing can have been awarded
        events = award_again(session.training.locked(), [seat.teacher_id])
    journal.record_many([_event("checked_in", interval), *events], actor=actor)
    return interval


# --- By hand -----------------------------------------------------------------------------------
@transaction.atomic
def record_attendance(
    session: TrainingSession,
    *,
    items: Sequence[Presence],
    source: AttendanceSource = AttendanceSource.MANUAL,
    actor: Actor,
) -> int:
    """Record many people's presence, all or none; how many rows are new. Sent twice: one effect.

    Raises TrainingNotOpenError, InvalidInputError with a pointer to each wrong item.
    """
    row = _locked(session)
    _check_running(row)
    teachers = seated_teachers(row.training_id).in_bulk([each["teacher_id"] for each in items])
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
    recorded = [_event("recorded", each) for each in intervals]
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
    journal.record_many([_event("corrected", correction), *events], actor=actor)
    return correction


def _locked(session: TrainingSession) -> TrainingSession:
    """The session, locked after its training, in the order in which every action locks them."""
    training = session.training.locked()
    row = session.locked()
    row.training = training
    return row


def _check_running(session: TrainingSession) -> None:
    if session.training.status not in (TrainingStatus.OPEN, TrainingStatus.CLOSED):
        raise TrainingNotOpenError


def _check_items(session: TrainingSession, items: Sequence[Presence], seated: set[UUID]) -> None:
    problems = []
    for index, each in enumerate(items):
        if each["teacher_id"] not in seated:
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


def _event(verb: str, interval: AttendanceInterval) -> journal.Event:
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
