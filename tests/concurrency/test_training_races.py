"""Seats, check-ins, awards and offline logs when everyone comes at once. All commits are real."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.utils import timezone
from django_tenants.utils import schema_context

from clusters.models import Teacher
from core.journal.models import JournalEntry
from core.thai import sort_key
from pd_activities.models import ActivityLog, Enrolment, LedgerEntry, Training
from tests.client import body_of
from tests.concurrency.together import together
from tests.pd_activities.training_cast import (
    code_now,
    enrol_directly,
    make_interval,
    make_log,
    make_session,
    make_training,
)
from tests.pd_activities.training_samples import log_body

IS_DRILL = os.environ.get("KRUNET_DRILL") == "full"
PEOPLE, SEATS = (200, 30) if IS_DRILL else (40, 15)
AT_ONCE = 16


@pytest.fixture
def inside(races):
    with schema_context(races.area.schema_name):
        yield


@pytest.fixture
def teacher(races, inside) -> Teacher:
    return Teacher.objects.get(pk=races.area.things["teacher"])


def _crowd(races) -> list[Teacher]:
    return Teacher.objects.bulk_create(
        Teacher(
            staff_code=f"crowd-{number}",
            name_th=f"ครูคนที่ {number}",
            sort_key=sort_key(f"ครูคนที่ {number}"),
            school_id=races.area.things["school"],
        )
        for number in range(PEOPLE)
    )


def _outcomes(schema, works):
    def run(work):
        try:
            with schema_context(schema):
                return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(run, works))


def test_enrol__200_for_30_places__30_seats_and_a_right_waiting_list(races, inside):
    training = make_training(races.area, "ที่นั่งน้อย", capacity=SEATS)
    crowd, officer = _crowd(races), races.as_("officer")
    path = f"/api/v1/trainings/{training.pk}/enrolments"

    answers = _outcomes(
        races.area.schema_name,
        [partial(officer.post, path, {"teacher": each.pk}) for each in crowd],
    )

    assert {answer.status_code for answer in answers} == {201}
    rows = list(Enrolment.objects.filter(training=training).order_by("number"))
    assert [row.number for row in rows] == list(range(1, PEOPLE + 1))
    assert {row.status for row in rows[:SEATS]} == {"enrolled"}
    assert {row.status for row in rows[SEATS:]} == {"waiting"}
    assert [row.created_at for row in rows] == sorted(row.created_at for row in rows)

    # Ten give their seats back, all at once: the next ten of the list move up, nobody else.
    leaving = rows[:10]
    cancels = [f"/api/v1/enrolments/{row.pk}/cancel" for row in leaving]
    _outcomes(races.area.schema_name, [partial(officer.post, each) for each in cancels])

    seated = Enrolment.objects.filter(training=training, status="enrolled").order_by("number")
    assert [row.number for row in seated] == list(range(11, SEATS + 11))
    training.refresh_from_db()
    assert training.enrolled_count == SEATS


def test_check_in__the_same_tap_many_times_at_once__one_interval(races, teacher):
    training = make_training(races.area, "แตะซ้ำ")
    session = make_session(training, timezone.now() - timedelta(hours=1))
    enrol_directly(training, teacher)
    body = {"code": code_now(session.pk)}
    path = f"/api/v1/training-sessions/{session.pk}/check-in"

    answers = together(*[partial(races.as_("teacher").post, path, body) for _ in range(8)])

    assert sorted(answer.status_code for answer in answers) == [200] * 7 + [201]
    assert len({body_of(answer)["id"] for answer in answers}) == 1
    interval = session.intervals.get()
    assert JournalEntry.objects.filter(subject_id=interval.pk).count() == 1


def test_award__many_times_at_once__one_entry_each(races, teacher):
    training = make_training(races.area, "ให้ชั่วโมงซ้ำ", "closed")
    session = make_session(training, timezone.now() - timedelta(hours=5))
    make_interval(session, teacher)
    path = f"/api/v1/trainings/{training.pk}/award-hours"

    answers = together(*[partial(races.as_("officer").post, path) for _ in range(8)])

    assert sum(body_of(answer)["awarded"] for answer in answers) == 1
    assert LedgerEntry.objects.get(source_id=training.pk).credit_minutes == 180


def test_late_check_in_against_award__in_the_ledger_whoever_is_first(races, teacher):
    """The check-in waits for the award or the award sees it: its minutes are never lost."""
    for _ in range(5):
        training = make_training(races.area, "ซิงก์ช้า", "closed")
        session = make_session(training, timezone.now() - timedelta(hours=5))
        enrol_directly(training, teacher)
        seen_at = session.starts_at + timedelta(minutes=1)
        body = {"code": code_now(session.pk, seen_at), "seen_at": seen_at.isoformat()}
        check_in = f"/api/v1/training-sessions/{session.pk}/check-in"
        award = f"/api/v1/trainings/{training.pk}/award-hours"

        together(
            partial(races.as_("teacher").post, check_in, body),
            partial(races.as_("officer").post, award),
        )

        assert LedgerEntry.objects.get(source_id=training.pk).minutes >= 178


def test_verify_against_return__ledger_agrees_with_the_log(races, teacher):
    for _ in range(5):
        log = make_log(teacher)
        path = f"/api/v1/activity-logs/{log.pk}"
        together(
            partial(races.as_("school_director").post, f"{path}/verify", {}),
            partial(races.as_("officer").post, f"{path}/return", {"reason": "ซ้ำ"}),
        )
        log.refresh_from_db()
        credited = sum(
            LedgerEntry.objects.filter(source_id=log.pk).values_list("minutes", flat=True)
        )
        assert (log.status, credited) in (("verified", 50), ("returned", 0))


def test_batch__two_devices_send_the_same_at_once__one_effect(races, inside):
    items = [log_body() for _ in range(20)]
    send = partial(races.as_("teacher").post, "/api/v1/activity-logs:batch", {"items": items})

    first, second = (
        [each["status"] for each in body_of(answer)["results"]] for answer in together(send, send)
    )

    assert sorted([first, second]) == [[200] * 20, [201] * 20]
    assert ActivityLog.objects.filter(pk__in=[each["id"] for each in items]).count() == 20


def test_capacity_against_enrol__never_more_seats_than_places(races, inside):
    crowd = list(Teacher.objects.filter(staff_code__startswith="crowd-")[:8]) or _crowd(races)[:8]
    training = make_training(races.area, "ลดที่นั่ง", capacity=8)
    path = f"/api/v1/trainings/{training.pk}"
    shrink = partial(races.as_("officer").patch, path, {"capacity": 4}, If_Match="*")
    enrol = [
        partial(races.as_("officer").post, f"{path}/enrolments", {"teacher": each.pk})
        for each in crowd
    ]

    together(*enrol[:4], shrink, *enrol[4:])

    training = Training.objects.get(pk=training.pk)
    seated = training.enrolments.filter(status="enrolled").count()
    assert seated == training.enrolled_count <= training.capacity
