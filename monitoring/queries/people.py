"""Teachers: their credit, their time in trainings, how many take part, what they log."""

from typing import Any

from django.db.models import Aggregate, BigIntegerField, Count, DateTimeField, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, Greatest, Least

from clusters.models import Teacher
from monitoring.queries.extent import Extent
from pd_activities.enums import HourKind, LogStatus, TrainingStatus
from pd_activities.models import ActivityLog, AttendanceInterval, LedgerEntry
from pd_activities.queries.attendance import intervals_that_count


class _UnionMinutes(Aggregate):
    """Full minutes of the union of spans of time: nothing counts twice, seconds are dropped last.

    The same as calculations.presence does for one training.
    """

    template = (
        "(SELECT COALESCE(floor(extract(epoch FROM sum(upper(span) - lower(span))) / 60), 0)"
        "::bigint FROM unnest(range_agg(tstzrange(%(expressions)s))) AS span)"
    )
    output_field = BigIntegerField()


def credit_minutes(extent: Extent) -> dict[str, int]:
    """Credit minutes by kind: awards of the year less what was taken back."""
    sums = dict(_ledger(extent).values_list("kind").annotate(sum=Sum("credit_minutes")))
    return {kind: sums.get(kind, 0) for kind in HourKind.values}


def attendance_minutes(extent: Extent) -> int:
    """Minutes present of all teachers; each teacher's union first, in full minutes."""
    each = _presences(extent).values("teacher").annotate(minutes=_UnionMinutes("start", "end"))
    total: int | None = each.aggregate(sum=Sum("minutes"))["sum"]
    return total or 0


def teachers(extent: Extent) -> dict[str, int]:
    """How many there are, and how many take part."""
    credited = _ledger(extent).values("teacher").annotate(net=Sum("credit_minutes"))
    takes_part = Q(pk__in=credited.filter(net__gt=0).values("teacher")) | Q(
        pk__in=_presences(extent).values("teacher")
    )
    return Teacher.objects.filter(extent.schools("school")).aggregate(
        teachers=Count("pk"), participants=Count("pk", filter=takes_part)
    )


def activity_logs(extent: Extent) -> dict[str, int]:
    logs = ActivityLog.objects.filter(extent.schools("school"), occurred_on__range=extent.year.days)
    return logs.aggregate(
        verified=Count("pk", filter=Q(status=LogStatus.VERIFIED)),
        pending=Count("pk", filter=Q(status=LogStatus.SUBMITTED)),
        returned=Count("pk", filter=Q(status=LogStatus.RETURNED)),
    )


def _ledger(extent: Extent) -> QuerySet[LedgerEntry]:
    return LedgerEntry.objects.filter(
        extent.schools("teacher__school"), occurred_on__range=extent.year.days
    )


def _presences(extent: Extent) -> QuerySet[AttendanceInterval, Any]:
    """What of each interval lies within its session, of sessions that begin in the year."""
    ends_at = F("session__ends_at")
    return (
        intervals_that_count()
        .exclude(session__training__status=TrainingStatus.CANCELLED)
        .filter(extent.schools("teacher__school"), extent.year.holds("session__starts_at"))
        .annotate(
            start=Greatest("joined_at", "session__starts_at", output_field=DateTimeField()),
            end=Least(Coalesce("left_at", ends_at), ends_at, output_field=DateTimeField()),
        )
        .filter(start__lt=F("end"))
    )
