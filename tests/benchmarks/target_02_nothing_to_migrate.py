"""Target 2: nothing to migrate in 245 areas."""

from collections.abc import Iterator
from typing import Any

from django.core.management import call_command

from tests.benchmarks.fleet import fleet, medians, stock_migrate, timed


def run() -> Iterator[dict[str, Any]]:
    count = fleet()
    (ours,) = medians(lambda _: call_command("migrate_areas", verbosity=0), rounds=5)
    stock = timed(stock_migrate)
    yield {
        "target": 2,
        "work": f"{count} areas, nothing to migrate; stock migrate_schemas",
        "ours": round(ours),
        "yardstick": round(stock),
        "unit": "ms",
        "ratio": round(stock / ours, 1),
        "goal": "≥ 50 × faster",
    }
