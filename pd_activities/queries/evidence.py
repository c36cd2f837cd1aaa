"""What this room can tell of a cluster's network stage."""

from datetime import date

from django.db.models import Q
from django.utils import timezone

from clusters.evidence import evidence
from clusters.models import Cluster
from clusters.queries import member_schools
from core.dates import academic_term, academic_year, academic_year_days, term_days
from core.text import Text
from pd_activities.enums import LogStatus
from pd_activities.models import ActivityLog, AttendanceInterval

_TERMS = 2
_FEWEST_SCHOOLS = 2


@evidence(
    "joint_activity",
    Text(
        "ครูจากสมาชิกตั้งแต่สองโรงเรียนเข้าอบรมของกลุ่มในปีการศึกษานี้หรือปีก่อน",
        "Teachers of two or more members attended the cluster's trainings this year or last",
    ),
)
def joint_activity(cluster: Cluster) -> bool:
    since, _ = academic_year_days(academic_year(timezone.localdate()) - 1)
    schools = AttendanceInterval.objects.filter(
        session__training__cluster=cluster,
        session__starts_at__date__gte=since,
        joined_at__isnull=False,
        teacher__school__in=member_schools(cluster).values("pk"),
    ).values("teacher__school")
    return schools.distinct().count() >= _FEWEST_SCHOOLS


@evidence(
    "activity_every_term",
    Text(
        "มีการอบรมที่มีผู้เข้าร่วม หรือบันทึกกิจกรรมที่รับรองแล้ว ในทั้งสองภาคเรียนที่ผ่านมา",
        "An attended training or a verified activity log in each of the last two terms",
    ),
)
def activity_every_term(cluster: Cluster) -> bool:
    """The present term does not count: at its start nobody could have been active."""
    return all(_was_active(cluster, *term) for term in terms_before(timezone.localdate(), _TERMS))


def terms_before(day: date, count: int) -> list[tuple[date, date]]:
    """First and last days of the terms that ended before this day's term, newest first."""
    year, term = academic_term(day)
    terms = []
    for _ in range(count):
        year, term = (year, 1) if term == 2 else (year - 1, 2)  # noqa: PLR2004
        terms.append(term_days(year, term))
    return terms


def _was_active(cluster: Cluster, first: date, last: date) -> bool:
    schools = member_schools(cluster).values("pk")
    logs = ActivityLog.objects.filter(
        school__in=schools, occurred_on__range=(first, last), status=LogStatus.VERIFIED
    )
    attended = AttendanceInterval.objects.filter(
        Q(session__training__cluster=cluster) | Q(session__training__school__in=schools),
        session__starts_at__date__range=(first, last),
        joined_at__isnull=False,
    )
    return logs.exists() or attended.exists()
