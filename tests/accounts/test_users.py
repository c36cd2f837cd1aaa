"""/users and PATCH /me."""

import pytest

from accounts.models import User
from core.journal.models import JournalEntry
from tests.accounts.conftest import account
from tests.client import body_of
from tests.world import PASSWORD

USERS = "/api/v1/users"


def _names(answer):
    return {each["username"] for each in body_of(answer)["items"]}


def test_users__admin_and_officer_see_all__director_the_school(api):
    everyone = _names(api.as_("area_admin").get(USERS))
    assert everyone == _names(api.as_("officer").get(USERS))
    assert {"area-t1-teacher", "area-t1-other_teacher", "area-t1-supervisor"} <= everyone

    assert _names(api.as_("school_director").get(USERS)) == {
        "area-t1-teacher",
        "area-t1-school_director",
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"login": "AREA-T1-teacher"}, {"area-t1-teacher"}),
        ({"login": "area-t1-teacher@EXAMPLE.go.th"}, {"area-t1-teacher"}),
        ({"role": "supervisor"}, {"area-t1-supervisor"}),
        ({"is_active": "false"}, set()),
    ],
)
def test_users__filtered(api, query, expected):
    assert _names(api.as_("officer").get(USERS, query)) == expected


def test_users__of_a_school_or_a_cluster(api):
    officer = api.as_("officer")

    assert _names(officer.get(USERS, {"school_id": str(api.area.things["school"])})) == {
        "area-t1-teacher",
        "area-t1-school_director",
    }
    assert _names(officer.get(USERS, {"cluster_id": str(api.area.things["cluster"])})) == {
        "area-t1-cluster_coordinator",
        "area-t1-committee_member",
    }


def test_users__queries_pinned__one_or_three(api, django_assert_num_queries):
    client = api.as_("officer")
    for limit in ("1", "3"):
        with django_assert_num_queries(2):
            assert len(body_of(client.get(USERS, {"limit": limit}))["items"]) == int(limit)


def _change(api, role, changes, user="user", **headers):
    path = f"{USERS}/{account(api.area, user)}"
    return api.as_(role).patch(path, changes, **{"If_Match": "*", **headers})


def test_change__journal_has_before_and_after__never_a_secret(api, in_t1):
    answer = _change(api, "area_admin", {"display_name": "ชื่อใหม่", "email": "new@example.go.th"})

    assert body_of(answer)["version"] == 2
    with in_t1():
        entry = JournalEntry.objects.order_by("-number").first()
    assert entry.verb == "accounts.user.changed"
    assert entry.values["display_name"] == ["คุณ someone", "ชื่อใหม่"]


def test_change__closed__signed_out_at_once_and_for_good(api):
    credentials = {"login": "area-t1-teacher", "password": PASSWORD}
    assert api.as_("teacher").get("/api/v1/me").status_code == 200

    assert _change(api, "area_admin", {"is_active": False}, "teacher").status_code == 200
    assert api.as_("teacher").get("/api/v1/me").status_code == 401
    assert api.post("/api/v1/auth/sign-in", credentials).status_code == 401

    # Opened again, the old session stays dead; a new sign-in works.
    assert _change(api, "area_admin", {"is_active": True}, "teacher").status_code == 200
    assert api.as_("teacher").get("/api/v1/me").status_code == 401
    assert api.post("/api/v1/auth/sign-in", credentials).status_code == 200


def test_change__address_that_someone_has__conflict(api):
    answer = _change(api, "area_admin", {"email": "AREA-T1-officer@example.go.th"})

    assert (answer.status_code, body_of(answer)["code"]) == (409, "conflict")


def test_change__last_administrator_closed__refused(api):
    answer = _change(api, "area_admin", {"is_active": False}, "area_admin")

    assert (answer.status_code, body_of(answer)["code"]) == (409, "last_administrator")


def test_change__address_of_someone_without_staff_code_taken_away__refused(api, in_t1):
    with in_t1():
        user = User.objects.create_user(email="only@example.go.th", display_name="ไม่มีรหัส")
    api.area.things["only"] = user.pk
    answer = _change(api, "area_admin", {"email": None}, "only")

    assert body_of(answer)["errors"][0]["pointer"] == "/email"


@pytest.mark.parametrize(
    "field", ["id", "username", "version", "password", "is_superuser", "roles"]
)
def test_change__field_that_is_not_for_setting__400(api, field):
    answer = _change(api, "area_admin", {field: "x"})

    assert body_of(answer)["errors"][0]["pointer"] == f"/{field}"


def test_me__name_and_language_changed(api):
    client = api.as_("teacher")
    answer = client.patch("/api/v1/me", {"display_name": "ครูสมใจ", "language": "en"})

    assert answer.status_code == 200
    assert body_of(client.get("/api/v1/me"))["display_name"] == "ครูสมใจ"


@pytest.mark.parametrize("field", ["is_active", "username", "email", "roles", "version"])
def test_me__field_that_is_not_mine_to_set__400(api, field):
    answer = api.as_("teacher").patch("/api/v1/me", {field: True})

    assert body_of(answer)["errors"][0]["pointer"] == f"/{field}"


def test_me__unknown_language__400(api):
    assert api.as_("teacher").patch("/api/v1/me", {"language": "xx"}).status_code == 400
