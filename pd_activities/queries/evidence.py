"""What this room can tell of a cluster's network stage."""

from datetime import date

from django.utils import timezone

from clusters.evidence import evidence
from clusters.models import Cluster
from core.calendar import area_calendar
from core.text import Text
from pd_activities.queries.activity import committee_met, supervised_jointly, trained_together

_TERMS = 2
_SECOND = 2


@evidence(
    "joint_activity",
    Text(
        "มีการอบรม การประชุม หรือการนิเทศร่วมของกลุ่มในปีการศึกษานี้หรือปีก่อน",
        "The cluster trained, met or supervised jointly this academic year or the last",
    ),
)
def joint_activity(cluster: Cluster) -> bool:
    today = timezone.localdate()
    calendar = area_calendar()
    since, _ = calendar.days_of(calendar.year_of(today) - 1)
    return was_active(cluster, since, today)


@evidence(
    "activity_every_term",
    Text(
        "มีการอบรม การประชุม หรือการนิเทศร่วมของกลุ่มในทั้งสองภาคเรียนที่ผ่านมา",
        "The cluster trained, met or supervised jointly in each of the last two terms",
    ),
)
def activity_every_term(cluster: Cluster) -> bool:
    """The present term does not count: at its start nobody could have been active."""
    terms = terms_before(timezone.localdate(), _TERMS)
    return all(was_active(cluster, first, last) for first, last in terms)


def was_active(cluster: Cluster, first: date, last: date) -> bool:
    """The cluster did something together on one of these days."""
    return (
        trained_together(cluster, first, last)
        or committee_met(cluster, first, last)
        or supervised_jointly(cluster, first, last)
    )


def terms_before(day: date, count: int) -> list[tuple[date, date]]:
    """First and last days of the terms that ended before this day's term, newest first."""
    calendar = area_calendar()
    year, term = calendar.term_of(day)
    terms = []
    for _ in range(count):
        year, term = (year, 1) if term == _SECOND else (year - 1, _SECOND)
        terms.append(calendar.term_days(year, term))
    return terms
