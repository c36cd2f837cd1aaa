"""A year of an area in rows at random, the same at each call: around its edges above all."""

from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from django.db import connection

from accounts.models import User
from clusters.enums import NetworkStage, PlanStatus, Validation
from clusters.models import Cluster, Membership, Plan, PlanVersion, School, StageChange, Teacher
from core.ids import new_id
from pd_activities.enums import (
    AttendanceSource,
    HourKind,
    HourSource,
    LogKind,
    LogStatus,
    MeetingStatus,
    MotionStatus,
    Presence,
    TrainingStatus,
    VisitStatus,
)
from pd_activities.models import (
    ActionItem,
    ActivityLog,
    AgendaItem,
    AttendanceInterval,
    Committee,
    FeedbackConference,
    Instrument,
    LedgerEntry,
    Meeting,
    MeetingAttendance,
    Motion,
    Seat,
    SupervisionVisit,
    Training,
    TrainingSession,
)

YEAR = 2025
FIRST, LAST = date(2025, 5, 16), date(2026, 5, 15)
BANGKOK = ZoneInfo("Asia/Bangkok")
# The edges by Thai days; in UTC the first and the last quarter of a day belong to another one.
EDGES = [
    datetime(2025, 5, 15, 23, 30, tzinfo=BANGKOK),
    datetime(2025, 5, 16, 0, 0, tzinfo=BANGKOK),
    datetime(2026, 5, 15, 23, 30, tzinfo=BANGKOK),
    datetime(2026, 5, 16, 0, 0, tzinfo=BANGKOK),
]


