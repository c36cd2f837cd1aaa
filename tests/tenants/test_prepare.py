"""`manage.py prepare`: run at every start, by several machines at once."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django_tenants.utils import schema_context

from accounts.models import RoleGrant, User
from tenants.fleet import areas_behind, is_platform_behind
from tenants.postgresql.base import owner_rights
from tests.concurrency.together import together


def _prepare(capsys) -> str:
    call_command("prepare", verbosity=0)
    return capsys.readouterr().out


def _forget_migration(schema: str) -> None:
    with schema_context(schema), owner_rights():
        MigrationRecorder(connection).record_unapplied("journal", "0001_initial")


def test_prepare__nothing_to_do__says_so_with_few_queries(
    world, capsys, django_assert_max_num_queries
):
    with django_assert_max_num_queries(6):
        assert "behind: 0" in _prepare(capsys)


def test_behind__one_area_lacks_a_migration__found_among_all(world):
    assert areas_behind() == {}
    _forget_migration("a_t2")
    assert areas_behind() == {"a_t2": (("journal", "0001_initial"),)}
    assert not is_platform_behind()
    _forget_migration("public")
    assert is_platform_behind()


def test_prepare__area_behind__brought_up_to_date(world, capsys):
    with schema_context("a_t2"), owner_rights(), connection.cursor() as cursor:
        cursor.execute("DROP TABLE api_idempotentanswer")
        MigrationRecorder(connection).record_unapplied("api", "0001_initial")

    assert "behind: 1" in _prepare(capsys)
    assert areas_behind() == {}
    with schema_context("a_t2"), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM api_idempotentanswer")  # by the area's own role


@pytest.mark.parametrize("times", [1, 2])
def test_prepare__operator_from_the_environment__made_once(world, capsys, monkeypatch, times):
    monkeypatch.setenv("OPERATOR_EMAIL", "chief@example.go.th")
    monkeypatch.setenv("OPERATOR_PASSWORD", "a long walk by the Mekong")
    for _ in range(times):
        _prepare(capsys)
    operator = User.objects.get(email="chief@example.go.th")
    assert RoleGrant.objects.filter(user=operator, role="operator").count() == 1


def test_prepare__three_machines_at_once__one_after_the_other(races):
    together(*[lambda: call_command("prepare", verbosity=0)] * 3)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database "
            "WHERE locktype = 'advisory' AND datname = current_database()"
        )
        assert cursor.fetchone() == (0,)
