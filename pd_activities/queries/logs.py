"""Which activity logs an actor sees."""

from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from clusters.queries import school_ids_of
from core.actor import Actor
from pd_activities.models import ActivityLog
from pd_activities.models.logs import WRITTEN
from pd_activities.queries.reach import STAFF_LEADERS, oneself, sees_office
from tenants.figures import monthly

ROW = (
    "id",
    "version",
    "teacher",
    "teacher_name",
    "school",
    *WRITTEN,
    "status",
    "return_reason",
    "decided_by",
    "decided_at",
    "created_at",
    "updated_at",
)


def logs_visible_to(actor: Actor) -> QuerySet[ActivityLog]:
    """One's own, and those written at the schools that one answers for."""
    if sees_office(actor):
        return ActivityLog.objects.all()
    own = oneself(actor, "teacher__user")
    if actor.has(*STAFF_LEADERS):
        own |= Q(school__in=school_ids_of(actor, *STAFF_LEADERS))
    return ActivityLog.objects.filter(own)


@monthly("activity_logs")
def logs_written(start: datetime, end: datetime) -> int:
    """By when they were sent, so that each is counted once, however late."""
    return ActivityLog.objects.filter(created_at__gte=start, created_at__lt=end).count()


def log_rows(logs: QuerySet[ActivityLog]) -> QuerySet[ActivityLog, dict[str, Any]]:
    """The logs as rows with the teacher's name: one query, ready to be rendered."""
    named = logs.annotate(teacher_name=F("teacher__name_th"))
    rows: QuerySet[ActivityLog, dict[str, Any]] = named.values(*ROW)
    return rows
