"""Seats, storage and studies: refused exactly at the limit, by whatever way they are taken."""

import uuid

import pytest
from django.db import transaction
from django_tenants.utils import schema_context

from accounts.models import Invitation, User
from clusters.models import Teacher
from consensus.queries.studies import live_studies
from core.actor import SYSTEM
from core.documents.actions import bytes_of_documents, keep_document
from core.documents.files import MadeFile
from core.errors import QuotaExceededError
from core.imports.actions import bytes_of_imports
from core.imports.models import ImportBatch
from core.jobs.actions import run_job, start_job
from core.jobs.models import Job
from core.jobs.registry import job_kind
from core.quotas import Quota, take, used
from core.thai import sort_key
from tests.client import body_of
from tests.clusters.importing import applied, checked, send
from tests.core.sheets import csv_text
from tests.tenants.limiting import give_limits, seats_taken


@pytest.fixture
def admin(api):
    return api.as_("area_admin")


@pytest.fixture
def inside(world):
    return lambda: schema_context(world.t1.schema_name)


def _refused(response) -> str:
    """Its detail; it must be the quota's."""
    assert (response.status_code, body_of(response)["code"]) == (403, "quota_exceeded")
    return body_of(response)["detail"]


def _invite(admin, name: str) -> str:
    """The token of an invitation's link."""
    body = {"username": name, "display_name": "ผู้มาใหม่", "role": "viewer", "scope": "area"}
    invited = admin.post("/api/v1/invitations", body)
    assert invited.status_code == 201
    return body_of(invited)["link"].split("token=")[1]


def _accept(api, token: str):
    body = {"token": token, "password": "ข้าวเหนียวมะม่วง-2569"}
    return api.with_token(None).post("/api/v1/invitations/accept", body)


def test_seats__full__invitation_waits_until_a_seat_is_free(api, admin, inside):
    token = _invite(admin, "newcomer")
    taken = seats_taken(api.area)
    give_limits(api.area, seats=taken)

    told = _refused(_accept(api, token))
    assert told.startswith(f"Active accounts: {taken} of {taken} are used. Close accounts")
    with inside():
        assert not User.objects.filter(username="newcomer").exists()
        assert Invitation.objects.open().filter(username="newcomer").exists()

    someone = f"/api/v1/users/{api.area.things['user']}"
    assert admin.patch(someone, {"is_active": False}, If_Match="*").status_code == 200
    assert _accept(api, token).status_code == 201
    _refused(admin.patch(someone, {"is_active": True}, If_Match="*"))

    give_limits(api.area, seats=taken + 1)
    assert admin.patch(someone, {"is_active": True}, If_Match="*").status_code == 200
    assert seats_taken(api.area) == taken + 1


def test_seats__detail_in_thai__names_figures_and_what_to_do(api, admin):
    token = _invite(admin, "newcomer")
    give_limits(api.area, seats=1)
    body = {"token": token, "password": "ข้าวเหนียวมะม่วง-2569"}
    answer = api.with_token(None).post("/api/v1/invitations/accept", body, Accept_Language="th")
    detail = body_of(answer)["detail"]
    assert detail.startswith(f"บัญชีที่ใช้งานอยู่: ใช้ไปแล้ว {seats_taken(api.area)} จาก 1 กรุณาปิดบัญชี")


def test_seats__full__no_account_for_a_teacher_and_no_trace(api, admin, inside):
    with inside():
        teacher = Teacher.objects.create(
            staff_code="T-9", name_th="ครูใหม่", sort_key=sort_key("ครูใหม่"),
            school_id=api.area.things["school"],
        )  # fmt: skip
    give_limits(api.area, seats=seats_taken(api.area))
    _refused(admin.post(f"/api/v1/teachers/{teacher.pk}/account"))
    with inside():
        assert not User.objects.filter(username="T-9").exists()


def test_limit_below_what_is_used__nothing_breaks_and_nothing_is_added(api, admin):
    token = _invite(admin, "newcomer")
    give_limits(api.area, seats=1, storage_bytes=0, live_studies=0)
    assert admin.get("/api/v1/users").status_code == 200
    someone = f"/api/v1/users/{api.area.things['user']}"
    assert admin.patch(someone, {"display_name": "ชื่อใหม่"}, If_Match="*").status_code == 200
    assert api.as_("officer").get("/api/v1/me").status_code == 200
    _refused(_accept(api, token))


# --- Imports -----------------------------------------------------------------------------------


def _teachers(api, count: int) -> bytes:
    with schema_context(api.area.schema_name):
        code = Teacher.objects.get(pk=api.area.things["teacher"]).school.code
    rows = [f"Q-{number:03},ครูคนที่ {number},{code}" for number in range(count)]
    return csv_text("รหัสบุคลากร,ชื่อ-นามสกุล,รหัสโรงเรียน", *rows)


