"""A small HTTP load: some connections kept alive, each asking again as soon as it is answered."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from statistics import median, quantiles
from typing import Any

from tests.benchmarks.servers import Served

_CONNECTIONS = 4


@dataclass(frozen=True)
class Call:
    """GET `path` of this server."""

    server: Served
    path: str
    headers: dict[str, str]

    def sent(self) -> bytes:
        lines = [f"{name}: {value}" for name, value in self.headers.items()]
        return "\r\n".join([f"GET {self.path} HTTP/1.1", *lines, "", ""]).encode()


@dataclass(frozen=True)
class Measured:
    requests_per_second: float
    server_ms: float  # of processor time that the server spent on a request


def compared(
    ours: Call, yardstick: Call, *, target: int, work: str, goal: str
) -> Iterator[dict[str, Any]]:
    """Two rows: requests a second, and what each costs the server, which is less of a mood."""
    mine, theirs = in_turn(ours, yardstick)
    yield {
        "target": target,
        "work": work,
        "ours": round(mine.requests_per_second),
        "yardstick": round(theirs.requests_per_second),
        "unit": "requests/s",
        "ratio": round(mine.requests_per_second / theirs.requests_per_second, 2),
        "goal": goal,
    }
    yield {
        "target": target,
        "work": f"{work}; processor time of the server alone",
        "ours": round(mine.server_ms, 2),
        "yardstick": round(theirs.server_ms, 2),
        "unit": "ms a request",
        "ratio": round(theirs.server_ms / mine.server_ms, 2),
        "goal": None,
    }


def in_turn(*calls: Call, rounds: int = 15, seconds: float = 1.0) -> list[Measured]:
    """The medians of each; measured in short turns, since machines have moods."""
    for call in calls:
        _measure(call, seconds)
    turns = [[_measure(call, seconds) for call in calls] for _ in range(rounds)]
    return [
        Measured(
            median(each.requests_per_second for each in turn),
            median(each.server_ms for each in turn),
        )
        for turn in zip(*turns, strict=True)
    ]


def seconds_each(calls: Sequence[Call], seconds: float) -> list[float]:
    """How long each request took, going round the calls. Raises if any answer is not 200."""
    return asyncio.run(_load(calls, time.perf_counter() + seconds))


def percentile(times: Sequence[float], percent: int) -> float:
    return quantiles(times, n=100)[percent - 1]


def _measure(call: Call, seconds: float) -> Measured:
    spent, began = call.server.seconds_spent(), time.perf_counter()
    count = len(seconds_each([call], seconds))
    took = time.perf_counter() - began
    return Measured(count / took, (call.server.seconds_spent() - spent) * 1_000 / count)


async def _load(calls: Sequence[Call], until: float) -> list[float]:
    port, requests = calls[0].server.port, cycle([call.sent() for call in calls])
    asking = (_ask(port, requests, until) for _ in range(_CONNECTIONS))
    return [took for times in await asyncio.gather(*asking) for took in times]


async def _ask(port: int, requests: Iterator[bytes], until: float) -> list[float]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    times = []
    while (began := time.perf_counter()) < until:
        writer.write(next(requests))
        await _answer(reader)
        times.append(time.perf_counter() - began)
    writer.close()
    await writer.wait_closed()
    return times


async def _answer(reader: asyncio.StreamReader) -> None:
    head = await reader.readuntil(b"\r\n\r\n")
    status, _, fields = head.partition(b"\r\n")
    if b" 200 " not in status:
        raise RuntimeError(f"not a success: {status.decode()}")
    length = next(
        int(line.split(b":")[1])
        for line in fields.split(b"\r\n")
        if line.lower().startswith(b"content-length:")
    )
    await reader.readexactly(length)
