"""What a cluster did together over some days: facts for its network stage."""

from datetime import date

from django.db.models import F

from clusters.models import Cluster
from clusters.queries import memberships_on
from pd_activities.enums.committees import MeetingStatus
from pd_activities.enums.supervision import VisitStatus
from pd_activities.enums.training import TrainingStatus
from pd_activities.models import Meeting, Observation
from pd_activities.queries.attendance import intervals_that_count

_TOGETHER = 2  # schools
_HELD = (MeetingStatus.CLOSED, MeetingStatus.MINUTES_ADOPTED)


def committee_met(cluster: Cluster, first: date, last: date) -> bool:
    """A committee of the cluster held a meeting, to its end, on one of these days."""
    return Meeting.objects.filter(
        committee__cluster=cluster,
        status__in=_HELD,
        held_at__date__gte=first,
        held_at__date__lte=last,
    ).exists()


def supervised_jointly(cluster: Cluster, first: date, last: date) -> bool:
    """A lesson in a member school was observed by more than the lead on one of these days."""
    return (
        Observation.objects.filter(
            visit__school__in=memberships_on(last).filter(cluster=cluster).values("school"),
            visit__observed_on__gte=first,
            visit__observed_on__lte=last,
            submitted_at__isnull=False,
        )
        .exclude(visit__status=VisitStatus.CANCELLED)
        .exclude(observer=F("visit__lead"))
        .exists()
    )


def trained_together(cluster: Cluster, first: date, last: date) -> bool:
    """Teachers of two or more member schools attended the cluster's trainings on these days."""
    schools = (
        intervals_that_count()
        .filter(
            session__training__cluster=cluster,
            session__starts_at__date__range=(first, last),
            teacher__school__in=memberships_on(last).filter(cluster=cluster).values("school"),
        )
        .exclude(session__training__status=TrainingStatus.CANCELLED)
    )
    return schools.values("teacher__school").distinct().count() >= _TOGETHER
