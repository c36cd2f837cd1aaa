"""The database itself keeps one area out of another, whatever our code does."""

import threading

import pytest
from django.db import DatabaseError, connection, transaction
from django_tenants.utils import schema_context

from accounts.models import User


def _current() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_schema()")
        return cursor.fetchone()


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM a_t2.accounts_user",
        "SELECT * FROM public.accounts_user",
        "SELECT * FROM public.tenants_area",
        "INSERT INTO a_t2.journal_journalhead (number) VALUES (1)",
        "DELETE FROM journal_journalentry",
        "UPDATE journal_journalentry SET verb = 'x'",
        "DELETE FROM django_migrations",
        "CREATE TABLE mine (id int)",
    ],
)
def test_area_role__reaching_further_than_its_rights__denied_by_database(world, statement):
    with (
        schema_context(world.t1.schema_name),
        pytest.raises(DatabaseError) as raised,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert raised.value.__cause__.sqlstate == "42501"


def test_area_role__own_tables__may_read_and_write(world):
    with schema_context(world.t1.schema_name):
        before = User.objects.count()
        User.objects.create_user(display_name="ครูใหม่", username="new-teacher")
        assert User.objects.count() == before + 1
    with schema_context(world.t2.schema_name):
        assert not User.objects.filter(username="new-teacher").exists()


def test_unknown_schema__is_an_error_not_public(world):
    with schema_context("a_nowhere"), pytest.raises(DatabaseError), transaction.atomic():
        User.objects.count()


def test_role_and_path__after_rolled_back_savepoint__still_the_areas(world):
    with transaction.atomic():
        sid = transaction.savepoint()
        with schema_context(world.t1.schema_name):
            assert _current() == (connection.role_of("a_t1"), "a_t1")
            transaction.savepoint_rollback(sid)
            assert _current() == (connection.role_of("a_t1"), "a_t1")
        assert _current()[1] == "public"


def test_role_and_path__two_threads__each_its_own(world):
    arrived = threading.Barrier(2, timeout=10)
    found = {}

    def visit(schema: str) -> None:
        try:
            with schema_context(schema):
                first = _current()
                arrived.wait()
                found[schema] = (first, _current())
        finally:
            connection.close()

    threads = [threading.Thread(target=visit, args=(each,)) for each in ("a_t1", "a_t2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for schema in ("a_t1", "a_t2"):
        expected = (connection.role_of(schema), schema)
        assert found[schema] == (expected, expected)


def test_role_and_path__set_before_the_transaction__survive_its_rollback(races):
    """Committed for real: what a rollback undoes shows only in a transaction of our own."""
    with schema_context("a_races"):
        with transaction.atomic():
            connection.cursor().close()
            transaction.set_rollback(True)
        with connection.connection.cursor() as raw:  # past Django, which would set them again
            raw.execute("SELECT current_user, current_schema()")
            assert raw.fetchone() == (connection.role_of("a_races"), "a_races")
