"""Check-in by rotating codes, attendance by hand, corrections."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from django_tenants.utils import schema_context

from core.journal.models import JournalEntry
from pd_activities.calculations import codes
from pd_activities.models import AttendanceInterval, Training, TrainingSession
from pd_activities.queries.attendance import presence_in_training
from tests.client import body_of
from tests.pd_activities.training_cast import code_now, make_interval


@pytest.fixture
def inside(api):
    with schema_context(api.area.schema_name):
        yield


@pytest.fixture
def session(api, inside) -> TrainingSession:
    return TrainingSession.objects.get(pk=api.area.things["training_session"])


def _check_in(api, body, name="training_session", role="teacher"):
    return api.as_(role).post(_path(api, "/check-in", name), body)


def _path(api, verb: str, name: str = "training_session") -> str:
    return f"/api/v1/training-sessions/{api.area.things[name]}{verb}"


def _outcome(response) -> tuple[int, str]:
    return response.status_code, body_of(response).get("code", "")


# --- The code ----------------------------------------------------------------------------------
def test_code__shown_to_who_runs_it__taken_from_who_attends(api):
    response = api.as_("cluster_coordinator").get(_path(api, "/code"))
    shown = body_of(response)

    assert response["Cache-Control"] == "no-store"
    assert shown["qr_svg"].startswith("<svg")
    assert shown["qr_text"].endswith(shown["code"])
    checked_in = _check_in(api, {"code": shown["code"]})
    assert checked_in.status_code == 201
    assert body_of(checked_in)["source"] == "qr"
    assert body_of(checked_in)["left_at"] is None


def test_code__typed__taken(api):
    shown = body_of(api.as_("cluster_coordinator").get(_path(api, "/code")))
    response = _check_in(api, {"code": shown["typed_code"]})
    assert (response.status_code, body_of(response)["source"]) == (201, "typed_code")


def test_code__session_not_near__closed(api):
    path = _path(api, "/code", "open_session")
    assert _outcome(api.as_("officer").get(path)) == (409, "check_in_closed")


def test_code__training_called_off__not_open(api):
    api.as_("officer").post(f"/api/v1/trainings/{api.area.things['training']}/cancel")
    assert _outcome(api.as_("officer").get(_path(api, "/code"))) == (409, "training_not_open")


# --- Check-in ----------------------------------------------------------------------------------
def test_check_in__twice__one_interval_one_journal_entry(api, inside, session):
    first = _check_in(api, {"code": code_now(session.pk)})
    again = _check_in(api, {"code": codes.typed_code(bytes(session.code_secret), 1)})

    assert (first.status_code, again.status_code) == (201, 200)
    assert body_of(first) == body_of(again)
    assert session.intervals.count() == 1
    entries = JournalEntry.objects.filter(verb="pd_activities.attendance.checked_in")
    assert entries.get().school_id == api.area.things["school"]


def test_check_in__code_of_a_while_ago__expired(api, session):
    code = code_now(session.pk, timezone.now() - timedelta(minutes=3))
    assert _outcome(_check_in(api, {"code": code})) == (409, "code_expired")


def test_check_in__scanned_offline__judged_by_the_codes_own_window(api, session):
    seen_at = timezone.now() - timedelta(minutes=40)
    body = {"code": code_now(session.pk, seen_at), "seen_at": seen_at.isoformat()}
    response = _check_in(api, body)

    assert response.status_code == 201
    [interval] = session.intervals.all()
    assert interval.joined_at <= seen_at < interval.joined_at + codes.WINDOW
    assert interval.received_at - interval.joined_at > timedelta(minutes=39)


def test_check_in__forwarded_photo_with_another_time__expired(api, session):
    code = code_now(session.pk, timezone.now() - timedelta(minutes=40))
    body = {"code": code, "seen_at": (timezone.now() - timedelta(minutes=10)).isoformat()}
    assert _outcome(_check_in(api, body)) == (409, "code_expired")


@pytest.mark.parametrize("hours", [-1, 49, 24 * 365 * 2_000])
def test_check_in__seen_too_long_ago_or_in_the_future__expired(api, session, hours):
    seen_at = timezone.now() - timedelta(hours=hours)
    body = {"code": code_now(session.pk), "seen_at": seen_at.isoformat()}
    assert _outcome(_check_in(api, body)) == (409, "code_expired")


def test_check_in__synced_a_day_later_after_the_close__still_counts(api, inside):
    session = TrainingSession.objects.get(pk=api.area.things["ended_session"])
    seen_at = session.starts_at + timedelta(minutes=1)
    Training.objects.filter(pk=session.training_id).update(status="closed")
    body = {"code": code_now(session.pk, seen_at), "seen_at": seen_at.isoformat()}
    assert _check_in(api, body, "ended_session").status_code == 201


def test_check_in__before_the_doors_open__closed(api, session):
    session.starts_at = timezone.now() + timedelta(hours=1)
    session.save()
    assert _outcome(_check_in(api, {"code": code_now(session.pk)})) == (409, "check_in_closed")


def test_check_in__code_of_another_session__unknown(api, inside):
    code = code_now(api.area.things["open_session"])
    assert _outcome(_check_in(api, {"code": code})) == (409, "code_unknown")
    assert _outcome(_check_in(api, {"code": "12345678"})) == (409, "code_unknown")


def test_check_in__on_the_waiting_list__no_seat(api, session):
    session.training.enrolments.update(status="waiting")
    assert _outcome(_check_in(api, {"code": code_now(session.pk)})) == (409, "not_enrolled")


def test_check_in__training_called_off__not_open(api, session):
    api.as_("officer").post(f"/api/v1/trainings/{session.training_id}/cancel")
    assert _outcome(_check_in(api, {"code": code_now(session.pk)})) == (409, "training_not_open")


def test_check_in__few_queries(api, session, django_assert_num_queries):
    body = {"code": code_now(session.pk)}
    api.as_("teacher").get("/api/v1/me")
    with django_assert_num_queries(6):  # who, seat, savepoint, interval, journal, its release
        assert _check_in(api, body).status_code == 201


# --- By hand -----------------------------------------------------------------------------------
def _item(api, session, start=0, end=60, teacher="teacher"):
    return {
        "teacher": api.area.things[teacher],
        "joined_at": (session.starts_at + timedelta(minutes=start)).isoformat(),
        "left_at": (session.starts_at + timedelta(minutes=end)).isoformat(),
    }


def _record(api, items, **fields):
    path = _path(api, "/attendance")
    return api.as_("cluster_coordinator").post(path, {"items": items, **fields})


def test_record__the_same_twice__one_effect(api, session):
    item = _item(api, session)
    assert body_of(_record(api, [item, item]))["recorded"] == 1
    assert body_of(_record(api, [item]))["recorded"] == 0
    assert body_of(_record(api, [item], source="online_report"))["recorded"] == 1
    assert session.intervals.count() == 2


def test_presence__morning_on_site_then_online_overlapping__counted_once(api, session):
    teacher = api.area.things["teacher"]
    _record(api, [_item(api, session, 0, 90)])
    _record(api, [_item(api, session, 60, 120)], source="online_report")
    assert presence_in_training([session]) == {teacher: timedelta(minutes=120)}


def test_presence__sessions_side_by_side__counted_once(api, session):
    teacher = session.training.enrolments.get().teacher
    beside = TrainingSession.objects.create(
        training=session.training,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        mode="online",
    )
    make_interval(session, teacher)
    make_interval(beside, teacher)
    assert presence_in_training([session, beside]) == {teacher.pk: timedelta(hours=4)}


def test_record__one_wrong_item__none_is_written(api, session):
    outside = _item(api, session, 300, 400)
    backwards = _item(api, session, 60, 30)
    stranger = _item(api, session, teacher="other_teacher")
    response = _record(api, [_item(api, session), outside, backwards, stranger])

    assert response.status_code == 400
    pointers = {each["pointer"]: each["code"] for each in body_of(response)["errors"]}
    assert pointers == {
        "/items/1/left_at": "outside_session",
        "/items/2/left_at": "out_of_order",
        "/items/3/teacher": "not_enrolled",
    }
    assert not session.intervals.exists()


def test_record__training_called_off__not_open(api, session):
    api.as_("officer").post(f"/api/v1/trainings/{session.training_id}/cancel")
    assert _outcome(_record(api, [_item(api, session)])) == (409, "training_not_open")


# --- Corrections -------------------------------------------------------------------------------
def _correct(api, interval_id, **body):
    path = f"/api/v1/attendance/{interval_id}/correct"
    return api.as_("cluster_coordinator").post(path, {"reason": "ลงชื่อแทนกัน", **body})


def test_correct__check_in_by_someone_else__takes_its_place(api, session):
    made = body_of(_check_in(api, {"code": code_now(session.pk)}))
    response = _correct(api, made["id"], joined_at=None, left_at=None)

    assert response.status_code == 201
    assert body_of(response)["corrects"] == made["id"]
    assert presence_in_training([session]) == {}
    assert session.intervals.count() == 2  # both stay to be seen
    assert _check_in(api, {"code": code_now(session.pk)}).status_code == 200  # no way back in


def test_correct__twice__conflict_then_correct_the_correction(api, session):
    item = _item(api, session, 0, 60)
    _record(api, [item])
    wrong = session.intervals.get()
    times = _item(api, session, 0, 120)
    times = {"joined_at": times["joined_at"], "left_at": times["left_at"]}
    first = body_of(_correct(api, wrong.pk, **times))

    assert _outcome(_correct(api, wrong.pk, **times)) == (409, "already_corrected")
    assert _correct(api, first["id"], joined_at=None, left_at=None).status_code == 201
    assert presence_in_training([session]) == {}


@pytest.mark.parametrize("only", ["joined_at", "left_at"])
def test_correct__one_time_only__invalid(api, session, only):
    _record(api, [_item(api, session)])
    times = {"joined_at": None, "left_at": None, only: session.starts_at.isoformat()}
    assert _outcome(_correct(api, session.intervals.get().pk, **times)) == (400, "invalid_input")


def test_interval__database__refuses_change(api, inside):
    """Append-only: not even our own code can rewrite who was there."""
    with pytest.raises(DatabaseError) as raised, transaction.atomic():
        AttendanceInterval.objects.update(left_at=timezone.now())
    assert raised.value.__cause__.sqlstate == "42501"


def test_attendance_list__queries_constant(api, session, django_assert_num_queries):
    _record(api, [_item(api, session, n, n + 10) for n in (0, 20, 40)])
    director = api.as_("school_director")
    with django_assert_num_queries(2):
        assert len(body_of(director.get("/api/v1/attendance", {"limit": "1"}))["items"]) == 1
    with django_assert_num_queries(2):
        assert len(body_of(director.get("/api/v1/attendance"))["items"]) >= 3
