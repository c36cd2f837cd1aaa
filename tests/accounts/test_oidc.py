"""POST /auth/oidc, with tokens of a real issuer that answers over HTTP."""

import base64
import hashlib
import hmac
import json
import uuid
from datetime import timedelta

import jwt
import pytest
import redis
import time_machine
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client
from django.utils import timezone
from django_tenants.utils import schema_context

from accounts import lockout, oidc
from accounts.enums import Role, Scope
from accounts.models import RoleGrant, User
from accounts.sign_in_settings import SIGN_IN
from core.actor import SYSTEM
from core.area_settings.actions import adopt_setting
from core.area_settings.models import SettingVersion
from core.journal.models import JournalEntry
from tests.accounts.samples import present_code
from tests.client import body_of
from tests.concurrency.together import together
from tests.issuer import CLIENT_ID, an_issuer
from tests.world import PASSWORD

OIDC = "/api/v1/auth/oidc"
EMAIL = "area-t1-someone@example.go.th"
CODE = "area-t1-someone"


@pytest.fixture
def issuer():
    with an_issuer() as made:
        yield made


@pytest.fixture
def in_use(issuer, world):
    """`in_use(match="staff_code", …)`: the first area signs in by this issuer."""

    def adopt(area=None, **changes):
        with schema_context((area or world.t1).schema_name):
            adopt_setting(SIGN_IN, issuer.setting(**changes), actor=SYSTEM)

    adopt()
    return adopt


def _sign_in(api, token, **more):
    return api.post(OIDC, {"id_token": token, **more})


def _refused(response) -> bool:
    told = (response.status_code, body_of(response)["code"])
    assert told == (401, "oidc_refused"), response.content
    return True


def test_oidc__good_token__session_of_the_account_with_that_address(api, issuer, in_use, in_t1):
    body = body_of(_sign_in(api, issuer.token(email=EMAIL.upper()), device="มือถือของครู"))

    assert (body["mfa_required"], body["user"]["username"]) == (False, CODE)
    client = api.with_token(body["session_token"])
    assert body_of(client.get("/api/v1/me"))["username"] == CODE
    assert body_of(client.get("/api/v1/sessions"))["items"][0]["device"] == "มือถือของครู"
    with in_t1():
        entry = JournalEntry.objects.order_by("-number").first()
    assert (entry.verb, entry.values) == ("accounts.user.signed_in", {})


def test_oidc__nothing_set__conflict_that_names_the_password(api, issuer):
    refused = _sign_in(api, issuer.token(email=EMAIL))
    assert (refused.status_code, body_of(refused)["code"]) == (409, "oidc_not_set")


def test_oidc__unknown_closed_and_wrong__one_answer_and_no_account(api, issuer, in_use, in_t1):
    with in_t1():
        closed = User.objects.create_user(
            username="closed", display_name="ปิด", email="closed@example.go.th", is_active=False
        )
        before = User.objects.count()
    tokens = [
        issuer.token(email="nobody@example.go.th"),
        issuer.token(email=closed.email),
        issuer.token(email=EMAIL, aud="another-app"),
        "nonsense",
    ]
    bodies = [{**body_of(_sign_in(api, each)), "request_id": ""} for each in tokens]
    assert all(body == bodies[0] for body in bodies)
    assert bodies[0]["code"] == "oidc_refused"
    with in_t1():
        assert User.objects.count() == before


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "another-app"},
        {"aud": None},
        {"aud": [CLIENT_ID, "another-app"]},
        {"aud": [CLIENT_ID, "another-app"], "azp": "another-app"},
        {"iss": "http://localhost:1"},
        {"iss": None},
        {"sub": None},
        {"exp": None},
        {"iat": None},
        {"exp": timedelta(minutes=-2)},
        {"iat": timedelta(minutes=-12)},
        {"iat": timedelta(minutes=10)},
        {"iat": float("inf")},
        {"nbf": timedelta(minutes=10)},
        {"nonce": "of another request"},
        {"email_verified": False},
        {"email_verified": "true"},
        {"email_verified": None},
        {"email": None},
        {"email": [EMAIL]},
        {"email": CODE},
        {"email": f"{EMAIL}\x00"},
    ],
    ids=str,
)
def test_oidc__claim_that_is_not_right__refused(api, issuer, in_use, claims):
    assert _refused(_sign_in(api, issuer.token(**{"email": EMAIL, **claims})))
    assert _sign_in(api, issuer.token(email=EMAIL)).status_code == 200


