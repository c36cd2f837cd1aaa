"""Trainings of the cluster in each state, attendance, and an activity log."""

import uuid
from datetime import date, timedelta

from django.utils import timezone

from clusters.models import Teacher
from core.actor import SYSTEM
from pd_activities.actions.certificates import issue_certificate
from pd_activities.calculations import codes
from pd_activities.enums import (
    AttendanceSource,
    EnrolmentStatus,
    HourKind,
    HourSource,
    TrainingStatus,
)
from pd_activities.models import (
    ActivityLog,
    AttendanceInterval,
    Certificate,
    Enrolment,
    HourRuleSet,
    LedgerEntry,
    Training,
    TrainingSession,
)
from tenants.postgresql.base import owner_rights
from tests.world import TestArea

HOUR = timedelta(hours=1)


def add_trainings(area: TestArea) -> None:
    """`training` (open, its `training_session` runs now, `enrolment` is the teacher's),
    `open_training`, `draft_training`, `ended_training` (with `interval`), `closed_training`;
    `activity_log`, `certificate` (of hours that the ledger has no more), `hour_rule_set`."""
    now = timezone.now()
    teacher = Teacher.objects.get(pk=area.things["teacher"])
    running = make_training(area, "อบรมวันนี้", TrainingStatus.OPEN)
    session = make_session(running, now - HOUR, hours=4)
    area.things["training"], area.things["training_session"] = running.pk, session.pk
    area.things["enrolment"] = enrol_directly(running, teacher).pk
    for name, status, starts_at in (
        ("open_training", TrainingStatus.OPEN, now + 24 * HOUR),
        ("draft_training", TrainingStatus.DRAFT, now + 24 * HOUR),
        ("ended_training", TrainingStatus.OPEN, now - 24 * HOUR),
        ("closed_training", TrainingStatus.CLOSED, now - 48 * HOUR),
    ):
        training = make_training(area, f"อบรม {name}", status)
        session = make_session(training, starts_at)
        area.things[name] = training.pk
        area.things[name.replace("training", "session")] = session.pk
        if starts_at < now:
            enrol_directly(training, teacher)
            area.things["interval"] = make_interval(session, teacher).pk
    area.things["activity_log"] = make_log(teacher).pk
    area.things["certificate"] = make_certificate(teacher).pk
    area.things["hour_rule_set"] = HourRuleSet.objects.get().pk


def make_training(area: TestArea, title: str, status: str = "open", **fields) -> Training:
    return Training.objects.create(
        title=f"{title} {area.slug}",
        modality="hybrid",
        status=status,
        **{"host": "cluster", "cluster_id": area.things["cluster"], "capacity": 30, **fields},
    )


def make_session(training: Training, starts_at, hours: float = 3) -> TrainingSession:
    return TrainingSession.objects.create(
        training=training, starts_at=starts_at, ends_at=starts_at + hours * HOUR, mode="hybrid"
    )


def enrol_directly(training: Training, teacher: Teacher) -> Enrolment:
    number = training.enrolments.count() + 1
    training.enrolled_count += 1
    training.save()
    return Enrolment.objects.create(
        training=training, teacher=teacher, status=EnrolmentStatus.ENROLLED, number=number
    )


def make_interval(session: TrainingSession, teacher: Teacher, **fields) -> AttendanceInterval:
    return AttendanceInterval.objects.create(
        session=session,
        teacher=teacher,
        **{
            "source": AttendanceSource.MANUAL,
            "joined_at": session.starts_at,
            "left_at": session.ends_at,
            "received_at": session.ends_at,
            **fields,
        },
    )


def make_log(teacher: Teacher, **fields) -> ActivityLog:
    return ActivityLog.objects.create(
        teacher=teacher,
        school_id=teacher.school_id,
        **{
            "occurred_on": timezone.localdate() - timedelta(days=1),
            "minutes": 50,
            "kind": "plc",
            "title": "PLC กลุ่มสาระภาษาไทย",
            **fields,
        },
    )


def credit(teacher: Teacher, **fields) -> LedgerEntry:
    return LedgerEntry.objects.create(
        teacher=teacher,
        **{
            "source_kind": HourSource.TRAINING,
            "source_id": uuid.uuid4(),
            "kind": HourKind.TRAINING,
            "title": "การจัดการเรียนรู้เชิงรุก",
            "minutes": 180,
            "credit_minutes": 180,
            "rule_set_version": 1,
            "occurred_on": date(2026, 6, 20),
            "recorded_at": timezone.now(),
            **fields,
        },
    )


def make_certificate(teacher: Teacher) -> Certificate:
    """Issued as it is in earnest, and the ledger as it was before."""
    entry = credit(teacher, title="อบรมครั้งก่อน")
    certificate, _ = issue_certificate(teacher, academic_year=None, actor=SYSTEM)
    with owner_rights():
        entry.delete()
    return certificate


def code_now(session_id, moment=None) -> str:
    """The QR code that the session's screen shows, in the present schema."""
    secret = bytes(TrainingSession.objects.get(pk=session_id).code_secret)
    return codes.qr_code(secret, codes.window_of(moment or timezone.now()))
