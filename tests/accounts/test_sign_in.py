"""POST /auth/sign-in and /auth/sign-out."""

import time
import uuid

import pytest
import redis
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django_tenants.utils import schema_context

from accounts import lockout
from accounts.actions.housekeeping import forget_expired
from accounts.models import Session, User
from core.api import throttling
from core.journal.models import JournalEntry
from tests.client import body_of
from tests.world import PASSWORD

SIGN_IN = "/api/v1/auth/sign-in"
LOGIN = "area-t1-someone"


def _sign_in(api, login=LOGIN, password=PASSWORD, **more):
    return api.post(SIGN_IN, {"login": login, "password": password, **more})


@pytest.mark.parametrize("login", [LOGIN, "AREA-T1-SOMEONE", f" {LOGIN}@Example.go.th "])
def test_sign_in__right_password__session_that_works(api, login):
    body = body_of(_sign_in(api, login, device="มือถือของครู"))

    assert body["mfa_required"] is False
    assert body["pending_token"] is None
    assert body["user"]["username"] == LOGIN
    client = api.with_token(body["session_token"])
    assert body_of(client.get("/api/v1/me"))["username"] == LOGIN
    (session,) = body_of(client.get("/api/v1/sessions"))["items"]
    assert (session["device"], session["address"]) == ("มือถือของครู", "127.0.0.1")


def test_sign_in__token_is_stored_as_digest_only__and_journal_has_no_secret(api, in_t1):
    token = body_of(_sign_in(api))["session_token"]

    with in_t1():
        assert not Session.objects.filter(session_key=token).exists()
        entry = JournalEntry.objects.order_by("-number").first()
    assert entry.verb == "accounts.user.signed_in"
    assert entry.values == {}


def test_sign_in__unknown_wrong_and_closed__one_answer(api, in_t1):
    with in_t1():
        closed = User.objects.create_user(
            username="closed", display_name="ปิด", password=PASSWORD, is_active=False
        )
    answers = [
        _sign_in(api, "nobody-of-this-name"),
        _sign_in(api, "nobody@example.go.th"),
        _sign_in(api, password="wrong password"),
        _sign_in(api, closed.username),
    ]
    bodies = [{**body_of(each), "request_id": ""} for each in answers]

    assert [each.status_code for each in answers] == [401] * 4
    assert all(body == bodies[0] for body in bodies)
    assert bodies[0]["code"] == "sign_in_failed"


class SlowHasher(MD5PasswordHasher):
    """Takes long enough to be seen."""

    algorithm = "slow"
    seconds = 0.15

    def encode(self, password, salt):
        time.sleep(self.seconds)
        return super().encode(password, salt)


def test_sign_in__unknown_name__takes_as_long_as_a_wrong_password(api, settings, someone, in_t1):
    settings.PASSWORD_HASHERS = [f"{__name__}.SlowHasher"]
    with in_t1():
        someone.set_password(PASSWORD)
        someone.save()

    for login in (LOGIN, "nobody-of-this-name"):
        started = time.perf_counter()
        _sign_in(api, login, "wrong password")
        assert SlowHasher.seconds < time.perf_counter() - started < 2 * SlowHasher.seconds


def test_sign_in__with_a_stale_credential_in_the_header__still_works(api):
    assert _sign_in(api.with_token("long-expired")).status_code == 200


def test_sign_in__token_of_one_area__means_nothing_in_another_or_on_the_platform(api):
    token = body_of(_sign_in(api))["session_token"]

    assert api.with_token(token).get("/api/v1/me").status_code == 200
    assert api.on("t2").with_token(token).get("/api/v1/me").status_code == 401
    assert api.on_platform().with_token(token).get("/api/v1/me").status_code == 401


def test_sign_in__person_of_one_area__unknown_in_another(api):
    assert _sign_in(api.on("t2")).status_code == 401


def test_sign_in__operator__on_the_platform_only(api):
    assert _sign_in(api.on_platform(), "operator").status_code == 200
    assert _sign_in(api, "operator").status_code == 401


def test_sign_out__token_is_dead(api):
    client = api.with_token(body_of(_sign_in(api))["session_token"])

    assert client.post("/api/v1/auth/sign-out").status_code == 204
    assert client.get("/api/v1/me").status_code == 401


