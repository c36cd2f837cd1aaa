"""What teachers write down of their own development."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clusters.enums import WorkScope
from clusters.models import School, Teacher
from core.models import Resource
from pd_activities.enums import LogKind, LogStatus

# What its teacher writes; the rest is ours.
WRITTEN = (
    "occurred_on",
    "started_at",
    "ended_at",
    "minutes",
    "kind",
    "title",
    "reflection",
    "work_scope",
)


class ActivityLog(Resource):
    """One activity of a teacher, at the school where they then were."""

    teacher = models.ForeignKey(
        Teacher, on_delete=models.PROTECT, related_name="activity_logs", db_index=False
    )
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, related_name="activity_logs", db_index=False
    )
    occurred_on = models.DateField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    minutes = models.IntegerField()
    kind = models.CharField(max_length=10, choices=LogKind)
    title = models.CharField(max_length=200)
    reflection = models.TextField(default="", blank=True)
    work_scope = models.CharField(max_length=20, choices=WorkScope, default="", blank=True)
    status = models.CharField(max_length=10, choices=LogStatus, default=LogStatus.SUBMITTED)
    return_reason = models.CharField(max_length=500, default="", editable=False)
    decided_by = models.UUIDField(null=True, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        # The list is newest first: in the area, of a school, of a teacher.
        indexes: ClassVar = [
            models.Index(fields=["occurred_on", "id"], name="activity_log_by_date"),
            models.Index(fields=["school", "occurred_on", "id"], name="activity_log_of_school"),
            models.Index(fields=["teacher", "occurred_on", "id"], name="activity_log_of_teacher"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=1440), name="activity_log_minutes"
            ),
            models.CheckConstraint(
                condition=Q(started_at=None, ended_at=None) | Q(ended_at__gt=F("started_at")),
                name="activity_log_times",
            ),
            models.CheckConstraint(
                condition=Q(status=LogStatus.SUBMITTED, decided_at=None)
                | Q(status=LogStatus.VERIFIED, decided_at__isnull=False)
                | (Q(status=LogStatus.RETURNED, decided_at__isnull=False) & ~Q(return_reason="")),
                name="activity_log_decided",
            ),
        ]
