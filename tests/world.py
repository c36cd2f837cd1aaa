"""The world that tests live in: two areas, `t1` and `t2`, with the same cast in each.

It is made once per test process and committed; each test's own changes are rolled back.
"""

from dataclasses import dataclass, field
from importlib import import_module
from typing import ClassVar
from uuid import UUID

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone
from django_tenants.utils import schema_context

from accounts.enums import Role, Scope
from accounts.models import RoleGrant, User
from accounts.sessions import SessionStore
from tenants.enums import AreaState
from tenants.provisioning import provision
from tests.areas import planned_area

PASSWORD = "correct horse battery staple"


@dataclass
class Person:
    """Someone who can sign in; `token` is a valid session token."""

    user_id: UUID
    token: str


@dataclass
class TestArea:
    """One of the two areas. `people` by role name; `things` by a name that means something."""

    __test__ = False

    slug: str
    schema_name: str
    people: dict[str, Person] = field(default_factory=dict)
    things: dict[str, UUID] = field(default_factory=dict)


@dataclass
class World:
    current: ClassVar["World | None"] = None

    t1: TestArea
    t2: TestArea
    platform: TestArea
    races: TestArea | None = None  # see the fixture of this name

    def area(self, name: str) -> TestArea:
        return getattr(self, name)


def build_world() -> World:
    platform = TestArea(slug="", schema_name="public")
    with schema_context("public"):
        for role in (Role.OPERATOR, Role.NATIONAL_VIEWER):
            platform.people[role] = make_person(role, Scope.PLATFORM, None, username=role)
        for room in ("core", "accounts"):
            import_module(f"tests.{room}.cast").add(platform)
    world = World(t1=build_area("t1"), t2=build_area("t2"), platform=platform)
    import_module("tests.tenants.cast").add_platform(platform)
    return world


def build_area(slug: str) -> TestArea:
    """An active area with its cast."""
    row = planned_area(
        f"area-{slug}",
        schema_name=f"a_{slug}",
        code=slug,
        name_th=f"เขตทดสอบ {slug}",
        name_en=f"Test area {slug}",
        state=AreaState.ACTIVE,
    )
    provision(row)
    area = TestArea(slug=row.slug, schema_name=row.schema_name)
    with schema_context(area.schema_name):
        _cast(area)
        for room in (
            "core",
            "accounts",
            "clusters",
            "pd_activities",
            "consensus",
            "monitoring",
        ):
            import_module(f"tests.{room}.cast").add(area)
    return area


def _cast(area: TestArea) -> None:
    for role in (Role.AREA_ADMIN, Role.OFFICER, Role.SUPERVISOR, Role.VIEWER):
        area.people[role] = make_person(role, Scope.AREA, None, username=f"{area.slug}-{role}")


def make_person(role: str, scope: str, scope_id: UUID | None, *, username: str) -> Person:
    """A user with one role in the present schema, signed in."""
    user = User.objects.create_user(
        display_name=f"{role} {username}",
        username=username,
        email=f"{username}@example.go.th",
        password=PASSWORD,
    )
    RoleGrant.objects.create(
        user=user, role=role, scope=scope, scope_id=scope_id, valid_from=timezone.localdate()
    )
    return Person(user_id=user.pk, token=sign_in(user))


def sign_in(user: User) -> str:
    """A session token, as signing in answers with."""
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return str(store.session_key)