def test_oidc__several_audiences_and_we_are_the_party__taken(api, issuer, in_use):
    token = issuer.token(email=EMAIL, aud=[CLIENT_ID, "another-app"], azp=CLIENT_ID)
    assert _sign_in(api, token).status_code == 200


def test_oidc__nonce__the_same_on_both_sides(api, issuer, in_use):
    token = issuer.token(email=EMAIL, nonce="n-0S6")
    assert _refused(_sign_in(api, token))
    assert _refused(_sign_in(api, token, nonce="another"))
    assert _sign_in(api, token, nonce="n-0S6").status_code == 200
    assert _refused(_sign_in(api, issuer.token(email=EMAIL), nonce="n-0S6"))


# --- Forgeries ---------------------------------------------------------------------------------
def _part(value) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def _symmetric(issuer, kid) -> str:
    """Signed with the public key as the secret, as if it were one."""
    head = _part({"alg": "HS256", "typ": "JWT", "kid": kid})
    signed = f"{head}.{_part(issuer.claims(email=EMAIL))}"
    made = hmac.new(issuer.public_pem(), signed.encode(), hashlib.sha256).digest()
    return f"{signed}.{base64.urlsafe_b64encode(made).rstrip(b'=').decode()}"


def test_oidc__unsigned_or_signed_by_another__refused(api, issuer, in_use):
    strange = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    good = issuer.token(email=EMAIL)
    head, _, signature = good.split(".")
    swapped = f"{head}.{_part(issuer.claims(email='area-t1-totp@example.go.th'))}.{signature}"
    unsigned = jwt.encode(issuer.claims(email=EMAIL), None, algorithm="none")
    for token in (
        unsigned,
        jwt.encode(issuer.claims(email=EMAIL), None, algorithm="none", headers={"kid": issuer.kid}),
        _symmetric(issuer, issuer.kid),
        issuer.token(email=EMAIL, key=strange),
        issuer.token(email=EMAIL, key=strange, headers={"kid": "of nobody"}),
        jwt.encode(issuer.claims(email=EMAIL), strange, "PS256", headers={"kid": issuer.kid}),
        swapped,
        good.rpartition(".")[0] + ".",
        f"{base64.urlsafe_b64encode(b'[' * 12_000).decode()}.e30.e30",
    ):
        assert _refused(_sign_in(api, token))
    assert _sign_in(api, good).status_code == 200


def test_oidc__used_before__refused_however_its_signature_is_written(api, issuer, in_use):
    token = issuer.token(email=EMAIL)
    assert _sign_in(api, token).status_code == 200
    assert _refused(_sign_in(api, token))
    # The last sign of base64 has bits that nothing reads: the same signature, another text.
    last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    other = token[:-1] + last[last.index(token[-1]) ^ 1]
    assert _refused(_sign_in(api, other))


def test_oidc__same_token_many_times_at_once__one_session(races, issuer):
    with schema_context(races.area.schema_name):
        adopt_setting(SIGN_IN, issuer.setting(), actor=SYSTEM)
    token = issuer.token(email=f"{races.area.slug}-someone@example.go.th")
    try:
        answers = together(*(lambda: _sign_in(races, token) for _ in range(4)))
        assert sorted(each.status_code for each in answers) == [200, 401, 401, 401]
    finally:
        with schema_context(races.area.schema_name):
            SettingVersion.objects.filter(kind="sign_in").delete()


def test_oidc__redis_away__works(api, issuer, in_use, monkeypatch):
    gone = redis.Redis(port=1, socket_connect_timeout=0.2)
    monkeypatch.setattr(oidc, "_client", gone)
    monkeypatch.setattr(lockout, "_client", gone)
    assert _sign_in(api, issuer.token(email=EMAIL)).status_code == 200


def test_oidc__minutes_later__too_old(api, issuer, in_use):
    token = issuer.token(email=EMAIL, exp=timedelta(days=1))
    with time_machine.travel(timezone.now().timestamp() + 700, tick=True):
        assert _refused(_sign_in(api, token))


# --- Whose account -----------------------------------------------------------------------------
def test_oidc__staff_code__matched_by_its_claim_and_never_as_an_address(api, issuer, in_use):
    in_use(match="staff_code", claim="employee")
    assert body_of(_sign_in(api, issuer.token(employee=CODE)))["user"]["username"] == CODE
    assert _refused(_sign_in(api, issuer.token(employee=EMAIL)))
    assert _refused(_sign_in(api, issuer.token(email=EMAIL)))


