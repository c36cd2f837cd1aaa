"""The fleet's migration killed again and again: it converges, and the old code goes on serving."""

import subprocess
import time

from tests.drills.holding import hold
from tests.drills.registry import drill
from tests.drills.site import Site

KILLS = 4
PATIENCE = 120  # seconds for a run of the command
TOMORROW = "tests.drills.tomorrow"


@drill("fleet_killed", count=245)
def fleet_killed(site: Site, count: int) -> str:
    """`count` areas; each of some runs is killed after its share of them, the last one ends."""
    _areas(site, count)
    try:
        for number in range(1, KILLS + 1):
            _kill_run(site, after=number * count // (KILLS + 1))
        began = time.monotonic()
        last = _run(site)
        hold(last.wait(PATIENCE) == 0, f"the last run ended with status {last.returncode}")
        took = time.monotonic() - began
        check = _run(site, "--check")
        hold(check.wait(PATIENCE) == 0, "an area is still behind")
        _hold_all_alike(site, count)
        _hold_old_code_serves(site)
    finally:
        _areas(site, 0)
    return f"{KILLS} runs killed; the last one completed the {count} areas in {took:.1f} s"


def _areas(site: Site, count: int) -> None:
    status = site.manage("drill_fleet", str(count), log="drill_fleet").wait(300)
    hold(status == 0, "the drill's areas could not be made or removed")


def _run(site: Site, *options: str) -> subprocess.Popen[bytes]:
    """`migrate_areas` of the later version."""
    words = ("migrate_areas", "--parallel=4", *options)
    return site.manage(*words, log="migrate_areas", DJANGO_SETTINGS_MODULE=TOMORROW)


def _kill_run(site: Site, *, after: int) -> None:
    """Start a run and kill it once so many areas are migrated."""
    run = _run(site)
    began = time.monotonic()
    while _migrated(site) < after:
        hold(run.poll() is None, f"a run ended by itself with status {run.returncode}")
        hold(time.monotonic() - began < PATIENCE, "a run does not get on")
        _hold_old_code_serves(site)
    run.kill()
    run.wait()


def _migrated(site: Site) -> int:
    return site.number("SELECT count(*) FROM pg_tables WHERE tablename = 'monitoring_note'")


def _hold_old_code_serves(site: Site) -> None:
    status = site.as_("teacher").get("/api/v1/me").status
    hold(status == 200, f"the old code answered {status}")


def _hold_all_alike(site: Site, count: int) -> None:
    shapes = site.rows(
        "SELECT string_agg(concat_ws(' ', column_name, data_type, is_nullable), ', ' "
        "ORDER BY ordinal_position) FROM information_schema.columns "
        "WHERE table_name = 'monitoring_note' AND table_schema LIKE 'a_fleet%%' "
        "GROUP BY table_schema"
    )
    hold(len(shapes) == count, f"{len(shapes)} of {count} areas have the table")
    hold(len(set(shapes)) == 1, "the tables differ")
