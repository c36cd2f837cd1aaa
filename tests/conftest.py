"""What every test shares: one real database with two areas, rolled back after each test."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from tenants.directory import area_by_slug
from tenants.fleet import is_ready
from tests import seen
from tests.client import Api
from tests.world import World, build_area, build_world


@pytest.fixture(scope="session")
def django_db_setup(request, django_db_blocker) -> Iterator[None]:
    """A database of this test process's own, with the platform and two areas in it."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    with django_db_blocker.unblock():
        original = settings.DATABASES["default"]["NAME"]
        connection.settings_dict["TEST"]["NAME"] = f"test_{original}_{worker}"
        name = connection.creation._create_test_db(verbosity=0, autoclobber=True)
        connection.close_pool()
        connection.close()
        settings.DATABASES["default"]["NAME"] = name
        connection.settings_dict["NAME"] = name
        call_command("migrate_schemas", shared=True, verbosity=0)
        World.current = build_world()
    yield
    with django_db_blocker.unblock():
        connection.close()
        connection.close_pool()
        connection.creation.destroy_test_db(original, verbosity=0)


@pytest.fixture(scope="session")
def _races_area(django_db_setup, django_db_blocker) -> None:
    with django_db_blocker.unblock():
        assert World.current is not None
        World.current.races = build_area("races")


@pytest.fixture
def races(_races_area, django_db_blocker) -> Iterator[Api]:
    """A client of a third area whose tests commit for real: for threads, races and deaths."""
    with django_db_blocker.unblock():
        assert World.current is not None
        yield Api(World.current, "races")
        connection.close()


@pytest.fixture
def world(db) -> World:
    """Two areas with the same cast of people; see tests/world.py."""
    assert World.current is not None
    for area in (World.current.t1, World.current.t2):
        # What a server that runs has looked up, so that queries can be counted.
        assert area_by_slug(area.slug)
        assert is_ready(area.schema_name)
    return World.current


@pytest.fixture
def api(world) -> Api:
    """A client of the first area; `api.as_("teacher")`, `api.on("t2")`, `api.on_platform()`."""
    return Api(world)


def pytest_testnodedown(node: Any, error: object) -> None:
    """A process of `pytest -n` has ended: take over what it saw."""
    seen.add(getattr(node, "workeroutput", {}).get("seen", []))


def pytest_sessionfinish(session: pytest.Session) -> None:
    config = session.config
    if hasattr(config, "workeroutput"):
        config.workeroutput["seen"] = seen.as_output()
        return
    whole_suite = config.args_source != config.ArgsSource.ARGS and not config.option.keyword
    if not whole_suite or session.testsfailed:
        return
    seen.add(seen.as_output())
    for each in seen.missing():
        print(f"\nThe documents promise what no test has seen: {each}", end="")  # noqa: T201
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