def _from(address, login, password, device_token=""):
    return Client().post(
        SIGN_IN,
        {"login": login, "password": password} | {"device_token": device_token or "x"},
        content_type="application/json",
        SERVER_NAME="area-t1.localhost",
        REMOTE_ADDR=address,
    )


@pytest.fixture
def strict(settings, someone, in_t1) -> str:
    """Two failures are free, four lock; a name that no other test run has tried."""
    settings.SIGN_IN_FAILURES = {"account": (2, 4), "address": (6, 8)}
    someone.username = f"s-{uuid.uuid4().hex[:12]}"
    with in_t1():
        someone.save()
    return someone.username


def _address() -> str:
    return f"2001:db8:{uuid.uuid4().hex[:4]}:{uuid.uuid4().hex[:4]}::1"


def test_lockout__wrong_again_and_again__slows_and_says_how_long(strict):
    address = _address()
    answers = [_from(address, strict, "wrong password") for _ in range(4)]

    assert [each.status_code for each in answers] == [401, 401, 401, 429]
    assert int(answers[-1]["Retry-After"]) >= 1
    assert _from(address, strict, PASSWORD).status_code == 429


def test_lockout__of_one_address__others_and_other_names_go_on(strict):
    address = _address()
    for _ in range(4):
        _from(address, strict, "wrong password")

    assert _from(address, strict, PASSWORD).status_code == 429
    assert _from(_address(), strict, PASSWORD).status_code == 200
    assert _from(address, LOGIN, "wrong password").status_code == 401


def test_lockout__next_address_of_the_same_network__counts_as_the_same(strict):
    address = _address()
    for _ in range(4):
        _from(address, strict, "wrong password")

    assert _from(address.replace("::1", "::2"), strict, PASSWORD).status_code == 429


def test_lockout__every_name_tried_from_one_address__locks_it_but_not_known_devices(strict):
    address = _address()
    device = body_of(_from(address, strict, PASSWORD))["device_token"]
    statuses = [_from(address, f"{strict}-{n}", "wrong password").status_code for n in range(9)]

    assert statuses[-1] == 429
    assert _from(address, strict, PASSWORD).status_code == 429
    assert _from(address, strict, PASSWORD, device).status_code == 200


def test_lockout__known_device__is_slowed_as_well(strict):
    device = body_of(_from(_address(), strict, PASSWORD))["device_token"]
    statuses = [_from(_address(), strict, "wrong password", device).status_code for _ in range(4)]

    assert statuses == [401, 401, 401, 429]


def test_lockout__device_token_of_someone_else__counts_for_nothing(strict):
    address = _address()
    device = body_of(_from(address, "area-t1-officer", PASSWORD))["device_token"]
    statuses = [_from(address, strict, "wrong", device).status_code for _ in range(4)]

    assert statuses[-1] == 429
    assert _from(_address(), strict, PASSWORD, device).status_code == 200


def test_lockout__success__forgets_the_failures(strict):
    address = _address()
    for _ in range(3):
        _from(address, strict, "wrong password")
        assert _from(address, strict, PASSWORD).status_code == 200


def test_sign_in__redis_away__works(api, monkeypatch):
    gone = redis.Redis(port=1, socket_connect_timeout=0.2)
    monkeypatch.setattr(lockout, "_client", gone)
    monkeypatch.setattr(throttling._counters, "_client", gone)
    monkeypatch.setattr(throttling._counters, "_resting_until", 0.0)

    assert _sign_in(api).status_code == 200
    assert _sign_in(api, password="wrong password").status_code == 401


def test_session__last_use_is_noted_once_a_day__and_prolongs_it(api, world, time_machine_to):
    token = body_of(_sign_in(api))["session_token"]
    with time_machine_to(days=20):
        assert api.with_token(token).get("/api/v1/me").status_code == 200
    with time_machine_to(days=45):
        assert api.with_token(token).get("/api/v1/me").status_code == 200
    with time_machine_to(days=45 + 31):
        assert api.with_token(token).get("/api/v1/me").status_code == 401


def test_sessions__forgotten_after_their_time(api, someone, time_machine_to):

    _sign_in(api)
    with time_machine_to(days=31), schema_context("a_t1"):
        assert forget_expired() >= 1
        assert not someone.sessions.exists()
