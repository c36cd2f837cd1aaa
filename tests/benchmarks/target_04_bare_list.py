"""Target 4: the list of activity logs against a bare Django view of the same process."""

from collections.abc import Iterator
from typing import Any

from tests.benchmarks.listing import PATH, WORK, area
from tests.benchmarks.load import Call, compared
from tests.benchmarks.servers import serving


def run() -> Iterator[dict[str, Any]]:
    signed = area()
    with serving("tests.benchmarks.settings", host=signed.host) as server:
        yield from compared(
            Call(server, PATH, signed.headers),
            Call(server, "/bare/activity-logs", signed.headers),
            target=4,
            work=f"{WORK}; a bare Django view",
            goal="≥ 0.6",
        )
