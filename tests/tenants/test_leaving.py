"""An area leaves: reads on, stays if it wants to, and is gone at last."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.utils import timezone
from django_tenants.utils import schema_context

from core.jobs.actions import run_job
from core.jobs.models import Job
from core.journal.models import JournalEntry
from pd_activities.models import Instrument
from tenants.actions.leaving import start_deletions
from tenants.directory import forget_areas
from tenants.enums import AreaState
from tenants.models import Area, AreaApplication, AreaKey, DeletionCertificate, Domain
from tenants.provisioning import provision
from tenants.signing import revoke, sign, verified
from tests.areas import planned_area
from tests.client import body_of
from tests.tenants.cast import office
from tests.tenants.conftest import work

ASKED = {"code": "t1", "reason": "ยุบรวมกับเขตอื่น"}
LEAVING = "/api/v1/leaving"


@pytest.fixture
def admin(api):
    return api.as_("area_admin")


@pytest.fixture
def leaving(admin):
    assert admin.post(LEAVING, ASKED).status_code == 200
    forget_areas()  # as after the commit that never comes here
    return Area.objects.get(code="t1")


def _outcome(response) -> tuple[int, str]:
    return response.status_code, body_of(response)["code"]


# --- Asking and staying ------------------------------------------------------------------------
def test_leave__asked__reads_go_on_and_nothing_is_written(api, admin, leaving, world):
    told = body_of(admin.get(LEAVING))
    assert told["state"] == "leaving"
    days = leaving.deleted_from - leaving.leaving_since
    assert days == timedelta(days=settings.LEAVE_GRACE_DAYS)

    officer = api.as_("officer")
    assert officer.get("/api/v1/schools").status_code == 200
    school = {"code": "1", "name_th": "ใหม่", "district": "สตึก", "province": "บุรีรัมย์"}
    assert _outcome(officer.post("/api/v1/schools", school)) == (409, "area_leaving")
    path = f"/api/v1/schools/{api.area.things['school']}"
    assert _outcome(officer.patch(path, {}, If_Match="*")) == (409, "area_leaving")
    assert api.on("t2").as_("officer").post("/api/v1/schools", school).status_code == 201


def test_leave__asked__every_administrator_is_told(admin, leaving):
    work()
    told = {message.to[0]: message for message in mail.outbox}
    assert [address for address in told if "area_admin" in address]
    (message,) = told.values()
    assert ASKED["reason"] in message.body
    assert "GET /api/v1/leaving/archive" in message.body


def test_leave__another_areas_code__refused(admin):
    assert _outcome(admin.post(LEAVING, {**ASKED, "code": "t2"})) == (409, "code_mismatch")
    assert Area.objects.filter(state=AreaState.ACTIVE, code__in=["t1", "t2"]).count() == 2


def test_leave__twice__the_second_is_told_so(admin, leaving):
    assert _outcome(admin.post(LEAVING, ASKED)) == (409, "area_state")


def test_stay__called_off__everything_as_before(api, admin, leaving):
    assert body_of(admin.post(f"{LEAVING}/cancel"))["state"] == "active"
    forget_areas()
    work()
    school = {"code": "1", "name_th": "ใหม่", "district": "สตึก", "province": "บุรีรัมย์"}
    assert api.as_("officer").post("/api/v1/schools", school).status_code == 201
    assert "called off" in mail.outbox[-1].body
    verbs = JournalEntry.objects.filter(subject_id=leaving.pk).values_list("verb", flat=True)
    assert {"tenants.area.leaving", "tenants.area.stayed"} <= set(verbs)


def test_leave__by_the_operator__and_back(api, world):
    operator = api.on_platform().as_("operator")
    answer = operator.post("/api/v1/areas/t1/leave", ASKED)
    assert body_of(answer)["state"] == "leaving"
    assert _outcome(operator.post("/api/v1/areas/t1/suspend", {"reason": "x"})) == (
        409,
        "area_state",
    )
    assert _outcome(operator.post("/api/v1/areas/t1/leave", ASKED)) == (409, "area_state")
    assert body_of(operator.post("/api/v1/areas/t1/stay"))["state"] == "active"
    assert _outcome(operator.post("/api/v1/areas/suspended/stay")) == (409, "area_state")
    wrong = operator.post("/api/v1/areas/t1/leave", {**ASKED, "code": "t2"})
    assert _outcome(wrong) == (409, "code_mismatch")


# --- The end -----------------------------------------------------------------------------------
@pytest.fixture
def due(world) -> Area:
    """An area of its own whose time of grace is over."""
    area = planned_area("due", state=AreaState.ACTIVE)
    provision(area)
    long_ago = timezone.now() - timedelta(days=31)
    with schema_context("public"):
        Domain.objects.create(domain="due.localhost", tenant=area)
        AreaApplication.objects.create(
            code="due",
            slug="due",
            name_th="-",
            name_en="-",
            kind="primary",
            province="-",
            email="head@due.example",
            contact_name="ผู้ติดต่อ",
            state="approved",
            area=area,
        )
    area.state, area.leaving_since, area.deleted_from = AreaState.LEAVING, long_ago, long_ago
    area.leaving_reason = "ยุบรวม"
    area.save()
    return area


def _delete(area: Area) -> Job:
    assert start_deletions() == 1
    job = Job.objects.get(kind="tenants.delete_area", state="waiting")
    run_job(job.pk)
    job.refresh_from_db()
    return job


def test_deletion__its_time_has_come__everything_is_gone_but_a_certificate(api, due):
    with schema_context(due.schema_name):
        cache.set("mine", 1)
        instruments = Instrument.objects.count()
    with schema_context("a_t2"):
        cache.set("theirs", 1)
    role = connection.role_of(due.schema_name)

    job = _delete(due)

    assert job.state == "succeeded"
    assert _left(due.schema_name, role) == (0, 0)
    assert not Domain.objects.filter(tenant=due).exists()
    assert not AreaApplication.objects.filter(code="due").exists()
    with schema_context("a_t2"):
        assert cache.get("theirs") == 1
    certificate = body_of(api.on_platform().with_token(None).get(job.result["url"]))
    assert certificate["code"] == "due"
    assert certificate["rows"]["pd_activities_instrument"] == instruments > 0
    assert certificate["rows"]["clusters_school"] == 0
    due.refresh_from_db()
    assert due.state == AreaState.DELETED
    refused = api.send("GET", "/api/v1/me", host="due.localhost")
    assert _outcome(refused) == (404, "area_unavailable")


def _left(schema: str, role: str) -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM pg_namespace WHERE nspname = %s), "
            "(SELECT count(*) FROM pg_roles WHERE rolname = %s)",
            [schema, role],
        )
        return cursor.fetchone()


def test_deletion__called_off_in_time__nothing_happens(due):
    start_deletions()
    due.state = AreaState.ACTIVE
    due.save()
    job = Job.objects.get(kind="tenants.delete_area")
    run_job(job.pk)
    assert _left(due.schema_name, connection.role_of(due.schema_name)) == (1, 1)
    assert not DeletionCertificate.objects.filter(area=due).exists()


def test_deletion__not_yet_due__not_started(leaving):
    assert start_deletions() == 0


def test_deleted_area__its_office_may_come_back(joining, world):

    again = joining.anyone.post(
        "/api/v1/area-applications", office("x", code="gone", slug="area-gone")
    )
    assert again.status_code == 201


def test_deleted_area__what_its_people_hold__can_still_be_verified(api, due):
    with schema_context(due.schema_name):
        numbers = [uuid4(), uuid4()]
        kept, gone = (sign({"jti": str(each), "sub": "สมชาย ใจดี"}) for each in numbers)
        revoke(numbers[1], revoked_at=timezone.now())

    _delete(due)

    anyone = api.on_platform().with_token(None)
    assert verified(kept).claims["sub"] == "สมชาย ใจดี"
    assert (verified(kept).revoked, verified(gone).revoked is None) == (None, False)
    assert len(body_of(anyone.get("/api/v1/areas/due/keys"))["keys"]) == 1
    assert len(body_of(anyone.get("/api/v1/areas/due/revoked-certificates"))["items"]) == 1
    assert not AreaKey.objects.exclude(secret_key="").filter(area=due).exists()