def test_oidc__domains_named__others_refused(api, issuer, in_use):
    in_use(email_domains=["school.ac.th"])
    assert _refused(_sign_in(api, issuer.token(email=EMAIL)))
    in_use(email_domains=["school.ac.th", "example.go.th"])
    assert _sign_in(api, issuer.token(email=EMAIL)).status_code == 200


def test_oidc__second_factor_is_on__asked_for(api, issuer, in_use):
    body = body_of(_sign_in(api, issuer.token(email="area-t1-totp@example.go.th")))
    assert (body["mfa_required"], body["session_token"]) == (True, None)
    done = api.post(
        "/api/v1/auth/totp", {"pending_token": body["pending_token"], "code": present_code()}
    )
    token = body_of(done)["session_token"]
    assert api.with_token(token).get("/api/v1/me").status_code == 200


def test_oidc__account_without_password__signs_in(api, issuer, in_use, in_t1):
    with in_t1():
        user = User.objects.create_user(display_name="ครูใหม่", email="new@example.go.th")
        RoleGrant.objects.create(
            user=user, role=Role.VIEWER, scope=Scope.AREA, valid_from=timezone.localdate()
        )
    token = body_of(_sign_in(api, issuer.token(email=user.email)))["session_token"]
    assert api.with_token(token).get("/api/v1/me").status_code == 200


# --- Areas and issuers -------------------------------------------------------------------------
def test_oidc__token_of_one_areas_issuer__worth_nothing_in_another(api, issuer, in_use, world):
    with schema_context(world.t2.schema_name):
        User.objects.create_user(display_name="ชื่อซ้ำ", email=EMAIL)
    elsewhere = api.on("t2")
    assert _sign_in(elsewhere, issuer.token(email=EMAIL)).status_code == 409

    with an_issuer() as other:
        in_use_there = other.setting()
        with schema_context(world.t2.schema_name):
            adopt_setting(SIGN_IN, in_use_there, actor=SYSTEM)
        assert _refused(_sign_in(elsewhere, issuer.token(email=EMAIL)))
        assert _refused(_sign_in(elsewhere, issuer.token(email=EMAIL, iss=other.url)))
        assert _refused(_sign_in(api, other.token(email=EMAIL)))
        assert _sign_in(elsewhere, other.token(email=EMAIL)).status_code == 200
        session = body_of(_sign_in(elsewhere, other.token(email=EMAIL)))["session_token"]
    assert api.with_token(session).get("/api/v1/me").status_code == 401


def test_oidc__same_token_in_two_areas_of_one_issuer__each_its_own_client(
    api, issuer, in_use, world
):
    in_use(world.t2, client_id="krunet-t2")
    assert _refused(_sign_in(api.on("t2"), issuer.token(email="area-t2-someone@example.go.th")))


def test_oidc__keys_rotated__new_key_read_and_old_one_no_longer_taken(
    api, issuer, in_use, settings
):
    settings.OIDC_KEYS_REST_SECONDS = 0.0
    old_key, old_kid = issuer.keys[issuer.kid], issuer.kid
    assert _sign_in(api, issuer.token(email=EMAIL)).status_code == 200
    issuer.rotate(curve=True)
    assert _sign_in(api, issuer.token(email=EMAIL)).status_code == 200
    late = issuer.token(email=EMAIL, key=old_key, headers={"kid": old_kid})
    assert _refused(_sign_in(api, late))


def test_oidc__single_key__a_token_need_not_name_it(api, issuer, in_use):
    assert _sign_in(api, issuer.token(email=EMAIL, headers={})).status_code == 200


def test_oidc__many_unknown_keys__issuer_is_not_asked_for_each(api, issuer, in_use):
    strange = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    for number in range(5):
        token = issuer.token(email=EMAIL, key=strange, headers={"kid": f"unknown-{number}"})
        assert _refused(_sign_in(api, token))
    assert issuer.asked == 1


def test_oidc__issuer_away__503_and_the_password_still_works(api, issuer, in_use, settings):
    token = issuer.token(email=EMAIL)
    issuer.close()
    for _ in range(2):
        away = _sign_in(api, token)
        assert (away.status_code, body_of(away)["code"]) == (503, "issuer_unavailable")
    signed_in = api.post("/api/v1/auth/sign-in", {"login": CODE, "password": PASSWORD})
    assert signed_in.status_code == 200


