"""One successful call of each operation; the same ones on an area's host and on the platform's."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    SECRET_SESSION_KEY,
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import encrypt
from django.contrib.auth.tokens import default_token_generator
from django.core import signing
from django_tenants.utils import schema_context

from accounts.actions.invitations import invite
from accounts.actions.slips import issue_slip
from accounts.enums import Role, Scope
from accounts.models import User
from accounts.sessions import SessionStore
from core.actor import SYSTEM, Actor, ActorKind, Grant
from tests.accounts.cast import TOTP_SECRET
from tests.client import Api, body_of
from tests.operations import Sample
from tests.world import PASSWORD, TestArea, World

NEW_PASSWORD = "a different horse altogether"


def present_code(secret: str = TOTP_SECRET) -> str:
    """The code that an authenticator app shows now."""
    _, now, _ = yield_hotp_counters_from_time()
    return format_hotp_value(hotp_value(secret, now))


def is_platform(area: TestArea) -> bool:
    return area.schema_name == "public"


def api_of(area: TestArea) -> Api:
    """An anonymous client on this area's host."""
    world = World.current
    assert world is not None
    name = next(name for name in ("t1", "t2", "platform") if world.area(name) is area)
    return Api(world, name)


def login_of(area: TestArea, name: str = "someone") -> str:
    return f"{area.slug or 'platform'}-{name}"


def role_and_scope(area: TestArea) -> dict[str, str]:
    if is_platform(area):
        return {"role": Role.NATIONAL_VIEWER, "scope": Scope.PLATFORM}
    return {"role": Role.SUPERVISOR, "scope": Scope.AREA}


def _credentials(area: TestArea) -> Any:
    return {"login": login_of(area), "password": PASSWORD}


def _pending(area: TestArea) -> Any:
    answer = api_of(area).post(
        "/api/v1/auth/sign-in", {"login": login_of(area, "totp"), "password": PASSWORD}
    )
    return {"pending_token": body_of(answer)["pending_token"], "code": present_code()}


def _slip(area: TestArea) -> Any:
    chief = Actor(ActorKind.USER, grants=(Grant(Role.AREA_ADMIN, Scope.AREA),))
    with schema_context(area.schema_name):
        slip = issue_slip(area.things["user"], actor=chief)
    return {"login": slip.login, "code": slip.code, "new_password": NEW_PASSWORD}


def _email_link(area: TestArea) -> Any:
    with schema_context(area.schema_name):
        user = User.objects.get(pk=area.things["user"])
        parts = [user.pk.hex, user.email, f"confirmed.{user.email}"]
        return {"token": signing.dumps(parts, salt=f"accounts.email:{area.schema_name}")}


def _reset_link(area: TestArea) -> Any:
    with schema_context(area.schema_name):
        user = User.objects.get(pk=area.things["user"])
        token = f"{user.pk.hex}-{default_token_generator.make_token(user)}"
    return {"token": token, "new_password": NEW_PASSWORD}


def _invitation_link(area: TestArea) -> Any:
    with schema_context(area.schema_name):
        invited = invite(
            display_name="ผู้มาใหม่", username="newcomer", **role_and_scope(area), actor=SYSTEM
        )
    return {"token": invited.token, "password": NEW_PASSWORD}


def _first_code(area: TestArea) -> Any:
    with schema_context(area.schema_name):
        for person in area.people.values():
            store = SessionStore(person.token)
            store[SECRET_SESSION_KEY] = encrypt(TOTP_SECRET)
            store.save()
    return {"code": present_code()}


def _password_of_totp_user(area: TestArea) -> Any:
    with schema_context(area.schema_name):
        accounts = [person.user_id for person in area.people.values()]
        for user in User.objects.filter(pk__in=accounts):
            if not Authenticator.objects.filter(user=user).exists():
                TOTP.activate(user, TOTP_SECRET)
    return {"password": PASSWORD}


def _slip_for(area: TestArea) -> Any:
    teacher = area.people.get("teacher")
    return {"user_id": teacher.user_id if teacher else area.things["user"]}


def _samples(which: str, chief: str) -> list[Sample]:
    def sample(operation: str, *, status: int = 200, by: str | None = chief, **rest: Any) -> Sample:
        return Sample(operation, by=by, status=status, which=which, **rest)

    return [
        sample("me_get"),
        sample("me_update", body={"language": "en"}),
        sample("auth_sign_in", by=None, body=_credentials),
        sample("auth_verify_totp", by=None, body=_pending),
        sample("auth_use_slip", by=None, body=_slip),
        sample(
            "auth_request_password_reset", by=None, body={"login": "someone@nowhere"}, status=202
        ),
        sample("auth_confirm_password_reset", by=None, body=_reset_link, status=204),
        sample(
            "auth_change_email",
            body={"email": "new.address@example.go.th", "password": PASSWORD},
            status=202,
        ),
        sample("auth_confirm_email", by=None, body=_email_link, status=204),
        sample("auth_sign_out", status=204),
        sample(
            "auth_change_password",
            body={"current_password": PASSWORD, "new_password": NEW_PASSWORD},
            status=204,
        ),
        sample("auth_setup_totp"),
        sample("auth_activate_totp", body=_first_code),
        sample("auth_deactivate_totp", body=_password_of_totp_user, status=204),
        sample("sessions_list"),
        sample("sessions_destroy", path={"id": "session"}, status=204),
        sample("users_list"),
        sample("users_get", path={"id": "user"}),
        sample("users_update", path={"id": "user"}, body={"display_name": "ชื่อใหม่"}),
        sample("users_remove_totp", path={"id": "totp_user"}, status=204),
        sample("role_grants_list"),
        sample("role_grants_get", path={"id": "role_grant"}),
        sample(
            "role_grants_create",
            body=lambda area: (
                {"user_id": area.things["user"], **role_and_scope(area)}
                | {"valid_from": "2030-01-01"}
            ),
            status=201,
        ),
        sample("role_grants_end", path={"id": "role_grant"}),
        sample("invitations_list"),
        sample("invitations_get", path={"id": "invitation"}),
        sample(
            "invitations_create",
            body=lambda area: (
                {"email": "new@example.go.th", "display_name": "ผู้มาใหม่"} | role_and_scope(area)
            ),
            status=201,
        ),
        sample("invitations_revoke", path={"id": "invitation"}),
        sample("invitations_accept", by=None, body=_invitation_link, status=201),
        sample("access_slips_create", body=_slip_for, status=201),
    ]


SAMPLES: list[Sample] = [
    Sample("operator_access_list", by=Role.AREA_ADMIN),
    Sample("operator_access_end", by=Role.AREA_ADMIN, path={"id": "operator_access"}),
    Sample("access_grants_list", by=Role.OPERATOR, path={"area_id": "area"}, which="platform"),
    Sample(
        "access_grants_create",
        by=Role.OPERATOR,
        path={"area_id": "area"},
        body={"reason": "ตรวจสอบปัญหาที่เขตแจ้ง", "hours": 2},
        status=201,
        which="platform",
    ),
    Sample(
        "access_grants_end",
        by=Role.OPERATOR,
        path={"area_id": "area", "id": "access_grant"},
        which="platform",
    ),
    *_samples("area", Role.AREA_ADMIN),
    *_samples("platform", Role.OPERATOR),
]
