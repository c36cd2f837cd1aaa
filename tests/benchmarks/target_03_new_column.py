"""Target 3: one new column in 245 areas. Ours and stock each add one, in the same areas."""

from collections.abc import Iterator
from typing import Any

from django.core.management import call_command

from tests.benchmarks.fleet import fleet, stock_migrate, timed, version


def run() -> Iterator[dict[str, Any]]:
    count = fleet()
    with version("zero"):
        call_command("migrate_areas", verbosity=0)  # the table that gets the columns
    with version("one"):
        ours = timed(lambda: call_command("migrate_areas", verbosity=0))
    with version("two"):
        stock = timed(stock_migrate)
    yield {
        "target": 3,
        "work": f"one new column in {count} areas; stock migrate_schemas",
        "ours": round(ours),
        "yardstick": round(stock),
        "unit": "ms",
        "ratio": round(stock / ours, 1),
        "goal": "≥ 25 × faster",
    }