def test_oidc__issuer_away_after_its_keys_were_read__they_hold_their_time(
    api, issuer, in_use, settings
):
    settings.OIDC_KEYS_REST_SECONDS = 0.0
    assert _sign_in(api, issuer.token(email=EMAIL)).status_code == 200
    issuer.close()
    assert _refused(_sign_in(api, issuer.token(email=EMAIL, headers={"kid": "unknown"})))
    assert _sign_in(api, issuer.token(email=EMAIL)).status_code == 200
    settings.OIDC_KEYS_KEPT_SECONDS = 0.0
    assert _sign_in(api, issuer.token(email=EMAIL)).status_code == 503


def test_oidc__key_that_nobody_can_read__passed_over(api, issuer, in_use):
    shown = issuer.document("/keys")["keys"]
    odd = [{"kty": "RSA", "n": "?", "e": "%", "kid": "x"}, {"kty": "oct", "k": "c2VjcmV0"}, {}]
    usual = issuer.document
    issuer.document = lambda path: {"keys": [*odd, *shown]} if path == "/keys" else usual(path)
    assert _sign_in(api, issuer.token(email=EMAIL)).status_code == 200


@pytest.mark.parametrize(
    "document",
    [
        {"issuer": "http://localhost:1", "jwks_uri": "x"},
        {"jwks_uri": "x"},
        [],
        "text",
        None,
    ],
    ids=str,
)
def test_oidc__issuer_speaks_nonsense__503(api, issuer, in_use, document):
    issuer.document = lambda _path: document
    away = _sign_in(api, issuer.token(email=EMAIL))
    assert (away.status_code, body_of(away)["code"]) == (503, "issuer_unavailable")


def test_oidc__issuer_on_this_machine__never_asked_outside_of_tests(api, issuer, in_use, settings):
    settings.OUTBOUND_TO_PRIVATE = False
    assert _sign_in(api, issuer.token(email=EMAIL)).status_code == 503
    assert issuer.asked == 0


def test_oidc__wrong_ones_from_one_address__slow_down(api, issuer, in_use, settings):
    settings.SIGN_IN_FAILURES = {"account": (5, 10), "address": (3, 6)}
    address = f"2001:db8:{uuid.uuid4().hex[:4]}:{uuid.uuid4().hex[:4]}::1"

    def attempt(token):
        return Client().post(
            OIDC,
            {"id_token": token},
            "application/json",
            SERVER_NAME=api.host,
            REMOTE_ADDR=address,
        )

    assert [attempt("nonsense").status_code for _ in range(5)] == [401, 401, 401, 401, 429]
    # Until it may try again; passwords and other addresses are not held.
    assert attempt(issuer.token(email=EMAIL)).status_code == 429
    assert _sign_in(api, issuer.token(email=EMAIL)).status_code == 200


# --- The setting -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"issuer": "http://accounts.example.go.th"}, ("/document/oidc/issuer", "not_https")),
        ({"issuer": "https://a.example.go.th/?x=1"}, ("/document/oidc/issuer", "not_https")),
        ({"issuer": "https://u:p@a.example.go.th"}, ("/document/oidc/issuer", "not_https")),
        ({"match": "staff_code"}, ("/document/oidc/claim", "does_not_fit")),
        ({"claim": "employee"}, ("/document/oidc/claim", "does_not_fit")),
        ({"match": "name"}, ("/document/oidc/match", "invalid_choice")),
        ({"email_domains": ["@x"]}, ("/document/oidc/email_domains/0", "invalid")),
        ({"client_secret": "x"}, ("/document/oidc/client_secret", "unknown_field")),
    ],
)
def test_setting__malformed__told_where(api, settings, changes, wrong):
    settings.OUTBOUND_TO_PRIVATE = False
    oidc = {
        "issuer": "https://accounts.example.go.th",
        "client_id": CLIENT_ID,
        "match": "email",
        "claim": "",
        "email_domains": [],
    }
    path = "/api/v1/settings/sign_in/versions"
    chief = api.as_("area_admin")
    refused = chief.post(path, {"document": {"oidc": {**oidc, **changes}}})
    told = [(each["pointer"], each["code"]) for each in body_of(refused)["errors"]]
    assert told == [wrong]
    assert chief.post(path, {"document": {"oidc": oidc}}).status_code == 201
