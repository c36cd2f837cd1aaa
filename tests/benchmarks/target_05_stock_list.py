"""Target 5: the list of activity logs against a stock project (tests/benchmarks/stock)."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from tests.benchmarks.listing import PATH, WORK, Signed, area
from tests.benchmarks.load import Call, compared
from tests.benchmarks.servers import serving

STOCK = "tests.benchmarks.stock.settings"


def run() -> Iterator[dict[str, Any]]:
    signed, stock = area(), _prepare()
    with (
        serving("tests.benchmarks.settings", host=signed.host) as server,
        serving(STOCK, host=stock.host) as stock_server,
    ):
        yield from compared(
            Call(server, PATH, signed.headers),
            Call(stock_server, "/activity-logs/", stock.headers),
            target=5,
            work=f"{WORK}; stock ModelViewSet, django-tenants and token",
            goal="≥ 2",
        )


def _prepare() -> Signed:
    made = subprocess.run(
        [sys.executable, "-m", "django", "prepare"],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": STOCK},
        check=True,
        stdout=subprocess.PIPE,
    )
    return Signed(**json.loads(made.stdout))
