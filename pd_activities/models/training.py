"""Trainings, their sessions, and who has a seat."""

import secrets
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clusters.enums import WorkScope
from clusters.models import Cluster, School, Teacher
from core.models import Resource
from pd_activities.enums import EnrolmentStatus, Modality, TrainingHost, TrainingStatus


class Training(Resource):
    """Something to learn together, held by the area, a cluster or a school."""

    title = models.CharField(max_length=200)
    description = models.TextField(default="", blank=True)
    work_scope = models.CharField(max_length=20, choices=WorkScope, default="", blank=True)
    host = models.CharField(max_length=10, choices=TrainingHost)
    cluster = models.ForeignKey(
        Cluster, null=True, on_delete=models.PROTECT, related_name="trainings", db_index=False
    )
    school = models.ForeignKey(
        School, null=True, on_delete=models.PROTECT, related_name="trainings", db_index=False
    )
    modality = models.CharField(max_length=10, choices=Modality)
    capacity = models.IntegerField(null=True)  # None: as many as come
    enrolled_count = models.IntegerField(default=0, editable=False)  # seats taken
    status = models.CharField(max_length=10, choices=TrainingStatus, default=TrainingStatus.DRAFT)
    hours_awarded_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(host=TrainingHost.AREA, cluster=None, school=None)
                | Q(host=TrainingHost.CLUSTER, cluster__isnull=False, school=None)
                | Q(host=TrainingHost.SCHOOL, cluster=None, school__isnull=False),
                name="training_host_named",
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__gte=1), name="training_capacity"
            ),
            models.CheckConstraint(
                condition=Q(enrolled_count__gte=0)
                & (Q(capacity__isnull=True) | Q(enrolled_count__lte=F("capacity"))),
                name="training_seats",
            ),
            models.CheckConstraint(
                condition=Q(hours_awarded_at__isnull=True) | Q(status=TrainingStatus.CLOSED),
                name="training_hours_after_close",
            ),
        ]


def _new_secret() -> bytes:
    return secrets.token_bytes(32)


class TrainingSession(Resource):
    """One meeting of a training. `code_secret` is what its check-in codes are made from."""

    training = models.ForeignKey(Training, on_delete=models.CASCADE, related_name="sessions")
    title = models.CharField(max_length=200, default="", blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    mode = models.CharField(max_length=10, choices=Modality)
    place = models.CharField(max_length=200, default="", blank=True)
    online_url = models.URLField(max_length=500, default="", blank=True)
    code_secret = models.BinaryField(default=_new_secret)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["starts_at", "id"], name="session_by_time")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="training_session_times"
            )
        ]


class Enrolment(Resource):
    """A teacher's wish to attend. `number` is the place in the order of arrival."""

    training = models.ForeignKey(
        Training, on_delete=models.CASCADE, related_name="enrolments", db_index=False
    )
    teacher = models.ForeignKey(Teacher, on_delete=models.PROTECT, related_name="enrolments")
    status = models.CharField(max_length=10, choices=EnrolmentStatus)
    number = models.IntegerField(editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["training", "teacher"], name="enrolment_one_per_teacher"
            ),
            models.UniqueConstraint(fields=["training", "number"], name="enrolment_number"),
        ]
