"""A small HTTP load: some connections kept alive, each asking again as soon as it is answered."""

import asyncio
import time
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Call:
    """GET `path` of the server at this port."""

    port: int
    path: str
    headers: dict[str, str]


@dataclass(frozen=True)
class Measured:
    requests_per_second: float
    p50_ms: float
    p95_ms: float


def in_turn(*calls: Call, rounds: int = 9, seconds: float = 1.0) -> list[float]:
    """The median requests a second of each; measured in turns, since machines have moods."""
    for call in calls:
        measure(call.port, call.path, call.headers, seconds=1.0)
    rates = [
        [
            measure(call.port, call.path, call.headers, seconds=seconds).requests_per_second
            for call in calls
        ]
        for _ in range(rounds)
    ]
    return [median(each) for each in zip(*rates, strict=True)]


def measure(
    port: int, path: str, headers: dict[str, str], *, seconds: float = 4.0, connections: int = 4
) -> Measured:
    """Requests a second and latencies of GET `path`; raises if any answer is not 200."""
    return asyncio.run(_measure(port, path, headers, seconds, connections))


async def _measure(
    port: int, path: str, headers: dict[str, str], seconds: float, connections: int
) -> Measured:
    lines = [f"GET {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    request = ("\r\n".join(lines) + "\r\n\r\n").encode()
    until = time.perf_counter() + seconds
    began = time.perf_counter()
    runs = await asyncio.gather(*(_ask(port, request, until) for _ in range(connections)))
    took = time.perf_counter() - began
    times = sorted(each for run in runs for each in run)
    return Measured(
        requests_per_second=len(times) / took,
        p50_ms=times[len(times) // 2] * 1_000,
        p95_ms=times[int(len(times) * 0.95)] * 1_000,
    )


async def _ask(port: int, request: bytes, until: float) -> list[float]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    times = []
    while time.perf_counter() < until:
        began = time.perf_counter()
        writer.write(request)
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
