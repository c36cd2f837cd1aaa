"""Target 4: the list of activity logs against a bare Django view of the same process."""

from collections.abc import Iterator
from typing import Any

from tests.benchmarks.listing import PATH, WORK, area
from tests.benchmarks.load import Call, in_turn
from tests.benchmarks.servers import serving


def run() -> Iterator[dict[str, Any]]:
    signed = area()
    with serving("tests.benchmarks.settings", host=signed.host) as port:
        ours, yardstick = in_turn(
            Call(port, PATH, signed.headers), Call(port, "/bare/activity-logs", signed.headers)
        )
    yield {
        "target": 4,
        "work": f"{WORK}; a bare Django view",
        "ours": round(ours),
        "yardstick": round(yardstick),
        "unit": "requests/s",
        "ratio": round(ours / yardstick, 2),
        "goal": "≥ 0.6",
    }
