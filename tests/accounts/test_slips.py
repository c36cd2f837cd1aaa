"""/access-slips and POST /auth/slip: first access without e-mail."""

import uuid

import pytest

from accounts.enums import Role, Scope
from accounts.models import AccessSlip, RoleGrant, User
from tests.accounts.conftest import account
from tests.accounts.samples import NEW_PASSWORD, present_code
from tests.client import body_of
from tests.world import PASSWORD, make_person

SLIPS = "/api/v1/access-slips"
USE = "/api/v1/auth/slip"


def _issue(api, by, name):
    return api.as_(by).post(SLIPS, {"user_id": account(api.area, name)})


def _use(api, slip, **changes):
    body = {"login": slip["login"], "code": slip["code"], "new_password": NEW_PASSWORD}
    return api.post(USE, body | changes)


@pytest.fixture
def slip(api):
    answer = _issue(api, "school_director", "teacher")
    assert answer.status_code == 201
    return body_of(answer)


def test_slip__printed_by_the_director__teacher_chooses_a_password_and_is_in(api, slip):
    assert slip["qr_svg"].startswith("<svg")
    assert slip["link"].startswith("http://area-t1.localhost/first-access#login=area-t1-teacher")
    answer = _use(api, slip, code=slip["code"].lower().replace("-", " "))

    assert answer.status_code == 200
    client = api.with_token(body_of(answer)["session_token"])
    assert client.get("/api/v1/me").status_code == 200
    old = {"login": slip["login"], "password": PASSWORD}
    assert api.post("/api/v1/auth/sign-in", old).status_code == 401
    assert api.as_("teacher").get("/api/v1/me").status_code == 401  # earlier devices are out


def test_slip__used_twice__refused(api, slip):
    assert _use(api, slip).status_code == 200
    again = _use(api, slip)

    assert (again.status_code, body_of(again)["code"]) == (401, "sign_in_failed")


def test_slip__code_is_stored_as_digest_only(api, slip, in_t1):
    with in_t1():
        kept = str(list(AccessSlip.objects.values()))
    assert slip["code"] not in kept
    assert slip["code"].replace("-", "") not in kept


def test_slip__weak_password__stays_good(api, slip):
    assert _use(api, slip, new_password="short").status_code == 400
    assert _use(api, slip).status_code == 200


def test_slip__new_one__makes_the_old_one_worthless(api, slip):
    newer = body_of(_issue(api, "area_admin", "teacher"))

    assert _use(api, slip).status_code == 401
    assert _use(api, newer).status_code == 200


def test_slip__password_changed_meanwhile__worthless(api, slip):
    api.as_("teacher").post(
        "/api/v1/auth/password", {"current_password": PASSWORD, "new_password": NEW_PASSWORD}
    )
    assert _use(api, slip).status_code == 401


def test_slip__wrong_code_unknown_name_other_area_or_too_late__one_answer(
    api, slip, time_machine_to
):
    answers = [
        _use(api, slip, code="AAAAA-AAAAA"),
        _use(api, slip, login="nobody"),
        _use(api, slip, login="area-t1-officer"),
        _use(api.on("t2"), slip),
    ]
    with time_machine_to(days=31):
        answers.append(_use(api, slip))

    assert {(each.status_code, body_of(each)["code"]) for each in answers} == {
        (401, "sign_in_failed")
    }


def test_slip__account_with_totp__still_needs_the_code(api):
    slip = body_of(_issue(api, "area_admin", "totp_user"))
    pending = body_of(_use(api, slip))

    assert pending["mfa_required"] is True
    body = {"pending_token": pending["pending_token"], "code": present_code()}
    assert api.post("/api/v1/auth/totp", body).status_code == 200


@pytest.mark.parametrize(
    ("by", "name", "status"),
    [
        ("area_admin", "officer", 201),
        ("officer", "supervisor", 201),
        ("officer", "other_teacher", 201),
        ("officer", "area_admin", 403),
        ("officer", "officer", 403),
        ("school_director", "teacher", 201),
        ("school_director", "other_teacher", 400),  # of a school that is not theirs: unknown
        ("school_director", "area_admin", 400),
        ("school_director", "school_director", 403),
        ("supervisor", "teacher", 403),
        ("teacher", "teacher", 403),
    ],
)
def test_issue__only_for_accounts_that_can_do_less(api, by, name, status):
    assert _issue(api, by, name).status_code == status


def test_issue__teacher_of_the_school_who_is_an_administrator_too__403(api, in_t1):
    with in_t1():
        both = make_person(Role.TEACHER, Scope.SCHOOL, api.area.things["school"], username="both")
        RoleGrant.objects.create(
            user_id=both.user_id, role=Role.AREA_ADMIN, scope=Scope.AREA, valid_from="2100-01-01"
        )
    api.area.things["both"] = both.user_id

    assert _issue(api, "school_director", "both").status_code == 403


def test_issue__closed_unknown_or_another_areas_account__400(api, world, in_t1):
    with in_t1():
        closed = User.objects.create_user(username="closed", display_name="ปิด", is_active=False)
    for user_id in (closed.pk, uuid.uuid4(), world.t2.things["user"]):
        answer = api.as_("area_admin").post(SLIPS, {"user_id": user_id})
        assert body_of(answer)["errors"][0]["pointer"] == "/user_id"
