"""`make bench [TARGET=n]`: each target against its yardstick in the same run.

Prints a table and writes `.krunet/bench.json`. It asserts nothing: machines are noisy, ratios less.
"""

import json
import os
import pkgutil
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import django

from tests import benchmarks

OUTPUT = Path(".krunet/bench.json")
COLUMNS = ("target", "work", "ours", "yardstick", "unit", "ratio", "goal")


def main(wanted: list[str]) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.settings"
    django.setup()
    rows = []
    for name in sorted(each.name for each in pkgutil.iter_modules(benchmarks.__path__)):
        if name.startswith("target_") and (not wanted or name.split("_")[1] in wanted):
            rows += list(_run(name))
    OUTPUT.parent.mkdir(exist_ok=True)
    OUTPUT.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _run(name: str) -> Iterator[dict[str, Any]]:
    for row in import_module(f"tests.benchmarks.{name}").run():
        told = " | ".join(f"{column} {_told(row[column])}" for column in COLUMNS)
        print(told, flush=True)  # noqa: T201
        yield row


def _told(value: object) -> str:
    return "–" if value is None else str(value)


if __name__ == "__main__":
    main([each.zfill(2) for each in sys.argv[1:]])
