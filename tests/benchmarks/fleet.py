"""All 245 areas, and versions of the code that bring them something to migrate."""

import csv
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cache
from pathlib import Path
from statistics import median

from django.core.management import call_command

from tenants.enums import AreaKind
from tenants.provisioning import provision
from tests.areas import later_version, planned_area
from tests.benchmarks.areas import platform

PRIMARY = Path(__file__).parent / "data" / "primary_service_areas.csv"
SECONDARY = 62


@cache
def fleet() -> int:
    """Make 245 areas; how many there are."""
    platform()
    names = [row["name_th"] for row in csv.DictReader(PRIMARY.open(encoding="utf-8"))]
    names += [f"สพม.สมมติ {number}" for number in range(1, SECONDARY + 1)]
    for number, name in enumerate(names):
        kind = AreaKind.PRIMARY if number < len(names) - SECONDARY else AreaKind.SECONDARY
        provision(planned_area(f"fleet{number:03d}", name_th=name, kind=kind))
    return len(names)


def version(name: str) -> AbstractContextManager[None]:
    """The code as it will be: `tests.benchmarks.migrations.<name>` has its migrations."""
    return later_version(f"tests.benchmarks.migrations.{name}")


def stock_migrate() -> None:
    """What django-tenants does with all areas."""
    call_command("migrate_schemas", tenant=True, verbosity=0)


def timed(work: Callable[[], object]) -> float:
    """Milliseconds."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1_000


def medians(*works: Callable[[int], object], rounds: int) -> list[float]:
    """Median milliseconds of each work, done in turns; each is told the number of its turn."""
    times = [
        [timed(lambda work=work, turn=turn: work(turn)) for work in works] for turn in range(rounds)
    ]
    return [median(each) for each in zip(*times, strict=True)]
