"""POST /auth/password, /auth/password-reset and /auth/password-reset/confirm."""

import re

import pytest
from django.contrib.auth.tokens import default_token_generator

from accounts.models import User
from tests.accounts.samples import NEW_PASSWORD
from tests.client import body_of
from tests.world import PASSWORD, sign_in

LOGIN = "area-t1-someone"
CHANGE = "/api/v1/auth/password"
CONFIRM = "/api/v1/auth/password-reset/confirm"


def _sign_in(api, password):
    return api.post("/api/v1/auth/sign-in", {"login": LOGIN, "password": password})


def _ask_for_letter(api, login):
    return api.post("/api/v1/auth/password-reset", {"login": login})


def test_change__right_password__other_devices_are_signed_out(api, someone, in_t1, letters):
    with in_t1():
        here, there = api.with_token(sign_in(someone)), api.with_token(sign_in(someone))
    answer = here.post(CHANGE, {"current_password": PASSWORD, "new_password": NEW_PASSWORD})

    assert answer.status_code == 204
    assert here.get("/api/v1/me").status_code == 200
    assert there.get("/api/v1/me").status_code == 401
    assert _sign_in(api, PASSWORD).status_code == 401
    assert _sign_in(api, NEW_PASSWORD).status_code == 200
    (letter,) = letters()
    assert letter.to == [someone.email]
    assert NEW_PASSWORD not in letter.body


@pytest.mark.parametrize(
    ("current", "new", "pointer", "code"),
    [
        ("wrong password", NEW_PASSWORD, "/current_password", "wrong_password"),
        (PASSWORD, "short", "/new_password", "password_too_short"),
        (PASSWORD, "password123", "/new_password", "password_too_common"),
        (PASSWORD, "area-t1-someone", "/new_password", "password_too_similar"),
    ],
)
def test_change__refused__says_why(api, someone, in_t1, current, new, pointer, code):
    with in_t1():
        client = api.with_token(sign_in(someone))
    answer = client.post(CHANGE, {"current_password": current, "new_password": new})

    assert answer.status_code == 400
    assert (pointer, code) in {(e["pointer"], e["code"]) for e in body_of(answer)["errors"]}


def test_reset__whole_way_by_mail(api, someone, in_t1, letters):
    with in_t1():
        elsewhere = api.with_token(sign_in(someone))
    _ask_for_letter(api, LOGIN)

    (letter,) = letters()
    assert letter.to == [someone.email]
    assert letter.subject == "ตั้งรหัสผ่าน KruNet ใหม่"
    token = re.search(r"http://area-t1\.localhost/reset-password#token=(\S+)", letter.body)[1]
    answer = api.post(CONFIRM, {"token": token, "new_password": NEW_PASSWORD})

    assert answer.status_code == 204
    assert elsewhere.get("/api/v1/me").status_code == 401
    assert _sign_in(api, NEW_PASSWORD).status_code == 200
    again = api.post(CONFIRM, {"token": token, "new_password": PASSWORD})
    assert (again.status_code, body_of(again)["code"]) == (404, "personal_link_invalid")


def test_reset__letter_in_the_persons_language(api, someone, in_t1, letters):
    someone.language = "en"
    with in_t1():
        someone.save()
    _ask_for_letter(api, someone.email)

    assert letters()[0].subject == "A new password for KruNet"


def test_reset__asked_for__one_answer_whether_or_not_there_is_such_an_account(api):
    answers = [_ask_for_letter(api, login) for login in (LOGIN, "nobody", "nobody@example.go.th")]

    assert {(each.status_code, each.content) for each in answers} == {(202, b"")}


def test_reset__unknown_closed_or_without_address__no_letter(api, someone, in_t1, letters):
    _ask_for_letter(api, "nobody")
    someone.is_active = False
    with in_t1():
        User.objects.create_user(username="no-mail", display_name="ไม่มีอีเมล")
        someone.save()
    _ask_for_letter(api, "no-mail")
    _ask_for_letter(api, LOGIN)

    assert letters() == []


def test_reset__asked_for_again_and_again__the_mailbox_is_spared(api, settings, in_t1, letters):
    settings.SIGN_IN_FAILURES = {"account": (2, 4), "address": (2, 4)}
    with in_t1():
        user = User.objects.create_user(
            username="often", email="often@example.go.th", display_name="บ่อย"
        )
    for _ in range(10):
        _ask_for_letter(api, user.email)

    assert len(letters()) == 3


@pytest.mark.parametrize("token", ["", "nonsense", "0" * 32 + "-abc-def"])
def test_reset__token_that_is_none__refused(api, token):
    answer = api.post(CONFIRM, {"token": token or "-", "new_password": NEW_PASSWORD})

    assert body_of(answer)["code"] == "personal_link_invalid"


def test_reset__in_another_area_or_a_day_later__refused(api, someone, time_machine_to):
    token = f"{someone.pk.hex}-{default_token_generator.make_token(someone)}"
    body = {"token": token, "new_password": NEW_PASSWORD}

    assert api.on("t2").post(CONFIRM, body).status_code == 404
    with time_machine_to(hours=25):
        assert api.post(CONFIRM, body).status_code == 404
    assert api.post(CONFIRM, body).status_code == 204
