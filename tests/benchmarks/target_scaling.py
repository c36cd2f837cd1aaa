"""The figures of docs/scaling.md: more web processes; dashboards read from a streaming replica."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
from django.conf import settings

from backend.embedded.postgres import Postgres
from tests.benchmarks.listing import PATH, WORK, Signed, area
from tests.benchmarks.load import Call, in_turn, seconds_each
from tests.benchmarks.servers import serving
from tests.standby import Standby

FOLDER = Path(".krunet/bench")
DASHBOARD = "/api/v1/dashboards/area?academic_year=2025"
DASHBOARDS = 3.0  # seconds of asking
ROUNDS = 5


def run() -> Iterator[dict[str, Any]]:
    signed = area()
    yield from _processes(signed)
    yield from _replica(signed)


def _processes(signed: Signed) -> Iterator[dict[str, Any]]:
    with (
        serving("tests.benchmarks.settings", host=signed.host) as one,
        serving("tests.benchmarks.settings", host=signed.host, workers=2) as two,
    ):
        calls = [Call(server, PATH, signed.headers) for server in (two, one)]
        more, fewer = (each.requests_per_second for each in in_turn(*calls, rounds=ROUNDS))
    yield _row(f"{WORK}; 2 web processes, 1", round(more), round(fewer), "requests/s")


def _replica(signed: Signed) -> Iterator[dict[str, Any]]:
    primary = _primary()
    with (
        _standby() as standby,
        serving("tests.benchmarks.settings", host=signed.host) as alone,
        serving("tests.benchmarks.settings", host=signed.host, REPLICA_URL=standby.url) as beside,
    ):
        calls = [Call(server, DASHBOARD, signed.headers) for server in (beside, alone)]
        eased, full = (_spent_by_primary(primary, call) for call in calls)
    yield _row(
        "an area's dashboard read from a replica, from the primary: processor time of the primary",
        *(round(each, 2) for each in (eased, full)),
        "ms a request",
    )


def _spent_by_primary(primary: psutil.Process, call: Call) -> float:
    """Milliseconds of processor time a request."""
    seconds_each([call], DASHBOARDS)
    began = _spent(primary)
    count = len(seconds_each([call], DASHBOARDS))
    return (_spent(primary) - began) * 1_000 / count


def _spent(server: psutil.Process) -> float:
    return sum(sum(each.cpu_times()[:2]) for each in [server, *server.children(recursive=True)])


def _primary() -> psutil.Process:
    return psutil.Process(int((FOLDER / "postgres/data/postmaster.pid").read_text().split()[0]))


@contextmanager
def _standby() -> Iterator[Standby]:
    folder = FOLDER / "standby"
    shutil.rmtree(folder, ignore_errors=True)
    port = int(settings.DATABASES["default"]["PORT"])
    standby = Standby(folder, Postgres(FOLDER, port=port))
    try:
        standby.start()
        yield standby
    finally:
        standby.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _row(work: str, ours: float, yardstick: float, unit: str) -> dict[str, Any]:
    return {
        "target": "scaling",
        "work": work,
        "ours": ours,
        "yardstick": yardstick,
        "unit": unit,
        "ratio": round(ours / yardstick, 2),
        "goal": None,
    }
