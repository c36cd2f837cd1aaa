"""Meetings of committees: agenda, attendance, motions, votes, and what is owed afterwards."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import User
from core.models import Resource
from pd_activities.calculations.numbering import meeting_reference, resolution_reference
from pd_activities.enums.committees import (
    ActionItemStatus,
    AgendaKind,
    CastingVote,
    MeetingStatus,
    MotionStatus,
    Presence,
    VoteChoice,
)
from pd_activities.models.committees import Committee, Seat


class Meeting(Resource):
    """Numbered without gaps within a committee and a year; `3/2569` is its reference.

    `procedure` is the committee's rule as it was when the meeting was opened: what was decided
    stays recomputable after the rule changes.
    """

    committee = models.ForeignKey(
        Committee, on_delete=models.PROTECT, related_name="meetings", db_index=False
    )
    year = models.IntegerField()  # CE, of the day on which it is held
    number = models.IntegerField()
    held_at = models.DateTimeField()
    place = models.CharField(max_length=200)
    status = models.CharField(max_length=15, choices=MeetingStatus, default=MeetingStatus.CALLED)
    notice_sent_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    procedure = models.JSONField(null=True)
    minutes = models.TextField(default="", blank=True)
    minutes_adopted_in = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["-held_at", "-id"], name="meeting_by_time")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["committee", "year", "number"], name="meeting_number"),
            models.CheckConstraint(
                condition=Q(number__gte=1, year__gte=2000, year__lte=2200),
                name="meeting_number_and_year_ce",
            ),
            models.CheckConstraint(
                condition=Q(status=MeetingStatus.CALLED)
                | Q(opened_at__isnull=False, procedure__isnull=False),
                name="meeting_opened",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[MeetingStatus.CALLED, MeetingStatus.OPEN])
                | Q(closed_at__isnull=False),
                name="meeting_closed",
            ),
            models.CheckConstraint(
                condition=Q(status=MeetingStatus.MINUTES_ADOPTED, minutes_adopted_in__isnull=False)
                | (~Q(status=MeetingStatus.MINUTES_ADOPTED) & Q(minutes_adopted_in__isnull=True)),
                name="meeting_minutes_adopted",
            ),
        ]

    @property
    def reference(self) -> str:
        return meeting_reference(self.number, self.year)


class AgendaItem(Resource):
    """`4.2` under heading 4; `place` (402) puts 4.10 behind 4.9."""

    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="agenda_items", db_index=False
    )
    number = models.CharField(max_length=5)
    place = models.IntegerField(editable=False)
    title = models.CharField(max_length=500)
    kind = models.CharField(max_length=20, choices=AgendaKind)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "place"], name="agenda_item_number")
        ]

    @property
    def reference(self) -> str:
        """`3/2569-4.2`: also that of its resolution and of what is owed under it."""
        return resolution_reference(self.meeting.reference, self.number)


class MeetingAttendance(models.Model):
    """Who of the seats was there, as the secretary recorded it."""

    id = models.BigAutoField(primary_key=True)
    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="attendances", db_index=False
    )
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+", db_index=False)
    presence = models.CharField(max_length=10, choices=Presence)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "seat"], name="meeting_attendance_once")
        ]

    def __str__(self) -> str:
        return f"{self.seat_id} {self.presence}"


class Motion(Resource):
    """A text to decide on; carried, it is the resolution of its agenda item.

    `hands_…` count raised hands of members without an account, told by the secretary;
    `…_count` are the totals as they were when voting closed.
    """

    agenda_item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="motions")
    text = models.TextField()
    status = models.CharField(max_length=10, choices=MotionStatus, default=MotionStatus.PROPOSED)
    hands_in_favour = models.IntegerField(default=0)
    hands_against = models.IntegerField(default=0)
    hands_abstained = models.IntegerField(default=0)
    hands_recorded_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    casting_vote = models.CharField(max_length=10, choices=CastingVote, null=True)  # noqa: DJ001
    in_favour_count = models.IntegerField(null=True)
    against_count = models.IntegerField(null=True)
    abstained_count = models.IntegerField(null=True)
    present_count = models.IntegerField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["-decided_at", "-id"],
                condition=Q(status=MotionStatus.CARRIED),
                name="motion_resolutions",
            )
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agenda_item"],
                condition=Q(status=MotionStatus.CARRIED),
                name="motion_one_resolution_per_item",
            ),
            models.CheckConstraint(
                condition=Q(hands_in_favour__gte=0, hands_against__gte=0, hands_abstained__gte=0),
                name="motion_hands",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[MotionStatus.CARRIED, MotionStatus.LOST])
                | Q(
                    decided_at__isnull=False,
                    in_favour_count__isnull=False,
                    against_count__isnull=False,
                    abstained_count__isnull=False,
                    present_count__isnull=False,
                ),
                name="motion_decided_with_counts",
            ),
        ]


class Vote(models.Model):
    """One seat's vote; `recorded_by` is the secretary where the holder has no account."""

    append_only = True

    id = models.BigAutoField(primary_key=True)
    motion = models.ForeignKey(
        Motion, on_delete=models.PROTECT, related_name="votes", db_index=False
    )
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+", db_index=False)
    choice = models.CharField(max_length=10, choices=VoteChoice)
    recorded_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    voted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["motion", "seat"], name="vote_one_per_seat")
        ]

    def __str__(self) -> str:
        return f"{self.seat_id} {self.choice}"


class ActionItem(Resource):
    """Something owed after a meeting; carried from meeting to meeting until it is closed."""

    agenda_item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, related_name="action_items"
    )
    text = models.CharField(max_length=1_000)
    owner_name = models.CharField(max_length=160)
    due_on = models.DateField()
    status = models.CharField(max_length=5, choices=ActionItemStatus, default=ActionItemStatus.OPEN)
    outcome = models.CharField(max_length=1_000, default="", blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["due_on", "id"], name="action_item_by_due_date")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status=ActionItemStatus.OPEN, closed_at__isnull=True)
                | Q(status=ActionItemStatus.DONE, closed_at__isnull=False),
                name="action_item_closed",
            )
        ]