class BusyYear:
    """`BusyYear(seed).fill()` in an area's schema."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311
        self.now = datetime(2026, 1, 1, tzinfo=BANGKOK)

    def fill(self) -> None:
        self._places()
        self._trainings()
        self._hours_and_logs()
        self._visits()
        self._meetings()
        self._plans()

    def _time(self) -> datetime:
        at = FIRST + timedelta(days=self.random.randrange(-20, 390))
        usual = datetime(at.year, at.month, at.day, 9, tzinfo=BANGKOK)
        return self.random.choice([*EDGES, usual, usual, usual, usual])

    def _day(self) -> date:
        return self.random.choice(
            [date(2025, 5, 15), FIRST, LAST, date(2026, 5, 16), self._a_day()]
        )

    def _a_day(self) -> date:
        return self._time().date()

    def _places(self) -> None:
        self.schools = list(School.objects.all())
        for number in range(4):
            name = f"โรงเรียนนับ {number}"
            self.schools.append(
                School.objects.create(
                    code=f"9{number}", name_th=name, sort_key=name, district="ก", province="ข"
                )
            )
        self.clusters = list(Cluster.objects.all())
        one, other = self.clusters
        spans = [(one, FIRST, None), (other, FIRST, LAST), (one, LAST, None)]
        for school, (cluster, joined, left) in zip(self.schools[-4:], spans, strict=False):
            Membership.objects.create(
                school=school, cluster=cluster, joined_on=joined, left_on=left
            )
        for number in range(18):
            Teacher.objects.create(
                staff_code=f"N{number}",
                name_th="ครู",
                sort_key="ครู",
                school=self.random.choice(self.schools),
            )
        self.teachers = list(Teacher.objects.all())

    def _host(self) -> dict:
        return self.random.choice(
            [
                {"host": "area"},
                {"host": "cluster", "cluster": self.random.choice(self.clusters)},
                {"host": "school", "school": self.random.choice(self.schools)},
            ]
        )

    def _trainings(self) -> None:
        for number in range(40):
            training = Training.objects.create(
                title=f"อบรม {number}",
                modality="hybrid",
                status=self.random.choice(
                    [TrainingStatus.CLOSED, TrainingStatus.CLOSED, *TrainingStatus]
                ),
                **self._host(),
            )
            starts_at = self._time()
            for hours in (0, 1, 24 * 30)[: self.random.randrange(4)]:
                session = TrainingSession.objects.create(
                    training=training,
                    starts_at=starts_at + timedelta(hours=hours),
                    ends_at=starts_at + timedelta(hours=hours + 2),
                    mode="hybrid",
                )
                for teacher in self.random.sample(self.teachers, 5):
                    self._attend(session, teacher)

    def _attend(self, session: TrainingSession, teacher: Teacher) -> None:
        for number in range(self.random.randrange(1, 4)):
            joined = session.starts_at + timedelta(seconds=self.random.randrange(-2_000, 8_000))
            row = self._interval(
                session,
                teacher,
                source=AttendanceSource.MANUAL,
                joined_at=joined,
                left_at=joined + timedelta(seconds=self.random.randrange(1, 5_000)),
            )
            if self.random.random() < 0.2:
                self._interval(
                    session,
                    teacher,
                    source=AttendanceSource.MANUAL,
                    joined_at=None,
                    left_at=None,
                    corrects=row,
                )
            elif not number and self.random.random() < 0.5:
                self._interval(
                    session, teacher, source=AttendanceSource.QR, joined_at=joined, left_at=None
                )

    def _interval(self, session, teacher, **fields) -> AttendanceInterval:
        return AttendanceInterval.objects.create(
            session=session, teacher=teacher, received_at=self.now, **fields
        )

    def _hours_and_logs(self) -> None:
        for _ in range(60):
            teacher = self.random.choice(self.teachers)
            minutes = self.random.choice([0, 30, 50])
            entry = self._entry(teacher, minutes, self._day(), self.random.choice([*HourKind]))
            if self.random.random() < 0.4:
                self._entry(teacher, -minutes, entry.occurred_on, entry.kind, reverses=entry)
            self._log(teacher)

    def _entry(self, teacher, minutes, occurred_on, kind, reverses=None) -> LedgerEntry:
        return LedgerEntry.objects.create(
            teacher=teacher,
            source_kind=HourSource.ACTIVITY_LOG,
            source_id=reverses.source_id if reverses else new_id(),
            kind=kind,
            title="ชั่วโมง",
            minutes=minutes,
            credit_minutes=minutes,
            rule_set_version=1,
            occurred_on=occurred_on,
            reverses=reverses,
            recorded_at=self.now,
        )

    def _log(self, teacher: Teacher) -> None:
        status = self.random.choice(list(LogStatus))
        ActivityLog.objects.create(
            teacher=teacher,
            school=self.random.choice(self.schools),
            occurred_on=self._day(),
            minutes=60,
            kind=LogKind.PLC,
            title="PLC",
            status=status,
            return_reason="ก" if status == LogStatus.RETURNED else "",
            decided_at=None if status == LogStatus.SUBMITTED else self.now,
        )

    def _visits(self) -> None:
        lead, instrument = User.objects.first(), Instrument.objects.first()
        for _ in range(40):
            status = self.random.choice(list(VisitStatus))
            is_observed = status not in (VisitStatus.PLANNED, VisitStatus.CANCELLED)
            visit = SupervisionVisit.objects.create(
                school=self.random.choice(self.schools),
                teacher=self.random.choice(self.teachers),
                lead=lead,
                instrument=instrument,
                status=status,
                planned_on=self._day(),
                observed_on=self._a_day() if is_observed else None,
            )
            if is_observed and status != VisitStatus.OBSERVED:
                is_known = status != VisitStatus.FEEDBACK_GIVEN
                FeedbackConference.objects.create(
                    visit=visit,
                    held_at=self.now,
                    strengths="ก",
                    to_develop="ข",
                    acknowledged_at=self.now if is_known else None,
                )

    def _meetings(self) -> None:
        places = [{"kind": "cluster", "cluster": each} for each in self.clusters]
        places += [{"kind": "school", "school": each} for each in self.schools[:4]]
        for place in places:
            committee = Committee.objects.create(
                name_th="คณะกรรมการ",
                sort_key="ก",
                established_on=date(2020, 1, 1),
                procedure={"quorum": "1/2"},
                **place,
            )
            seats = [self._seat(committee) for _ in range(7)]
            for number in range(1, 9):
                self._meeting(committee, seats, number)

    def _seat(self, committee: Committee) -> Seat:
        ends = self.random.choice([None, None, date(2025, 5, 16), date(2026, 2, 1)])
        return Seat.objects.create(
            committee=committee,
            category="other",
            holder_name="ก",
            term_from=self.random.choice([date(2020, 1, 1), date(2025, 5, 16)]),
            term_until=ends,
        )

    def _meeting(self, committee: Committee, seats: list[Seat], number: int) -> None:
        held_at = self._time()
        meeting = Meeting.objects.create(
            committee=committee,
            year=2000 + number,
            number=number,
            held_at=held_at,
            place="ก",
            status=self.random.choice(
                [MeetingStatus.CALLED, MeetingStatus.OPEN, *[MeetingStatus.CLOSED] * 3]
            ),
            opened_at=held_at,
            closed_at=held_at,
            procedure={"quorum": self.random.choice(["1/2", "2/3", "1/3"])},
        )
        for seat in self.random.sample(seats, self.random.randrange(8)):
            MeetingAttendance.objects.create(
                meeting=meeting,
                seat=seat,
                presence=self.random.choice([*[Presence.PRESENT] * 4, *Presence]),
            )
        for place in range(401, 404):
            item = AgendaItem.objects.create(
                meeting=meeting, number="4", place=place, title="ก", kind="for_decision"
            )
            self._outcome(item)

    def _outcome(self, item: AgendaItem) -> None:
        is_done = self.random.random() < 0.5
        ActionItem.objects.create(
            agenda_item=item,
            text="ก",
            owner_name="ข",
            due_on=LAST,
            status="done" if is_done else "open",
            closed_at=self.now if is_done else None,
        )
        Motion.objects.create(
            agenda_item=item,
            text="ก",
            status=self.random.choice([MotionStatus.CARRIED, MotionStatus.LOST]),
            in_favour_count=1,
            against_count=0,
            abstained_count=0,
            present_count=1,
            decided_at=self.now,
        )

    def _plans(self) -> None:
        for cluster in self.clusters:
            for year in (YEAR - 1, YEAR, YEAR + 1):
                plan = Plan.objects.create(cluster=cluster, academic_year=year, title="แผน")
                for number in range(1, self.random.randrange(1, 4)):
                    PlanVersion.objects.create(
                        plan=plan,
                        number=number,
                        status=self.random.choice([PlanStatus.SUBMITTED, PlanStatus.ADOPTED]),
                        content_hash="h",
                        validation=self.random.choice(list(Validation)),
                        validated_by_study=plan.pk,
                    )
                PlanVersion.objects.create(plan=plan, number=9)
            for _ in range(3):
                found_at = self.now + timedelta(days=self.random.randrange(-100, 0))
                self._stage(cluster, self.random.choice(["", *NetworkStage]), found_at)
            self._stage(cluster, NetworkStage.AWARENESS, EDGES[3])

    def _stage(self, cluster: Cluster, stage: str, found_at: datetime) -> None:
        """As of another time than now, which the model itself writes."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {StageChange._meta.db_table} "  # noqa: S608
                "(id, version, created_at, updated_at, cluster_id, stage, evidence, found_at) "
                "VALUES (%s, 1, %s, %s, %s, %s, '[]', %s)",
                [new_id(), found_at, found_at, cluster.pk, stage, found_at],
            )
