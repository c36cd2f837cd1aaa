"""TOTP: set up, sign in with it, each code once, recovery codes, turning it off."""

from urllib.parse import parse_qs, urlparse

import pytest
from allauth.mfa.models import Authenticator
from django_tenants.utils import schema_context

from accounts.models import User
from tests.accounts.cast import TOTP_SECRET
from tests.accounts.samples import present_code
from tests.client import body_of
from tests.world import PASSWORD

LOGIN = "area-t1-totp"


def _pending(api, login=LOGIN):
    answer = body_of(api.post("/api/v1/auth/sign-in", {"login": login, "password": PASSWORD}))
    assert answer["mfa_required"] is True
    assert answer["session_token"] is None
    assert answer["user"] is None
    return answer["pending_token"]


def _verify(api, pending, code):
    return api.post("/api/v1/auth/totp", {"pending_token": pending, "code": code})


def test_totp__from_set_up_to_sign_in(api):
    client = api.as_("officer")
    setup = body_of(client.post("/api/v1/auth/totp/setup"))
    assert parse_qs(urlparse(setup["uri"]).query)["secret"] == [setup["secret"]]
    assert setup["qr_svg"].startswith("<svg")

    first = present_code(setup["secret"])
    activated = client.post("/api/v1/auth/totp/activate", {"code": first})
    assert activated.status_code == 200
    recovery = body_of(activated)["recovery_codes"]
    assert len(set(recovery)) == 10

    # The code that turned it on is used up; a recovery code works, once.
    pending = _pending(api, "area-t1-officer")
    assert _verify(api, pending, first).status_code == 401
    done = _verify(api, pending, recovery[0])
    assert done.status_code == 200
    assert api.with_token(body_of(done)["session_token"]).get("/api/v1/me").status_code == 200
    assert _verify(api, _pending(api, "area-t1-officer"), recovery[0]).status_code == 401


def test_totp__secret__is_not_readable_in_the_table(api, world):
    client = api.as_("officer")
    secret = body_of(client.post("/api/v1/auth/totp/setup"))["secret"]
    client.post("/api/v1/auth/totp/activate", {"code": present_code(secret)})

    with schema_context(world.t1.schema_name):
        rows = Authenticator.objects.filter(user=world.t1.people["officer"].user_id)
        assert all(secret not in str(row.data) for row in rows)


def test_totp__pending_token__opens_nothing(api):
    assert api.with_token(_pending(api)).get("/api/v1/me").status_code == 401


def test_totp__right_code__pending_token_is_spent(api):
    pending = _pending(api)
    done = _verify(api, pending, present_code())

    assert done.status_code == 200
    assert body_of(done)["user"]["username"] == LOGIN
    again = _verify(api, pending, present_code())
    assert body_of(again)["code"] == "sign_in_expired"


def test_totp__same_code_again__refused(api):
    code = present_code()
    assert _verify(api, _pending(api), code).status_code == 200

    again = _verify(api, _pending(api), code)
    assert (again.status_code, body_of(again)["code"]) == (401, "sign_in_failed")


def test_totp__wrong_code__the_pending_sign_in_goes_on(api):
    pending = _pending(api)

    assert body_of(_verify(api, pending, "000000"))["code"] == "sign_in_failed"
    assert _verify(api, pending, present_code()).status_code == 200


@pytest.mark.parametrize("token", ["nonsense", ""])
def test_totp__pending_token_that_is_none__refused(api, token):
    answer = _verify(api, token or "x" * 43, "123456")

    assert body_of(answer)["code"] == "sign_in_expired"


def test_totp__pending_token_of_another_area__refused(api):
    answer = _verify(api.on("t2"), _pending(api), present_code())

    assert body_of(answer)["code"] == "sign_in_expired"


def test_totp__a_quarter_of_an_hour_later__start_again(api, time_machine_to):
    pending = _pending(api)
    with time_machine_to(minutes=16):
        assert body_of(_verify(api, pending, present_code()))["code"] == "sign_in_expired"


@pytest.mark.parametrize("spoil", ["close", "password"])
def test_totp__account_closed_or_password_changed_meanwhile__start_again(api, in_t1, spoil):
    pending = _pending(api)
    with in_t1():
        user = User.objects.get(username=LOGIN)
        if spoil == "close":
            user.is_active = False
        else:
            user.set_password("another password altogether")
        user.save()

    assert body_of(_verify(api, pending, present_code()))["code"] == "sign_in_expired"


def test_totp__set_up_or_activated_when_on__conflict(api):
    token = body_of(_verify(api, _pending(api), present_code()))["session_token"]
    client = api.with_token(token)

    assert body_of(client.post("/api/v1/auth/totp/setup"))["code"] == "totp_active"


def test_totp__activated_twice__conflict(api):
    client = api.as_("officer")
    for _ in range(2):  # two set-ups: the newest secret counts
        secret = body_of(client.post("/api/v1/auth/totp/setup"))["secret"]
    other = api.with_token(
        body_of(
            api.post("/api/v1/auth/sign-in", {"login": "area-t1-officer", "password": PASSWORD})
        )["session_token"]
    )
    second = body_of(other.post("/api/v1/auth/totp/setup"))["secret"]
    first = client.post("/api/v1/auth/totp/activate", {"code": present_code(secret)})
    again = other.post("/api/v1/auth/totp/activate", {"code": present_code(second)})

    assert (first.status_code, again.status_code) == (200, 409)
    assert body_of(again)["code"] == "totp_active"


def test_totp__activated_without_set_up_or_with_a_wrong_code__refused(api):
    client = api.as_("officer")
    missing = client.post("/api/v1/auth/totp/activate", {"code": "123456"})
    client.post("/api/v1/auth/totp/setup")
    wrong = client.post("/api/v1/auth/totp/activate", {"code": "000000"})

    assert body_of(missing)["code"] == "totp_not_active"
    assert body_of(wrong)["errors"][0]["pointer"] == "/code"


def test_totp__turned_off__needs_the_password(api):
    token = body_of(_verify(api, _pending(api), present_code()))["session_token"]
    client = api.with_token(token)
    wrong = client.post("/api/v1/auth/totp/deactivate", {"password": "wrong password"})
    right = client.post("/api/v1/auth/totp/deactivate", {"password": PASSWORD})
    again = client.post("/api/v1/auth/totp/deactivate", {"password": PASSWORD})

    assert body_of(wrong)["errors"][0]["code"] == "wrong_password"
    assert (right.status_code, again.status_code) == (204, 409)
    signed_in = api.post("/api/v1/auth/sign-in", {"login": LOGIN, "password": PASSWORD})
    assert body_of(signed_in)["mfa_required"] is False


def test_totp__phone_lost__admin_turns_it_off(api):
    user_id = api.area.things["totp_user"]
    client = api.as_("area_admin")

    assert client.post(f"/api/v1/users/{user_id}/remove-totp").status_code == 204
    again = client.post(f"/api/v1/users/{user_id}/remove-totp")
    assert body_of(again)["code"] == "totp_not_active"


def test_totp__secret_key_rotated__codes_still_work(api, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a new key"

    assert TOTP_SECRET
    assert _verify(api, _pending(api), present_code()).status_code == 200
