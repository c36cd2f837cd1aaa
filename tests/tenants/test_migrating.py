"""Migrating the fleet: collected once, replayed everywhere, the same as Django's own executor."""

import threading
import time
from contextlib import ExitStack

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django_tenants.utils import schema_context

from clusters.models import Cluster
from tenants import migrating
from tenants.fleet import areas_behind
from tenants.migrating import Step, migrate_fleet
from tenants.postgresql.base import owner_rights
from tests.architecture.catalog import catalog
from tests.areas import later_version, stock_area
from tests.client import body_of

TOMORROW = (
    ("monitoring", "0001_notes"),
    ("monitoring", "0002_title_once"),
    ("monitoring", "0003_title_again"),
)


def _quiet(*_):
    """Nobody listens."""


def _rows(statement: str, schema: str) -> list[tuple]:
    with schema_context(schema), owner_rights(), connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture
def later():
    """`later("tomorrow")`: the code is of a later version, with migrations that no area has."""
    with ExitStack() as versions:
        yield lambda name: versions.enter_context(later_version(f"tests.tenants.migrations.{name}"))


def test_behind__says_what_each_area_lacks(world, later):
    assert areas_behind() == {}
    later("tomorrow")
    assert areas_behind() == {"a_t1": TOMORROW, "a_t2": TOMORROW}


def test_area_behind__is_not_served_until_it_is_up_to_date(api, later):
    teacher = api.as_("teacher")
    assert teacher.get("/api/v1/me").status_code == 200
    later("tomorrow")
    refused = teacher.get("/api/v1/me")
    assert (refused.status_code, body_of(refused)["code"]) == (503, "try_again")
    migrate_fleet(told=_quiet)
    assert teacher.get("/api/v1/me").status_code == 200


def test_area_behind__by_what_the_code_works_without__is_served(api, later):
    later("tomorrow")
    migrate_fleet(told=_quiet)
    later("indexes_only")
    assert len(areas_behind()) == 2
    assert api.as_("teacher").get("/api/v1/me").status_code == 200


@pytest.mark.parametrize("version", ["tomorrow", "day_after"])
def test_fleet__migrated__the_same_catalog_as_stock(world, later, version):
    stock = stock_area("stock")
    later(version)
    call_command("migrate_schemas", schema_name=stock.schema_name, verbosity=0)
    outcome = migrate_fleet(told=_quiet)

    assert (outcome.done, outcome.failed) == (["a_t1", "a_t2"], {})
    assert areas_behind() == {}
    for part, rows in catalog(stock.schema_name).items():
        assert catalog("a_t1")[part] == catalog("a_t2")[part] == rows, part


def test_fleet__data_migration__done_in_each_area_with_its_own_rows(world, later):
    later("day_after")
    migrate_fleet(told=_quiet)

    for schema in ("a_t1", "a_t2"):
        with schema_context(schema):
            codes = sorted(Cluster.objects.values_list("code", flat=True))
        notes = _rows("SELECT title FROM monitoring_note ORDER BY 1", schema)
        assert [title for (title,) in notes] == codes
        assert codes


def test_fleet__statements__run_by_no_executor_but_in_the_pilot(world, later, monkeypatch):
    later("tomorrow")
    piloted = []
    pilot = migrating._pilot
    monkeypatch.setattr(migrating, "_pilot", lambda *args: piloted.append(args) or pilot(*args))
    migrate_fleet(told=_quiet)
    assert piloted == [("a_t1", TOMORROW)]


