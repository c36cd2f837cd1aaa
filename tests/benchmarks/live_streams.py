"""Target 14: 1,000 open streams on one process. `pytest -s tests/benchmarks/live_streams.py`.

Prints the process's memory and how long after a commit the last listener has heard of it.
"""

import asyncio
import time
from pathlib import Path

from django.db import connection
from django_tenants.utils import schema_context

from accounts.models import User
from tests.monitoring.listening import PATH, StreamServer, ticket_of
from tests.monitoring.test_streams import write
from tests.world import sign_in

STREAMS = 1_000
PER_SESSION = 20
ROUNDS = 10


def test_thousand_streams(races):
    with schema_context(races.area.schema_name):
        user = User.objects.get(pk=races.area.people["officer"].user_id)
        tokens = [sign_in(user) for _ in range(STREAMS // PER_SESSION)]
    tickets = [ticket_of(races.with_token(token)) for token in tokens]
    with StreamServer() as server:
        idle = _megabytes(server.process.pid)
        report = asyncio.run(_measure(server, races, tickets))
        report["process idle"] = f"{idle:.0f} MB"
    print(*(f"{name}: {value}" for name, value in report.items()), sep="\n")  # noqa: T201


async def _measure(server, races, tickets) -> dict[str, str]:
    began = time.monotonic()
    requests = [
        f"GET {PATH}?ticket={tickets[number // PER_SESSION]} HTTP/1.1\r\nHost: {races.host}\r\n\r\n"
        for number in range(STREAMS)
    ]
    streams = await asyncio.gather(*(_open(server.port, request) for request in requests))
    opened = time.monotonic() - began
    took = sorted([await _round(races, streams) for _ in range(ROUNDS)])
    memory = _megabytes(server.process.pid)
    for _, writer in streams:
        writer.close()
    return {
        f"{STREAMS} streams opened in": f"{opened:.1f} s",
        "process with all open": f"{memory:.0f} MB",
        "commit to the last of all, median": f"{took[ROUNDS // 2]:.2f} s",
        "commit to the last of all, worst": f"{took[-1]:.2f} s",
    }


async def _open(port: int, request: str):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request.encode())
    head = await reader.readuntil(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200"), head
    await reader.readuntil(b"id: ")  # the greeting
    return reader, writer


async def _round(races, streams) -> float:
    """Seconds from commit until every stream has it."""
    hearing = [asyncio.create_task(reader.readuntil(b"event: tests.")) for reader, _ in streams]
    await asyncio.sleep(0)
    await asyncio.to_thread(_write, races.area)
    began = time.monotonic()
    await asyncio.gather(*hearing)
    return time.monotonic() - began


def _write(area) -> None:
    write(area)
    connection.close()


def _megabytes(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024
