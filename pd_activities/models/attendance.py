"""When someone was there, and how we know."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clusters.models import Teacher
from core.ids import new_id
from pd_activities.enums import AttendanceSource
from pd_activities.models.training import TrainingSession

BY_CODE = (AttendanceSource.QR, AttendanceSource.TYPED_CODE)


class AttendanceInterval(models.Model):
    """A stretch of presence. Never changed: a correction is a row that takes another's place.

    Who checks in by a code stays until the session's end (`left_at` is None). A correction without
    times says that the person was not there at all.
    """

    append_only = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    session = models.ForeignKey(
        TrainingSession, on_delete=models.PROTECT, related_name="intervals", db_index=False
    )
    teacher = models.ForeignKey(
        Teacher, on_delete=models.PROTECT, related_name="intervals", db_index=False
    )
    source = models.CharField(max_length=15, choices=AttendanceSource)
    joined_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    corrects = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="corrections", db_index=False
    )
    reason = models.CharField(max_length=300, default="")
    recorded_by = models.UUIDField(null=True)
    received_at = models.DateTimeField()  # later than the check-in itself when it came offline

    class Meta:
        indexes: ClassVar = [models.Index(fields=["teacher", "id"], name="attendance_by_teacher")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["session", "teacher", "source", "joined_at", "left_at", "corrects"],
                nulls_distinct=False,
                name="attendance_said_once",
            ),
            models.UniqueConstraint(
                fields=["session", "teacher"],
                condition=Q(source__in=BY_CODE, corrects=None),
                name="attendance_one_check_in",
            ),
            models.UniqueConstraint(
                fields=["corrects"],
                condition=Q(corrects__isnull=False),
                name="attendance_corrected_once",
            ),
            models.CheckConstraint(
                condition=Q(left_at__gt=F("joined_at"))
                | Q(joined_at__isnull=False, left_at=None, source__in=BY_CODE)
                | Q(joined_at=None, left_at=None, corrects__isnull=False),
                name="attendance_times",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.joined_at}–{self.left_at}"
