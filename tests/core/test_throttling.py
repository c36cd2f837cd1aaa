"""Rate limits: told in headers, each of its own; the counters live in a real Valkey."""

import time
import uuid

import pytest
from django.test import Client
from django_tenants.utils import schema_context

from accounts.models import User
from core.api.throttling import WINDOW
from tests.client import body_of
from tests.tenants.cast import STATUS_TOKEN
from tests.world import sign_in


@pytest.fixture(autouse=True)
def _one_window():
    """Counting begins anew each minute: let a test not lie across that."""
    left = WINDOW - time.time() % WINDOW
    if left < 10:
        time.sleep(left)


@pytest.fixture
def limits(settings):
    """`limits(person=2)`: so many requests a minute of this kind, any number of the others."""

    def set_to(**few: int) -> None:
        settings.RATE_LIMITS = {**settings.RATE_LIMITS, **few}

    return set_to


def _from(address: str, host: str, path: str, body: dict[str, str]):
    return Client().post(
        path, body, content_type="application/json", SERVER_NAME=host, REMOTE_ADDR=address
    )


def _address() -> str:
    return f"2001:db8:{uuid.uuid4().hex[:4]}:{uuid.uuid4().hex[:4]}::1"


@pytest.fixture
def newcomer(api):
    """`newcomer()`: a client of someone who has asked for nothing yet."""

    def come():
        with schema_context(api.area.schema_name):
            name = f"t-{uuid.uuid4().hex[:12]}"
            user = User.objects.create_user(display_name="ครูใหม่", username=name)
            return api.with_token(sign_in(user))

    return come


def test_person__too_many__told_when_to_come_back_and_others_go_on(newcomer, limits):
    limits(person=2)
    one, other = newcomer(), newcomer()
    assert [one.get("/api/v1/me")["RateLimit-Remaining"] for _ in range(2)] == ["1", "0"]
    refused = one.get("/api/v1/me")

    assert (refused.status_code, body_of(refused)["code"]) == (429, "too_many_requests")
    assert 1 <= int(refused["Retry-After"]) <= 61
    assert other.get("/api/v1/me").status_code == 200


def test_applicants__slower_than_sign_ins__each_by_its_own_address(world, limits):
    limits(application=2, sign_in=4)
    here, elsewhere = _address(), _address()
    remind = ("localhost", "/api/v1/area-applications/remind", {"email": "none@example.go.th"})
    signing_in = ("area-t1.localhost", "/api/v1/auth/sign-in", {"login": "nobody", "password": "x"})

    assert [_from(here, *remind).status_code for _ in range(3)] == [204, 204, 429]
    assert _from(elsewhere, *remind).status_code == 204
    assert [_from(here, *signing_in).status_code for _ in range(5)] == [401, 401, 401, 401, 429]


def test_letters__from_one_address_in_a_day__bounded_and_following_goes_on(world, limits):
    limits(letters=2)
    here, elsewhere = _address(), _address()
    path = "/api/v1/area-applications/"
    remind = ("localhost", f"{path}remind", {"email": "none@example.go.th"})

    answers = [_from(here, *remind) for _ in range(3)]
    assert [each.status_code for each in answers] == [204, 204, 429]
    assert (answers[2]["RateLimit-Limit"], answers[2]["RateLimit-Remaining"]) == ("2", "0")
    assert 1 <= int(answers[2]["Retry-After"]) <= 86_401
    assert _from(elsewhere, *remind).status_code == 204
    assert _from(here, "localhost", f"{path}status", {"token": STATUS_TOKEN}).status_code == 200
