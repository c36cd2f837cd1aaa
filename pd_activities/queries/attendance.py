"""Who was there, and for how long."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from clusters.models import Teacher
from core.actor import Actor
from pd_activities.calculations.presence import Interval, clip, total, union
from pd_activities.models import AttendanceInterval, TrainingSession
from pd_activities.models.attendance import BY_CODE
from pd_activities.queries.reach import of_own_people, run_by, sees_office


def intervals_that_count() -> QuerySet[AttendanceInterval]:
    """Every interval whose place no correction has taken."""
    corrections = AttendanceInterval.objects.filter(corrects=OuterRef("pk"))
    return AttendanceInterval.objects.filter(~Exists(corrections), joined_at__isnull=False)


def attendance_visible_to(actor: Actor) -> QuerySet[AttendanceInterval]:
    """All rows, corrected ones too, so that everyone sees what was changed about them."""
    intervals = AttendanceInterval.objects.select_related("session__training", "teacher")
    if sees_office(actor):
        return intervals
    return intervals.filter(
        of_own_people(actor, "teacher__") | run_by(actor, "session__training__")
    )


def check_in_of(session: TrainingSession, teacher: Teacher) -> AttendanceInterval | None:
    """The teacher's one check-in by a code, corrected or not."""
    return AttendanceInterval.objects.filter(
        session=session, teacher=teacher, source__in=BY_CODE, corrects=None
    ).first()


def scheduled_time(sessions: Iterable[TrainingSession]) -> timedelta:
    """How long a training is; sessions side by side count once."""
    return total(union((each.starts_at, each.ends_at) for each in sessions))


def presence_in_training(
    sessions: Collection[TrainingSession], teacher_ids: Collection[UUID] | None = None
) -> dict[UUID, timedelta]:
    """Each teacher's time in these sessions, on site and online, nothing counted twice."""
    intervals = intervals_that_count().filter(session__in=sessions)
    if teacher_ids is not None:
        intervals = intervals.filter(teacher__in=teacher_ids)
    spans = {each.pk: (each.starts_at, each.ends_at) for each in sessions}
    clipped: dict[UUID, list[Interval]] = defaultdict(list)
    rows = intervals.values_list("teacher_id", "session_id", "joined_at", "left_at")
    for teacher_id, session_id, joined_at, left_at in rows:
        starts_at, ends_at = spans[session_id]
        if joined_at is not None:
            clipped[teacher_id] += clip([(joined_at, left_at or ends_at)], starts_at, ends_at)
    return {teacher_id: total(union(each)) for teacher_id, each in clipped.items()}
