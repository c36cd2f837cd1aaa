"""Target 15: the same list while requests go to one area, and while they go to all 245 in turn."""

from collections.abc import Iterator
from typing import Any

import psutil
from django.conf import settings
from django.db import connection
from django_tenants.utils import schema_context

from accounts.enums import Role, Scope
from tenants.enums import AreaState
from tenants.models import Area
from tenants.postgresql.base import area_connection
from tests.benchmarks.activities import Rows
from tests.benchmarks.fleet import fleet
from tests.benchmarks.listing import PATH, Signed, fill
from tests.benchmarks.load import Call, percentile, seconds_each
from tests.benchmarks.servers import serving
from tests.world import make_person

LOGS = 60  # in each area: more than the page of 50 that is listed
ROUNDS = 5
SECONDS = 3.0
LONGEST = 95  # the percentile


def run() -> Iterator[dict[str, Any]]:
    areas = _areas()
    with serving("tests.benchmarks.settings", host=areas[0].host) as server:
        calls = [Call(server, PATH, area.headers) for area in areas]
        seconds_each(calls[:1], SECONDS)
        small = _largest_connection()
        alone, all_of_them = _in_turn(calls[:1], calls)
        large = _largest_connection()
    yield _row(
        f"list 50 of {LOGS} activity logs, of {len(areas)} areas in turn or of 1: 95th percentile",
        *(round(each * 1_000, 1) for each in (all_of_them, alone)),
        unit="ms",
        goal="≤ 1.3",
    )
    yield _row(
        f"memory of the largest connection after {len(areas)} areas; after 1",
        *(round(each / 2**20) for each in (large, small)),
        unit="MB",
        goal="bounded",
    )


def _areas() -> list[Signed]:
    """The whole fleet at work: an administrator and some logs in each."""
    fleet()
    areas = list(Area.objects.filter(slug__startswith="fleet").order_by("slug"))
    Area.objects.filter(slug__startswith="fleet").update(state=AreaState.ACTIVE)
    rows = Rows()
    del rows.logs[LOGS:]
    signed = []
    for area in areas:
        with schema_context(area.schema_name):
            fill(rows)
            admin = make_person(Role.AREA_ADMIN, Scope.AREA, None, username=f"admin-{area.slug}")
        signed.append(Signed.to(area, admin))
    with schema_context("public"), connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    area_connection().close_pool()  # they have seen every area
    return signed


def _in_turn(*loads: list[Call]) -> list[float]:
    """The percentile of each load, in seconds; measured in short turns."""
    for load in loads:
        seconds_each(load, SECONDS)
    taken: list[list[float]] = [[] for _ in loads]
    for _ in range(ROUNDS):
        for number, load in enumerate(loads):
            taken[number] += seconds_each(load, SECONDS)
    return [percentile(times, LONGEST) for times in taken]


def _largest_connection() -> int:
    """Bytes that PostgreSQL's largest process for this database has to itself."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()",
            [settings.DATABASES["default"]["NAME"]],
        )
        processes = [psutil.Process(pid) for (pid,) in cursor.fetchall()]
    return max(process.memory_full_info().uss for process in processes)


def _row(
    work: str, ours: float, yardstick: float, *, unit: str, goal: str | None
) -> dict[str, Any]:
    return {
        "target": 15,
        "work": work,
        "ours": ours,
        "yardstick": yardstick,
        "unit": unit,
        "ratio": round(ours / yardstick, 2),
        "goal": goal,
    }
