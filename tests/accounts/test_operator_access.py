"""An operator's look into an area: reasoned, for hours, read only, journaled, seen and ended."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import transaction
from django.utils import timezone
from django_tenants.utils import schema_context

from accounts.models import RoleGrant, User
from accounts.operator_access.models import OperatorAccess
from core.jobs.actions import run_job
from core.jobs.models import Job
from core.journal.models import JournalEntry
from tenants.directory import forget_areas
from tenants.enums import AreaState
from tenants.models import Area
from tests.api.document import operations, samples
from tests.client import Api, body_of
from tests.operations import call

WITHHELD = ("leaving_archive", "training_sessions_code")
GRANTS = "/api/v1/areas/t1/access-grants"
REASON = "โรงเรียนแจ้งว่ารายชื่อครูหายไป"


@pytest.fixture
def operator(api) -> Api:
    return api.on_platform().as_("operator")


@pytest.fixture
def granted(operator) -> dict:
    response = operator.post(GRANTS, {"reason": REASON, "hours": 4})
    assert response.status_code == 201
    return body_of(response)


@pytest.fixture
def visitor(api, granted) -> Api:
    """The operator with the grant's token, on the area's host."""
    return api.with_token(granted["token"])


@pytest.fixture
def inside(world):
    return lambda: schema_context(world.t1.schema_name)


def _entries(verb: str) -> list[JournalEntry]:
    return list(JournalEntry.objects.filter(verb=f"accounts.operator_access.{verb}"))


def test_grant__journaled_here_and_there__and_its_admins_are_told(api, operator, granted, inside):
    access = granted["access_grant"]
    assert access["reason"] == REASON
    assert access["operator_name"] == "operator operator"
    (entry,) = _entries("granted")
    assert entry.subject_id.hex == access["id"].replace("-", "")
    assert entry.values["area"] == str(Area.objects.get(code="t1").pk)
    assert entry.values["reason"] == REASON
    with inside():
        (entry,) = _entries("granted")
        assert (entry.actor_kind, entry.values["reason"]) == ("operator", REASON)
        assert str(entry.actor_id) == access["operator_id"]
        job = Job.objects.get(kind="accounts.mail_operator_access")
        run_job(job.pk)
    told = {each.to[0]: each.body for each in mail.outbox}
    assert list(told) == ["area-t1-area_admin@example.go.th"]
    assert REASON in told["area-t1-area_admin@example.go.th"]

    seen = body_of(api.as_("area_admin").get("/api/v1/operator-access"))["items"][0]
    assert seen == access
    assert body_of(operator.get(GRANTS))["items"][0] == access
    assert granted["token"] not in api.as_("area_admin").get("/api/v1/journal").content.decode()


def test_visit__reads_as_an_administrator_does__and_is_counted(api, visitor, inside):
    people = visitor.get("/api/v1/users")
    assert people.content == api.as_("area_admin").get("/api/v1/users").content
    assert body_of(visitor.get("/api/v1/me"))["display_name"] == "operator operator"
    assert body_of(visitor.get("/api/v1/sessions"))["items"] == []
    with inside():
        row = OperatorAccess.objects.order_by("-id").first()
        assert (row.use_count, row.last_used_at is not None) == (3, True)
        assert len(_entries("used")) == 1  # once an hour
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        visitor.get("/api/v1/users")
    with inside():
        assert len(_entries("used")) == 2


def test_visit__through_the_gateway__same_area_alone(api, granted):
    token = api.with_token(granted["token"])
    for area, status in (("area-t1", 200), ("area-t2", 401)):
        answer = token.send(
            "GET", "/api/v1/users", host="api.localhost", headers={"X-Service-Area": area}
        )
        assert answer.status_code == status


def test_token__in_another_area_or_on_the_platform__worthless(api, granted):
    assert api.on("t2").with_token(granted["token"]).get("/api/v1/users").status_code == 401
    assert api.on_platform().with_token(granted["token"]).get("/api/v1/me").status_code == 401


def test_visit__every_operation__reads_what_an_admin_may_and_writes_nothing(api, visitor):
    found, admin = samples(), api.as_("area_admin")
    for operation in operations():
        if operation.which != "area" or operation.credential != "sessionToken":
            continue
        sample = found["area", operation.id]
        got = _status(sample, visitor, operation)
        if operation.method != "GET":
            assert got == (403, "not_allowed"), operation.id
        elif operation.id not in WITHHELD:
            assert got == _status(sample, admin, operation), operation.id


def _status(sample, client, operation) -> tuple[int, str]:
    with transaction.atomic():
        response = call(sample, client, operation.method, operation.path)
        transaction.set_rollback(True)
    return response.status_code, body_of(response)["code"] if response.status_code > 399 else ""


@pytest.mark.parametrize("operation_id", WITHHELD)
def test_visit__secrets_and_the_whole_archive__never(api, visitor, operation_id):
    sample = samples()["area", operation_id]
    (operation,) = (each for each in operations() if each.id == operation_id)
    assert _status(sample, api.as_("area_admin"), operation) == (200, "")
    assert _status(sample, visitor, operation) == (403, "not_allowed")


@pytest.mark.parametrize("by", ["area", "operator", "clock"])
def test_end__by_whomever__the_next_request_is_refused(api, operator, granted, visitor, inside, by):
    assert visitor.get("/api/v1/users").status_code == 200
    access_id = granted["access_grant"]["id"]
    ends = {
        "area": lambda: api.as_("area_admin").post(f"/api/v1/operator-access/{access_id}/end"),
        "operator": lambda: operator.post(f"{GRANTS}/{access_id}/end"),
    }
    if by == "clock":
        with time_machine.travel(timezone.now() + timedelta(hours=4, seconds=1)):
            assert visitor.get("/api/v1/users").status_code == 401
        return
    for _ in range(2):
        ended = ends[by]()
        assert (ended.status_code, body_of(ended)["version"]) == (200, 2)
        assert body_of(ended)["ended_at"] is not None
    assert visitor.get("/api/v1/users").status_code == 401
    (entry,) = _entries("ended")
    assert entry.values == {"area": str(Area.objects.get(code="t1").pk), "by": by}
    with inside():
        (entry,) = _entries("ended")
        assert entry.actor_kind == {"area": "user", "operator": "operator"}[by]


def test_end__while_the_area_is_leaving__still_by_its_own_administrator(api, granted, visitor):
    Area.objects.filter(code="t1").update(
        state=AreaState.LEAVING,
        leaving_since=timezone.now(),
        deleted_from=timezone.now() + timedelta(days=30),
        leaving_reason="ยุบรวมเขต",
    )
    forget_areas()
    try:
        assert visitor.get("/api/v1/users").status_code == 200
        path = f"/api/v1/operator-access/{granted['access_grant']['id']}/end"
        assert api.as_("area_admin").post(path).status_code == 200
        assert visitor.get("/api/v1/users").status_code == 401
    finally:
        forget_areas()


def test_end__of_another_areas_grant__not_found(api, operator):
    theirs = api.world.t2.things["operator_access"]
    assert operator.post(f"{GRANTS}/{theirs}/end").status_code == 404
    own = f"/api/v1/operator-access/{theirs}/end"
    assert api.as_("area_admin").post(own).status_code == 404


@pytest.mark.parametrize("change", ["role", "account"])
def test_visit__by_someone_who_is_no_operator_any_more__refused(api, visitor, change):
    operator_id = api.world.platform.people["operator"].user_id
    if change == "role":
        RoleGrant.objects.filter(user=operator_id).update(
            valid_from="2020-01-01", valid_until="2020-01-01"
        )
    else:
        User.objects.filter(pk=operator_id).update(is_active=False)
    assert visitor.get("/api/v1/users").status_code == 401


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({}, "/reason"),
        ({"reason": "สั้น"}, "/reason"),
        ({"reason": " " * 20}, "/reason"),
        ({"reason": REASON, "hours": 73}, "/hours"),
        ({"reason": REASON, "hours": 0}, "/hours"),
    ],
    ids=str,
)
def test_grant__without_reason_or_for_too_long__told(operator, wrong, pointer):
    refused = operator.post(GRANTS, wrong)
    assert body_of(refused)["errors"][0]["pointer"] == pointer
    assert _entries("granted") == []


def test_grant__area_that_is_not_in_use__refused_without_a_trace(operator):
    path = "/api/v1/areas/suspended/access-grants"
    refused = operator.post(path, {"reason": REASON})
    assert (refused.status_code, body_of(refused)["code"]) == (409, "area_state")
    assert _entries("granted") == []
    planned = Area.objects.get(code="suspended")
    Area.objects.filter(pk=planned.pk).update(state=AreaState.PROVISIONING)
    assert body_of(operator.get(path))["items"] == []


def test_list__more_rows__same_number_of_queries(api, operator, django_assert_num_queries):
    for _ in range(3):
        operator.post(GRANTS, {"reason": REASON})
    for limit in ("1", "3"):
        with django_assert_num_queries(3):
            operator.get(GRANTS, {"limit": limit})
        with django_assert_num_queries(2):
            api.as_("area_admin").get("/api/v1/operator-access", {"limit": limit})
