"""Long work as a row: what is asked, how far it is, who holds it and until when."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from core.models import Resource
from core.text import BilingualChoices


class JobState(BilingualChoices):
    WAITING = "waiting", "Waiting", "รอดำเนินการ"
    RUNNING = "running", "Running", "กำลังดำเนินการ"
    SUCCEEDED = "succeeded", "Succeeded", "สำเร็จ"
    FAILED = "failed", "Failed", "ไม่สำเร็จ"
    CANCELLED = "cancelled", "Cancelled", "ยกเลิก"


UNFINISHED = [JobState.WAITING, JobState.RUNNING]


class Job(Resource):
    """A piece of long work. `cursor` says where to resume; a message only wakes a worker."""

    kind = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.WAITING)
    params = models.JSONField(default=dict)
    cursor = models.JSONField(default=dict)
    done = models.IntegerField(default=0)
    total = models.IntegerField(null=True)
    problems = models.JSONField(default=list)
    result = models.JSONField(default=dict)
    started_by = models.UUIDField(null=True)
    cancel_requested = models.BooleanField(default=False)
    attempts = models.IntegerField(default=0)  # also says whose the lease is
    fruitless_attempts = models.IntegerField(default=0)  # since a piece was last done
    leased_until = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["created_at"],
                condition=Q(state__in=["waiting", "running"]),
                name="job_unfinished",
            )
        ]