def test_import__more_accounts_than_seats__told_row_by_row_before_anything_is_written(api, inside):
    officer = api.as_("officer")
    give_limits(api.area, seats=seats_taken(api.area) + 3)
    batch = checked(officer, "teachers", _teachers(api, 5), create_accounts="true")

    assert [(each["row"], each["code"]) for each in batch["problems"]] == [
        (5, "quota_exceeded"),
        (6, "quota_exceeded"),
    ]
    refused = officer.post(f"/api/v1/imports/{batch['id']}/apply", {})
    assert body_of(refused)["code"] == "import_has_problems"
    assert applied(officer, batch, skip=True)["written"]["accounts"] == 3
    with inside():
        assert User.objects.filter(username__startswith="Q-").count() == 3
    again = checked(officer, "teachers", _teachers(api, 3), create_accounts="true")
    assert again["problems"] == []  # who has an account takes no seat


def test_import__seats_gone_since_the_check__nothing_is_written_and_it_can_go_on(
    api, inside, monkeypatch
):
    from core.imports import actions  # noqa: PLC0415

    monkeypatch.setattr(actions, "PIECE", 2)
    officer, taken = api.as_("officer"), seats_taken(api.area)
    batch = checked(officer, "teachers", _teachers(api, 5), create_accounts="true")
    give_limits(api.area, seats=taken + 4)

    stopped = applied(officer, batch)
    job = body_of(officer.get(f"/api/v1/jobs/{stopped['job_id']}"))
    assert (job["state"], job["problems"][0]["code"]) == ("failed", "quota_exceeded")
    with inside():
        assert not Teacher.objects.filter(staff_code__startswith="Q-").exists()

    give_limits(api.area, seats=taken + 5)
    assert applied(officer, batch)["state"] == "applied"
    with inside():
        assert User.objects.filter(username__startswith="Q-").count() == 5


def test_import__without_accounts__takes_no_seat(api):
    give_limits(api.area, seats=1)
    batch = checked(api.as_("officer"), "teachers", _teachers(api, 3))
    assert batch["problems"] == []


# --- Storage -----------------------------------------------------------------------------------


def test_storage__files_to_import__counted_until_they_are_read(api, inside):
    officer, content = api.as_("officer"), csv_text("รหัสโรงเรียน,ชื่อโรงเรียน,อำเภอ,จังหวัด")
    with inside():
        before = used(Quota.STORAGE)
    give_limits(api.area, storage_bytes=before + len(content))
    assert send(officer, "schools", content).status_code == 202
    with inside():
        assert bytes_of_imports() >= len(content)
        count = ImportBatch.objects.count()
    told = _refused(send(officer, "schools", content))
    assert "MB are used. Wait until old files are forgotten" in told
    with inside():
        assert ImportBatch.objects.count() == count


@job_kind("tests.make_a_file")
def _make_a_file(params, cursor, _actor):
    if cursor:
        return None
    return keep_document("tests.document", uuid.uuid4(), MadeFile("a.pdf", b"x" * params["size"]))


def test_storage__made_file_that_does_not_fit__job_fails_once_and_says_why(api, inside):
    with inside():
        give_limits(api.area, storage_bytes=used(Quota.STORAGE) + 100)
        before = bytes_of_documents()
        fits, too_large = (
            start_job("tests.make_a_file", {"size": size}, actor=SYSTEM).pk for size in (100, 1)
        )
        for each in (fits, too_large):
            run_job(each)
        states = dict(Job.objects.filter(pk__in=[fits, too_large]).values_list("pk", "state"))
        assert states == {fits: "succeeded", too_large: "failed"}
        assert Job.objects.get(pk=too_large).problems[0]["code"] == "quota_exceeded"
        assert bytes_of_documents() == before + 100


# --- Studies -----------------------------------------------------------------------------------


def test_studies__as_many_as_allowed__abandoning_one_makes_room(api, admin, inside):
    with inside():
        give_limits(api.area, live_studies=live_studies() + 1)
    first = admin.post("/api/v1/studies", {"title": "หนึ่ง"})
    assert first.status_code == 201
    _refused(admin.post("/api/v1/studies", {"title": "สอง"}))
    path = f"/api/v1/studies/{body_of(first)['id']}"
    assert admin.post(f"{path}/abandon", {"reason": "ไม่ใช้แล้ว"}).status_code == 200
    assert admin.post("/api/v1/studies", {"title": "สอง"}).status_code == 201


# --- What it costs -----------------------------------------------------------------------------


def test_take__with_and_without_a_limit__two_queries_or_none(
    api, inside, django_assert_num_queries
):
    with inside(), transaction.atomic():
        take(Quota.USERS)  # the area is looked up once
        with django_assert_num_queries(0):
            take(Quota.USERS)
    give_limits(api.area, seats=seats_taken(api.area) + 1)
    with inside(), transaction.atomic():
        take(Quota.USERS)
        with django_assert_num_queries(2):
            take(Quota.USERS)
        with pytest.raises(QuotaExceededError):
            take(Quota.USERS, 2)


def test_platform__its_own_people__no_quota(api):
    give_limits(api.area, seats=1)
    with schema_context("public"), transaction.atomic():
        take(Quota.USERS, 1_000)
