"""POST /auth/email and /auth/email/confirm."""

import re

import pytest

from accounts.models import User
from core.journal.models import JournalEntry
from tests.client import body_of
from tests.world import PASSWORD, sign_in

EMAIL = "/api/v1/auth/email"
CONFIRM = "/api/v1/auth/email/confirm"
NEW = "Saowanee.New@example.go.th"


@pytest.fixture
def client(api, someone, in_t1):
    with in_t1():
        return api.with_token(sign_in(someone))


def _token(letter):
    return re.search(r"/confirm-email#token=(\S+)", letter.body)[1].replace("%3A", ":")


def _address_of(someone, in_t1):
    with in_t1():
        return User.objects.get(pk=someone.pk).email


def test_email__whole_way__the_address_counts_once_its_mailbox_was_opened(
    api, client, someone, in_t1, letters
):
    assert client.post(EMAIL, {"email": NEW, "password": PASSWORD}).status_code == 202
    (letter,) = letters()
    assert letter.to == [NEW]
    assert _address_of(someone, in_t1) == someone.email

    assert api.post(CONFIRM, {"token": _token(letter)}).status_code == 204
    signed_in = api.post("/api/v1/auth/sign-in", {"login": NEW.lower(), "password": PASSWORD})
    assert signed_in.status_code == 200
    assert letters()[1].to == [someone.email]
    with in_t1():
        told = JournalEntry.objects.get(subject_id=someone.pk, verb="accounts.user.changed")
    assert told.fields == ["email"]
    again = api.post(CONFIRM, {"token": _token(letter)})
    assert (again.status_code, body_of(again)["code"]) == (404, "personal_link_invalid")


def test_email__wrong_password__refused(client, letters):
    answer = client.post(EMAIL, {"email": NEW, "password": "wrong password"})

    assert answer.status_code == 400
    assert body_of(answer)["errors"][0]["code"] == "wrong_password"
    assert letters() == []


def test_email__of_another_account__same_answer_and_no_letter(api, client, letters):
    taken = f"{api.area.slug}-officer@example.go.th"
    assert client.post(EMAIL, {"email": taken, "password": PASSWORD}).status_code == 202
    assert letters() == []


def test_email__taken_since_the_letter__refused(api, client, someone, in_t1, letters):
    client.post(EMAIL, {"email": NEW, "password": PASSWORD})
    (letter,) = letters()
    with in_t1():
        User.objects.exclude(pk=someone.pk).filter(username__endswith="-totp").update(email=NEW)
    answer = api.post(CONFIRM, {"token": _token(letter)})

    assert (answer.status_code, body_of(answer)["code"]) == (409, "account_exists")


def test_email__link_of_another_area_or_too_old__refused(api, client, letters, time_machine_to):
    client.post(EMAIL, {"email": NEW, "password": PASSWORD})
    (letter,) = letters()
    body = {"token": _token(letter)}

    assert api.on("t2").post(CONFIRM, body).status_code == 404
    with time_machine_to(hours=25):
        assert api.post(CONFIRM, body).status_code == 404
    assert api.post(CONFIRM, body).status_code == 204
