"""The same thing at the same moment: one effect. These commit, in an area of their own."""

import uuid

import pytest
from django_tenants.utils import schema_context

from accounts.actions.invitations import invite
from accounts.actions.slips import issue_slip
from accounts.models import RoleGrant, User
from core.actor import SYSTEM, Actor, ActorKind, Grant
from tests.accounts.cast import TOTP_SECRET
from tests.accounts.samples import NEW_PASSWORD, present_code
from tests.client import body_of
from tests.concurrency.together import together
from tests.world import PASSWORD, make_person

ADMIN = Actor(ActorKind.USER, grants=(Grant("area_admin", "area"),))


def _statuses(answers):
    return sorted(each.status_code for each in answers)


def test_accept__twice_at_once__one_account(races):
    name = f"race-{uuid.uuid4().hex[:8]}"
    with schema_context(races.area.schema_name):
        invited = invite(
            display_name="แข่ง", username=name, role="viewer", scope="area", actor=SYSTEM
        )

    def accept():
        return races.post(
            "/api/v1/invitations/accept", {"token": invited.token, "password": NEW_PASSWORD}
        )

    assert _statuses(together(accept, accept, accept)) == [201, 404, 404]
    with schema_context(races.area.schema_name):
        assert User.objects.get(username=name).grants.count() == 1


def test_slip__used_twice_at_once__one_session(races):
    name = f"race-{uuid.uuid4().hex[:8]}"
    with schema_context(races.area.schema_name):
        person = make_person("viewer", "area", None, username=name)
        slip = issue_slip(person.user_id, actor=ADMIN)

    def use():
        return races.post(
            "/api/v1/auth/slip",
            {"login": slip.login, "code": slip.code, "new_password": NEW_PASSWORD},
        )

    assert _statuses(together(use, use, use)) == [200, 401, 401]


def test_totp__same_code_twice_at_once__one_session(races):
    def pending():
        answer = races.post(
            "/api/v1/auth/sign-in",
            {"login": f"{races.area.slug}-totp", "password": PASSWORD},
        )
        return body_of(answer)["pending_token"]

    tokens, code = [pending(), pending(), pending()], present_code(TOTP_SECRET)

    def verify(token):
        return lambda: races.post("/api/v1/auth/totp", {"pending_token": token, "code": code})

    assert _statuses(together(*map(verify, tokens))) == [200, 401, 401]


@pytest.fixture
def two_chiefs(races):
    """Two administrators, and for the time of the test no other."""
    with schema_context(races.area.schema_name):
        others = RoleGrant.objects.filter(role="area_admin", valid_until__isnull=True)
        paused = list(others.values_list("pk", flat=True))
        others.update(valid_from="2000-01-01", valid_until="2000-01-01")
        names = [f"chief-{uuid.uuid4().hex[:8]}" for _ in range(2)]
        people = [make_person("area_admin", "area", None, username=name) for name in names]
    yield people
    with schema_context(races.area.schema_name):
        User.objects.filter(pk__in=[each.user_id for each in people]).delete()
        RoleGrant.objects.filter(pk__in=paused).update(valid_until=None)


@pytest.mark.parametrize("way", ["end", "close"])
def test_chiefs__each_removes_the_other_at_once__one_remains(races, two_chiefs, way):
    def remove(by, other):
        client = races.with_token(by.token)
        if way == "close":
            path, body = f"/api/v1/users/{other.user_id}", {"is_active": False}
            return lambda: client.patch(path, body, If_Match="*")
        with schema_context(races.area.schema_name):
            grant = RoleGrant.objects.get(user=other.user_id)
        return lambda: client.post(f"/api/v1/role-grants/{grant.pk}/end")

    one, two = two_chiefs
    assert _statuses(together(remove(one, two), remove(two, one)))[0] == 200
    left = [races.with_token(each.token).get("/api/v1/users").status_code for each in two_chiefs]
    assert left.count(200) == 1
