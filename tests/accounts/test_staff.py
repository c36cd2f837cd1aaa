"""create_staff_accounts and `manage.py create_operator`."""

import io
import time
import uuid

import pytest
from django.core.management import CommandError, call_command
from django_tenants.utils import schema_context

from accounts.actions.staff import StaffRow, create_staff_accounts
from accounts.models import RoleGrant, User
from core.actor import SYSTEM
from core.area_settings.actions import adopt_setting
from core.area_settings.models import SettingVersion
from core.errors import InvalidInputError
from core.journal.models import JournalEntry
from core.languages import LANGUAGES
from tests.client import body_of
from tests.world import PASSWORD


@pytest.fixture
def rows(world):
    school = world.t1.things["school"]
    return [
        (f"BR4-{number:05}", f"ครู {number}", "teacher", "school", school) for number in range(2_000)
    ]


def test_staff__two_thousand__few_queries_and_again_changes_nothing(
    rows, in_t1, django_assert_max_num_queries
):
    with in_t1():
        before = User.objects.count()
        started = time.process_time()  # the machine may be busy with other things
        with django_assert_max_num_queries(12):
            users = create_staff_accounts(rows, actor=SYSTEM)
        assert time.process_time() - started < 2

        assert [user.username for user in users] == [row[0] for row in rows]
        assert User.objects.count() == before + 2_000
        assert not any(user.has_usable_password() for user in users[:10])
        entries = JournalEntry.objects.count()
        again = create_staff_accounts(rows, actor=SYSTEM)
        assert [user.pk for user in again] == [user.pk for user in users]
        assert JournalEntry.objects.count() == entries
        assert RoleGrant.objects.filter(user__in=users).count() == 2_000


def test_staff__code_in_other_case__same_account__and_a_further_role(rows, world, in_t1):
    with in_t1():
        (first,) = create_staff_accounts(rows[:1], actor=SYSTEM)
        other = StaffRow(
            "br4-00000", "ครู", "committee_member", "cluster", world.t1.things["cluster"]
        )
        (again,) = create_staff_accounts([other], actor=SYSTEM)
        assert again.pk == first.pk
        assert set(first.grants.values_list("role", flat=True)) == {"teacher", "committee_member"}


@pytest.mark.parametrize(
    "wrong",
    [
        ("X-1", "ครู", "teacher", "school", uuid.uuid4()),
        ("X-1", "ครู", "teacher", "school", None),
        ("X-1", "ครู", "operator", "platform", None),
    ],
)
def test_staff__one_wrong_row__nothing_is_made(rows, in_t1, wrong):
    with in_t1():
        before = User.objects.count()
        with pytest.raises(InvalidInputError):
            create_staff_accounts([*rows[:3], wrong], actor=SYSTEM)
        assert User.objects.count() == before


def test_create_operator__twice__one_account_that_signs_in(api, monkeypatch):
    told = io.StringIO()
    for password in (PASSWORD, "some other password"):
        monkeypatch.setenv("OPERATOR_PASSWORD", password)
        call_command("create_operator", email="Boss@example.go.th", stdout=told)

    assert told.getvalue().splitlines() == ["Operator created.", "The operator exists."]
    body = {"login": "boss@example.go.th", "password": PASSWORD}
    token = body_of(api.on_platform().post("/api/v1/auth/sign-in", body))["session_token"]
    assert api.on_platform().with_token(token).get("/api/v1/users").status_code == 200


def test_create_operator__weak_password__says_why(db, monkeypatch):
    monkeypatch.setenv("OPERATOR_PASSWORD", "short")
    with pytest.raises(CommandError, match="10"):
        call_command("create_operator", email="boss@example.go.th")
    with schema_context("public"):
        assert not User.objects.filter(email="boss@example.go.th").exists()


def test_staff__new_accounts__speak_the_areas_language(rows, in_t1):
    with in_t1():
        SettingVersion.objects.filter(kind="languages").delete()
        adopt_setting(LANGUAGES, {"default": "en"}, actor=SYSTEM)
        (made,) = create_staff_accounts(rows[:1], actor=SYSTEM)
    assert made.language == "en"
