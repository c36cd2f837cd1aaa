"""/role-grants: granting and ending roles, from when to when, and no way up from below."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from tests.client import body_of
from tests.world import sign_in

GRANTS = "/api/v1/role-grants"


def _grant(api, by="area_admin", **body):
    return api.as_(by).post(GRANTS, {"user_id": api.area.things["user"], **body})


@pytest.fixture
def user_api(api, someone, in_t1):
    with in_t1():
        return api.with_token(sign_in(someone))


def _roles(client):
    return {each["role"] for each in body_of(client.get("/api/v1/me"))["roles"]}


def test_grant__acts_at_the_next_request__and_so_does_its_end(api, user_api):
    assert user_api.get("/api/v1/users").status_code == 403
    grant = body_of(_grant(api, role="officer", scope="area"))
    assert user_api.get("/api/v1/users").status_code == 200

    ended = api.as_("area_admin").post(f"{GRANTS}/{grant['id']}/end")
    assert ended.status_code == 200
    assert user_api.get("/api/v1/users").status_code == 403
    again = api.as_("area_admin").post(f"{GRANTS}/{grant['id']}/end")
    assert body_of(again) == body_of(ended)


def test_grant__for_dates__holds_on_these_days_only(api, user_api, time_machine_to):
    today = timezone.localdate()
    _grant(
        api,
        role="officer",
        scope="area",
        valid_from=today + timedelta(days=2),
        valid_until=today + timedelta(days=3),
    )
    held = []
    for days in range(5):
        with time_machine_to(days=days):
            held.append("officer" in _roles(user_api))

    assert held == [False, False, True, True, False]


def test_end__of_a_role_that_ran_for_a_while__yesterday_was_its_last_day(api, time_machine_to):
    grant = body_of(_grant(api, role="supervisor", scope="area"))
    with time_machine_to(days=5):
        ended = body_of(api.as_("area_admin").post(f"{GRANTS}/{grant['id']}/end"))
        assert ended["valid_until"] == str(timezone.localdate() - timedelta(days=1))


def test_grant__in_a_school__scope_in_me(api, user_api):
    school = api.area.things["school"]
    assert _grant(api, role="teacher", scope="school", scope_id=school).status_code == 201

    roles = body_of(user_api.get("/api/v1/me"))["roles"]
    assert {"role": "teacher", "scope": "school", "scope_id": str(school)} in roles


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"role": "operator", "scope": "platform"}, "/role"),
        ({"role": "national_viewer", "scope": "platform"}, "/role"),
        ({"role": "emperor", "scope": "area"}, "/role"),
        ({"role": "teacher", "scope": "area"}, "/scope"),
        ({"role": "area_admin", "scope": "school"}, "/scope"),
        ({"role": "teacher", "scope": "school"}, "/scope_id"),
        ({"role": "teacher", "scope": "school", "scope_id": str(uuid.uuid4())}, "/scope_id"),
        ({"role": "officer", "scope": "area", "scope_id": str(uuid.uuid4())}, "/scope_id"),
        ({"role": "officer", "scope": "area", "valid_until": "2000-01-01"}, "/valid_until"),
        ({"role": "officer", "scope": "area", "user_id": str(uuid.uuid4())}, "/user_id"),
    ],
)
def test_grant__that_cannot_be__400_and_where(api, body, pointer):
    answer = _grant(api, **body)

    assert answer.status_code == 400
    assert body_of(answer)["errors"][0]["pointer"] == pointer


def test_grant__of_another_areas_school_cluster_or_person__400(api, world):
    theirs = world.t2.things
    school = _grant(api, role="teacher", scope="school", scope_id=theirs["school"])
    swapped = _grant(api, role="teacher", scope="school", scope_id=api.area.things["cluster"])
    person = _grant(api, role="officer", scope="area", user_id=theirs["user"])

    assert [each.status_code for each in (school, swapped, person)] == [400] * 3


def test_grant__platform_role_by_operator__and_no_area_role(api):
    client = api.on_platform()
    good = _grant(client, "operator", role="operator", scope="platform")
    bad = _grant(client, "operator", role="area_admin", scope="area")

    assert (good.status_code, bad.status_code) == (201, 400)


@pytest.mark.parametrize(
    "by",
    [
        "officer",
        "supervisor",
        "cluster_coordinator",
        "school_director",
        "teacher",
        "committee_member",
        "viewer",
    ],
)
def test_grant__to_oneself_from_below__403(api, by):
    body = {"user_id": api.area.people[by].user_id, "role": "area_admin", "scope": "area"}

    assert api.as_(by).post(GRANTS, body).status_code == 403
    assert "area_admin" not in _roles(api.as_(by))


def test_grant__same_role_twice__conflict__retry_with_key__one_effect(api):
    body = {"user_id": api.area.things["user"], "role": "officer", "scope": "area"}
    client = api.as_("area_admin")
    first = client.post(GRANTS, body, Idempotency_Key="k1")
    retried = client.post(GRANTS, body, Idempotency_Key="k1")

    assert body_of(retried) == body_of(first)
    assert client.post(GRANTS, body).status_code == 409


def test_end__last_administrator__refused__until_there_is_another(api, in_t1):
    with in_t1():
        admin = User.objects.get(pk=api.area.people["area_admin"].user_id)
        grant = admin.grants.get()
    client = api.as_("area_admin")

    refused = client.post(f"{GRANTS}/{grant.pk}/end")
    assert body_of(refused)["code"] == "last_administrator"
    _grant(api, role="area_admin", scope="area")
    assert client.post(f"{GRANTS}/{grant.pk}/end").status_code == 200
    assert client.get("/api/v1/users").status_code == 403


def test_grants__filtered__queries_pinned(api, django_assert_num_queries):
    client = api.as_("officer")
    for limit in ("1", "3"):
        with django_assert_num_queries(2):
            items = body_of(client.get(GRANTS, {"limit": limit}))["items"]
            assert len(items) == int(limit)
    school = str(api.area.things["school"])
    of_school = body_of(client.get(GRANTS, {"scope_id": school, "holds_today": "true"}))["items"]
    assert {each["role"] for each in of_school} == {"teacher", "school_director"}
    assert body_of(client.get(GRANTS, {"holds_today": "false"}))["items"] == []
