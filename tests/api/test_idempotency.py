"""`Idempotency-Key`: whose it is, what it remembers and what it forgets."""

import hashlib
import uuid

import pytest
from django.db import connection, transaction
from django_tenants.utils import schema_context

from accounts.models import RoleGrant
from clusters.models import School
from core.api.models import IdempotentAnswer
from tests.api.document import name_of, sampled
from tests.client import body_of
from tests.operations import call

SCHOOLS = "/api/v1/schools"
_keyed = [pair for pair in sampled() if pair[0].takes_key and pair[0].credential == "sessionToken"]


@pytest.fixture
def admin(api):
    return api.as_("area_admin")


def school_body():
    """A school that is not there yet."""
    code = f"N{uuid.uuid4().hex[:8]}"
    return {"code": code, "name_th": "โรงเรียนบ้านใหม่", "district": "สตึก", "province": "บุรีรัมย์"}


def _replayed(response):
    return response.headers.get("Idempotency-Replayed") == "true"


def _code(response):
    return response.status_code, body_of(response)["code"]


def test_key__same_body_again__the_answer_of_before(admin):
    body = school_body()
    first = admin.post(SCHOOLS, body, Idempotency_Key="one")
    again = admin.post(SCHOOLS, body, Idempotency_Key="one")

    assert (first.status_code, again.status_code) == (201, 201)
    assert (_replayed(first), _replayed(again)) == (False, True)
    assert (again.content, again["ETag"]) == (first.content, first["ETag"])


def test_key__another_body__422(admin):
    admin.post(SCHOOLS, school_body(), Idempotency_Key="one")
    other = admin.post(SCHOOLS, school_body(), Idempotency_Key="one")

    assert _code(other) == (422, "idempotency_key_reused")


def test_key__of_another_person_or_path_or_area__means_nothing_there(api, admin):
    body = school_body()
    made = admin.post(SCHOOLS, body, Idempotency_Key="one")
    assert made.status_code == 201

    officer = api.as_("officer").post(SCHOOLS, body, Idempotency_Key="one")
    assert _code(officer) == (409, "school_code_taken")
    elsewhere = api.on("t2").as_("area_admin").post(SCHOOLS, body, Idempotency_Key="one")
    assert (elsewhere.status_code, _replayed(elsewhere)) == (201, False)
    other_path = admin.post("/api/v1/clusters", body, Idempotency_Key="one")
    assert _code(other_path) == (400, "invalid_input")


def test_key__answer_was_a_conflict__forgotten(api, admin):
    body = school_body()
    with schema_context(api.area.schema_name):
        taken = School.objects.get(pk=api.area.things["school"])
        conflict = admin.post(SCHOOLS, {**body, "code": taken.code}, Idempotency_Key="one")
        School.objects.filter(pk=taken.pk).update(code="another")
        again = admin.post(SCHOOLS, {**body, "code": taken.code}, Idempotency_Key="one")

    assert _code(conflict) == (409, "school_code_taken")
    assert (again.status_code, _replayed(again)) == (201, False)


def test_key__answer_was_a_mistake__remembered(admin):
    first = admin.post(SCHOOLS, {}, Idempotency_Key="one")
    again = admin.post(SCHOOLS, {}, Idempotency_Key="one")

    assert (_code(first), _code(again)) == ((400, "invalid_input"), (400, "invalid_input"))
    assert _replayed(again)


def test_key__the_same_request_is_being_worked_on__409(races):
    admin = races.as_("area_admin")
    person = races.area.people["area_admin"].user_id
    parts = (races.area.schema_name, str(person), "POST", SCHOOLS, "busy")
    claim = hashlib.sha256("\x1f".join(parts).encode()).digest()[:8]
    number = int.from_bytes(claim, "big", signed=True)
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [number])
        answer = admin.post(SCHOOLS, school_body(), Idempotency_Key="busy")
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [number])
    finally:
        other.close()  # to the pool, for whoever comes next

    assert _code(answer) == (409, "request_in_flight")


def test_key__secret_in_the_answer__never_kept(api, admin):
    user = {"user_id": str(api.area.things["user"])}
    admin.post("/api/v1/access-slips", user, Idempotency_Key="one")

    with schema_context(api.area.schema_name):
        assert not IdempotentAnswer.objects.exists()


@pytest.mark.parametrize(("operation", "sample"), _keyed, ids=name_of)
def test_key__the_right_was_lost_since__no_replay(api, operation, sample):
    client = (api if operation.which == "area" else api.on_platform()).as_(sample.by)
    body = sample.body(client.area) if callable(sample.body) else sample.body
    plain = type(sample)(**{**vars(sample), "body": body})
    headers = {**sample.headers, "Idempotency-Key": str(uuid.uuid4())}
    keyed = type(sample)(**{**vars(plain), "headers": headers})
    assert call(keyed, client, operation.method, operation.path).status_code == sample.status
    with schema_context(client.area.schema_name):
        RoleGrant.objects.filter(user=client.area.people[sample.by].user_id).delete()

    with transaction.atomic():
        without_key = call(plain, client, operation.method, operation.path)
        transaction.set_rollback(True)
    again = call(keyed, client, operation.method, operation.path)

    if without_key.status_code in (403, 404):
        assert again.status_code in (403, 404)
    else:
        assert _replayed(again)
