"""Checking in by the rotating code that a session's screen shows."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import segno
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.actor import Actor
from core.errors import DomainError
from core.journal import actions as journal
from pd_activities.actions.attendance import attendance_event, check_running
from pd_activities.actions.hours import award_again
from pd_activities.calculations import codes
from pd_activities.enums import AttendanceSource
from pd_activities.errors.training import CheckInClosedError, CodeExpiredError, CodeUnknownError
from pd_activities.models import AttendanceInterval, TrainingSession
from pd_activities.queries.attendance import check_in_of
from pd_activities.queries.training import Attendee

OPENS_BEFORE = timedelta(minutes=30)  # a session's start
LIVE_GRACE = codes.WINDOW  # a code that has just changed still counts: networks are slow
CLOCK_TOLERANCE = timedelta(minutes=2)  # between a phone's clock and ours
SYNC_WITHIN = timedelta(hours=48)


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
    check_running(session)
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
    attendee: Attendee, *, code: str, seen_at: datetime | None = None, actor: Actor
) -> tuple[AttendanceInterval, bool]:
    """Record that the actor was there when the code was shown; (interval, is it new).

    A code is taken at once, or with `seen_at` up to 48 hours later, and judged by the window of
    time in which it was shown. Sent again, also when the code has long expired: the check-in as it
    is. Raises TrainingNotOpenError, CheckInClosedError, CodeUnknownError, CodeExpiredError.
    """
    try:
        check_running(attendee.session)
        source, moment = judge(attendee.session, code, seen_at)
        return _insert_check_in(attendee, source, moment, actor), True
    except (DomainError, IntegrityError):
        earlier = check_in_of(attendee.session, attendee.teacher)
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
    attendee: Attendee, source: AttendanceSource, moment: datetime, actor: Actor
) -> AttendanceInterval:
    interval = AttendanceInterval(
        session=attendee.session,
        teacher=attendee.teacher,
        source=source,
        joined_at=moment,
        recorded_by=actor.id,
        received_at=timezone.now(),
    )
    interval.save(force_insert=True)
    events: list[journal.Event] = []
    if interval.received_at >= attendee.session.ends_at:  # only then can anything be awarded
        events = award_again(attendee.session.training.locked(), [attendee.teacher.pk])
    journal.record_many([attendance_event("checked_in", interval), *events], actor=actor)
    return interval