def test_fleet__stopped_midway__the_next_run_does_the_rest(world, later):
    later("tomorrow")

    def stop(*_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        migrate_fleet(told=stop)
    assert list(areas_behind()) == ["a_t2"]
    assert migrate_fleet(told=_quiet).done == ["a_t2"]


@pytest.mark.parametrize("schema", ["a_t1", "a_t2"])
def test_fleet__one_area_fails__stops_or_keeps_going_and_nothing_is_half_done(world, later, schema):
    _rows("CREATE TABLE monitoring_note (id int PRIMARY KEY)", schema)
    later("tomorrow")
    told = []
    outcome = migrate_fleet(told=lambda *each: told.append(each))
    assert "already exists" in outcome.failed[schema]
    assert outcome.done == ([] if schema == "a_t1" else ["a_t1"])

    outcome = migrate_fleet(told=_quiet, keep_going=True)
    assert list(areas_behind().items()) == [(schema, TOMORROW)]
    _rows("DROP TABLE monitoring_note", schema)
    assert migrate_fleet(told=_quiet).done == [schema]


def test_command__check__says_who_is_behind_and_fails(world, later, capsys):
    call_command("migrate_areas", check=True)
    later("tomorrow")
    with pytest.raises(CommandError, match="2 areas are behind"):
        call_command("migrate_areas", check=True)
    assert "a_t1: monitoring.0001_notes, " in capsys.readouterr().out


def test_command__failure__told_with_the_area_and_what_to_do(world, later, capsys):
    _rows("CREATE TABLE monitoring_note (id int PRIMARY KEY)", "a_t2")
    later("tomorrow")
    with pytest.raises(CommandError, match="1 of 2 areas are still behind"):
        call_command("migrate_areas", parallel=1)
    told = capsys.readouterr()
    assert "1/2 a_t1" in told.out
    assert "a_t2: relation" in told.err

    _rows("DROP TABLE monitoring_note", "a_t2")
    call_command("migrate_areas", parallel=1)
    assert "Areas brought up to date: 1" in capsys.readouterr().out


def test_fleet__append_only_table__made_with_its_restriction(world):
    before = catalog("a_t2")
    _rows("DROP TABLE journal_journalentry, journal_journalhead", "a_t2")
    _rows("DELETE FROM django_migrations WHERE app = 'journal'", "a_t2")
    assert migrate_fleet(told=_quiet).done == ["a_t2"]
    assert catalog("a_t2")["rights"] == before["rights"]


# --- Locks: committed for real, in an area of its own ------------------------------------------

STEP = Step("monitoring", "0009_locked", ("ALTER TABLE clusters_cluster ADD COLUMN made_up int",))


@pytest.fixture
def held(races, monkeypatch):
    """`held(seconds)`: someone holds the table's lock for so long."""
    monkeypatch.setattr(migrating, "LOCK_TIMEOUT", 100)
    threads = []

    def hold(seconds: float) -> None:
        locked = threading.Event()

        def work() -> None:
            with schema_context("a_races"), connections["default"].cursor() as cursor:
                cursor.execute("BEGIN; LOCK TABLE clusters_cluster IN ROW EXCLUSIVE MODE")
                locked.set()
                time.sleep(seconds)
                cursor.execute("COMMIT")
            connections["default"].close()

        threads.append(threading.Thread(target=work))
        threads[-1].start()
        assert locked.wait(10)

    yield hold
    for thread in threads:
        thread.join()
    _rows("ALTER TABLE clusters_cluster DROP COLUMN IF EXISTS made_up", "a_races")
    _rows("DELETE FROM django_migrations WHERE name = '0009_locked'", "a_races")


def test_lock__held_for_a_while__tried_again(held):
    held(0.5)
    migrating._replay(STEP, "a_races")
    assert _rows("SELECT count(made_up) FROM clusters_cluster", "a_races") == [(0,)]


def test_lock__held_on__given_up_without_holding_others_up(held, monkeypatch):
    monkeypatch.setattr(migrating, "LOCK_ATTEMPTS", 1)
    held(2)
    reason = migrating._follow_one(migrating.Script((STEP,), is_whole=True), "a_races")
    assert "lock timeout" in reason
    assert _rows("SELECT 1 FROM django_migrations WHERE name = '0009_locked'", "a_races") == []
