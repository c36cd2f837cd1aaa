"""What is done together: trainings, visits, meetings and what they decide."""

from fractions import Fraction
from typing import Any

from django.db.models import Count, F, IntegerField, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncDate

from core.spans import holds_on
from monitoring.queries.extent import Extent
from pd_activities.calculations.quorum import is_quorate
from pd_activities.enums import (
    ActionItemStatus,
    MeetingStatus,
    MotionStatus,
    Presence,
    TrainingStatus,
    VisitStatus,
)
from pd_activities.models import (
    ActionItem,
    Meeting,
    MeetingAttendance,
    Motion,
    Seat,
    SupervisionVisit,
    Training,
)

_HELD = (MeetingStatus.CLOSED, MeetingStatus.MINUTES_ADOPTED)


def trainings_held(extent: Extent) -> int:
    """Closed trainings whose last session began in the year."""
    closed = Training.objects.filter(extent.held_by(), status=TrainingStatus.CLOSED)
    last = closed.annotate(last_at=Max("sessions__starts_at"))
    return last.filter(extent.year.holds("last_at")).count()


def visits(extent: Extent) -> dict[str, int]:
    """Visits planned for the year and not cancelled, and how far they have come."""
    planned = SupervisionVisit.objects.filter(
        extent.schools("school"), planned_on__range=extent.year.days
    ).exclude(status=VisitStatus.CANCELLED)
    return planned.aggregate(
        planned=Count("pk"),
        observed=Count("pk", filter=Q(observed_on__isnull=False)),
        acknowledged=Count("pk", filter=Q(feedback__acknowledged_at__isnull=False)),
    )


def meetings(extent: Extent) -> dict[str, int]:
    """Meetings held to their end, how many had a quorum, what they decided and left open."""
    held = _quorums(_meetings(extent).filter(status__in=_HELD))
    return {
        "closed": sum(each["count"] for each in held),
        "with_quorum": sum(
            each["count"]
            for each in held
            if is_quorate(each["present"], each["filled"], Fraction(each["fraction"]))
        ),
        "resolutions_carried": Motion.objects.filter(
            agenda_item__meeting__in=_meetings(extent), status=MotionStatus.CARRIED
        ).count(),
        "open_action_items": ActionItem.objects.filter(
            extent.held_by("agenda_item__meeting__committee__"),
            agenda_item__meeting__held_at__lt=extent.year.ends_before,
            status=ActionItemStatus.OPEN,
        ).count(),
    }


def _meetings(extent: Extent) -> QuerySet[Meeting]:
    return Meeting.objects.filter(extent.held_by("committee__"), extent.year.holds("held_at"))


def _quorums(held: QuerySet[Meeting]) -> QuerySet[Meeting, dict[str, Any]]:
    """How many meetings had so many of so many seats present under such a rule."""
    held_on = OuterRef("held_on")
    filled = Seat.objects.filter(
        holds_on(held_on, "term_from", "term_until"), committee=OuterRef("committee")
    )
    present = MeetingAttendance.objects.filter(
        holds_on(held_on, "seat__term_from", "seat__term_until"),
        meeting=OuterRef("pk"),
        presence=Presence.PRESENT,
    )
    rows: QuerySet[Meeting, Any] = (
        held.annotate(
            held_on=TruncDate("held_at"),
            filled=_count(filled, "committee"),
            present=_count(present, "meeting"),
            fraction=F("procedure__quorum"),
        )
        .order_by()
        .values("filled", "present", "fraction")
        .annotate(count=Count("pk"))
    )
    return rows


def _count(rows: QuerySet[Any], by: str) -> Coalesce:
    counted = rows.order_by().values(by).annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
