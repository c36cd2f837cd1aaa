"""Supervision visits: planned, observed by one or several, talked over, acknowledged, closed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import User
from clusters.models import School, Teacher
from core.models import Resource
from pd_activities.enums.supervision import FollowUpOwner, VisitStatus


class Instrument(Resource):
    """An observation form. `document` is `{scale_max, criteria: [{code, text: {th, en}}]}`.

    An edition never changes, so that old ratings keep their meaning; a correction is a new edition.
    """

    code = models.CharField(max_length=30)
    edition = models.IntegerField()
    title_th = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    document = models.JSONField()
    is_default = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "edition"], name="instrument_edition"),
            models.UniqueConstraint(
                fields=["is_default"], condition=Q(is_default=True), name="instrument_one_default"
            ),
            models.CheckConstraint(condition=Q(edition__gte=1), name="instrument_edition_counts"),
        ]


class SupervisionVisit(Resource):
    """One teacher observed once, by the lead supervisor and, in joint supervision, by others.

    `school` is the teacher's when the visit was planned. Every observer has an `Observation` row
    from the planning on, the lead too.
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="visits")
    teacher = models.ForeignKey(Teacher, on_delete=models.PROTECT, related_name="visits")
    lead = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    instrument = models.ForeignKey(
        Instrument, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    status = models.CharField(max_length=15, choices=VisitStatus, default=VisitStatus.PLANNED)
    planned_on = models.DateField()
    informed_on = models.DateField(null=True)  # the conference before the observation
    observed_on = models.DateField(null=True)
    focus = models.CharField(max_length=500, default="", blank=True)
    policy_tags = models.JSONField(default=list)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["-planned_on", "-id"], name="visit_by_date"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status__in=[VisitStatus.PLANNED, VisitStatus.CANCELLED])
                | Q(observed_on__isnull=False),
                name="visit_observed_on",
            )
        ]


class Observation(Resource):
    """One observer's own ratings; empty until they hand them in, never changed afterwards."""

    visit = models.ForeignKey(
        SupervisionVisit, on_delete=models.CASCADE, related_name="observations", db_index=False
    )
    observer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="observations")
    ratings = models.JSONField(default=dict)  # criterion code → 1..scale_max
    notes = models.TextField(default="", blank=True)
    submitted_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["visit", "observer"], name="observation_own"),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=False) | Q(ratings={}),
                name="observation_ratings_when_submitted",
            ),
        ]


class FeedbackConference(Resource):
    """What observers and teacher talked over, and the teacher's acknowledgement and reply."""

    visit = models.OneToOneField(
        SupervisionVisit, on_delete=models.CASCADE, related_name="feedback"
    )
    held_at = models.DateTimeField()
    strengths = models.TextField()
    to_develop = models.TextField()
    acknowledged_at = models.DateTimeField(null=True)
    reply = models.TextField(default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=False) | Q(reply=""),
                name="feedback_reply_with_acknowledgement",
            )
        ]


class FollowUpAction(Resource):
    """A next step agreed in the conference, open until it is closed with what came of it."""

    visit = models.ForeignKey(SupervisionVisit, on_delete=models.CASCADE, related_name="follow_ups")
    text = models.CharField(max_length=1_000)
    owner = models.CharField(max_length=10, choices=FollowUpOwner)
    due_on = models.DateField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    outcome = models.CharField(max_length=1_000, default="", blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["due_on", "id"], name="follow_up_by_due_date")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, outcome="")
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="follow_up_closed_whole",
            )
        ]
