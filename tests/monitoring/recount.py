"""The same indicators by plain Python over all rows, written without looking at the queries."""

from collections import Counter, defaultdict
from datetime import date
from fractions import Fraction

from django.utils import timezone

from clusters.enums import NetworkStage
from clusters.models import Cluster, Membership, Plan, PlanVersion, School, StageChange, Teacher
from pd_activities.models import (
    ActionItem,
    ActivityLog,
    AttendanceInterval,
    FeedbackConference,
    LedgerEntry,
    Meeting,
    MeetingAttendance,
    Motion,
    Seat,
    SupervisionVisit,
    Training,
)
from tests.monitoring.busy_year import FIRST, LAST, YEAR

KINDS = ("training", "plc", "reading", "coaching", "other")


def _within(day: date) -> bool:
    return FIRST <= day <= LAST


def _day(at) -> date:
    return timezone.localtime(at).date()


class Recount:
    """`Recount(cluster_id=…).numbers()`, in an area's schema; without a place, of the area."""

    def __init__(self, *, cluster_id=None, school_id=None) -> None:
        as_of = min(LAST, timezone.localdate())
        members = [
            each
            for each in Membership.objects.all()
            if each.joined_on <= as_of and (each.left_on is None or each.left_on > as_of)
        ]
        self.is_area = cluster_id is None and school_id is None
        self.schools = {each.pk for each in School.objects.all()}
        self.clusters = {each.pk for each in Cluster.objects.all()}
        self.hosts = {*self.schools, *self.clusters}
        if cluster_id:
            self.schools = {each.school_id for each in members if each.cluster_id == cluster_id}
            self.clusters = {cluster_id}
            self.hosts = {*self.schools, cluster_id}
        if school_id:
            self.schools = self.hosts = {school_id}
            self.clusters = {each.cluster_id for each in members if each.school_id == school_id}
        self.teachers = {
            each.pk for each in Teacher.objects.all() if each.school_id in self.schools
        }

    def numbers(self) -> dict:
        seconds = self._presences()
        credit, net = self._credit()
        active = {each for each in self.teachers if seconds.get(each) or net[each] > 0}
        return {
            "schools": len(self.schools),
            "clusters": len(self.clusters),
            "teachers": len(self.teachers),
            "participation": {
                "teachers": len(active),
                "share": f"{len(active)}/{len(self.teachers)}",
                "share_rounded": round(len(active) / len(self.teachers), 4),
            },
            "credit_minutes": credit,
            "trainings_held": sum(self._is_held(each) for each in Training.objects.all()),
            "attendance_minutes": sum(len(each) // 60 for each in seconds.values()),
            "visits": self._visits(),
            "meetings": self._meetings(),
            "activity_logs": self._logs(),
            "plans": self._plans(),
            **self._stages(),
        }

    def _presences(self) -> dict:
        """The seconds themselves, as a set, by teacher."""
        corrected = {each.corrects_id for each in AttendanceInterval.objects.all()}
        present = defaultdict(set)
        for each in AttendanceInterval.objects.select_related("session__training"):
            session = each.session
            if (
                each.pk in corrected
                or each.joined_at is None
                or each.teacher_id not in self.teachers
                or session.training.status == "cancelled"
                or not _within(_day(session.starts_at))
            ):
                continue
            start = max(each.joined_at, session.starts_at)
            end = min(each.left_at or session.ends_at, session.ends_at)
            seconds = range(int(start.timestamp()), int(end.timestamp()))
            present[each.teacher_id].update(seconds)
        return present

    def _credit(self) -> tuple[dict, Counter]:
        kinds, net = Counter(), Counter()
        for each in LedgerEntry.objects.all():
            if each.teacher_id in self.teachers and _within(each.occurred_on):
                kinds[each.kind] += each.credit_minutes
                net[each.teacher_id] += each.credit_minutes
        return {kind: kinds[kind] for kind in KINDS} | {"total": kinds.total()}, net

    def _is_held(self, training: Training) -> bool:
        starts = [each.starts_at for each in training.sessions.all()]
        is_here = self.is_area or bool({training.cluster_id, training.school_id} & self.hosts)
        return (
            is_here and training.status == "closed" and bool(starts) and _within(_day(max(starts)))
        )

    def _visits(self) -> dict:
        acknowledged = {
            each.visit_id for each in FeedbackConference.objects.all() if each.acknowledged_at
        }
        visits = [
            each
            for each in SupervisionVisit.objects.all()
            if each.school_id in self.schools
            and _within(each.planned_on)
            and each.status != "cancelled"
        ]
        return {
            "planned": len(visits),
            "observed": sum(each.observed_on is not None for each in visits),
            "acknowledged": sum(each.pk in acknowledged for each in visits),
        }

    def _is_here(self, meeting: Meeting) -> bool:
        return bool({meeting.committee.cluster_id, meeting.committee.school_id} & self.hosts)

    def _meetings(self) -> dict:
        here = [each for each in Meeting.objects.all() if self._is_here(each)]
        in_year = {each.pk for each in here if _within(_day(each.held_at))}
        closed = [
            each
            for each in here
            if each.pk in in_year and each.status in ("closed", "minutes_adopted")
        ]
        ids_so_far = {each.pk for each in here if _day(each.held_at) <= LAST}
        return {
            "closed": len(closed),
            "with_quorum": sum(_had_quorum(each) for each in closed),
            "resolutions_carried": sum(
                each.status == "carried" and each.agenda_item.meeting_id in in_year
                for each in Motion.objects.select_related("agenda_item")
            ),
            "open_action_items": sum(
                each.status == "open" and each.agenda_item.meeting_id in ids_so_far
                for each in ActionItem.objects.select_related("agenda_item")
            ),
        }

    def _logs(self) -> dict:
        found = Counter(
            each.status
            for each in ActivityLog.objects.all()
            if each.school_id in self.schools and _within(each.occurred_on)
        )
        return {
            "verified": found["verified"],
            "pending": found["submitted"],
            "returned": found["returned"],
        }

    def _stages(self) -> dict:
        last = dict.fromkeys(self.clusters, "")
        for each in StageChange.objects.order_by("id"):
            if each.cluster_id in last and _day(each.found_at) <= LAST:
                last[each.cluster_id] = each.stage
        counts = Counter(last.values())
        only = next(iter(last.values()), "") if not self.is_area else ""
        return {
            "stage": only or None,
            "stages": {"none": counts[""]} | {each.value: counts[each] for each in NetworkStage},
        }

    def _plans(self) -> dict:
        found = Counter()
        for plan in Plan.objects.all():
            if plan.cluster_id not in self.clusters or plan.academic_year != YEAR:
                continue
            frozen = [
                each for each in PlanVersion.objects.order_by("number") if each.plan_id == plan.pk
            ]
            frozen = [each for each in frozen if each.status != "draft"]
            found.update([frozen[-1].status, frozen[-1].validation] if frozen else ["draft"])
        names = ("draft", "submitted", "adopted", "validated", "returned", "not_validated")
        return {name: found[name] for name in names}


def _had_quorum(meeting: Meeting) -> bool:
    held_on = _day(meeting.held_at)
    filled = {
        each.pk
        for each in Seat.objects.all()
        if each.committee_id == meeting.committee_id
        and each.term_from <= held_on
        and (each.term_until is None or each.term_until >= held_on)
    }
    present = {
        each.seat_id
        for each in MeetingAttendance.objects.all()
        if each.meeting_id == meeting.pk and each.presence == "present"
    }
    counted = len(present & filled)
    return counted > 0 and counted >= Fraction(meeting.procedure["quorum"]) * len(filled)
