"""Target 14: 1,000 open streams on one process: its memory, and how late the last one hears."""

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import connection
from django_tenants.utils import schema_context

from accounts.models import User
from tests.benchmarks.areas import platform
from tests.client import Api
from tests.monitoring.listening import PATH, StreamServer, ticket_of
from tests.monitoring.test_streams import write
from tests.world import World, build_area, sign_in

STREAMS = 1_000
PER_SESSION = 20
ROUNDS = 10
WORK = f"{STREAMS:,} open live streams on one process"


def run() -> Iterator[dict[str, Any]]:
    api = _client()
    with schema_context(api.area.schema_name):
        user = User.objects.get(pk=api.area.people["officer"].user_id)
        tokens = [sign_in(user) for _ in range(STREAMS // PER_SESSION)]
    tickets = [ticket_of(api.with_token(token)) for token in tokens]
    with StreamServer() as server:
        megabytes, seconds = asyncio.run(_measure(server, api, tickets))
    connection.close()
    common = {"target": 14, "yardstick": None, "ratio": None}
    yield {**common, "work": f"{WORK}: memory", "ours": megabytes, "unit": "MB", "goal": "≤ 300"}
    yield {
        **common,
        "work": f"{WORK}: commit to the last one, median",
        "ours": seconds,
        "unit": "s",
        "goal": "≤ 1",
    }


def _client() -> Api:
    platform()
    area = build_area("streams")
    return Api(World(t1=area, t2=area, platform=area))


async def _measure(server: StreamServer, api: Api, tickets: list[str]) -> tuple[int, float]:
    requests = [
        f"GET {PATH}?ticket={tickets[number // PER_SESSION]} HTTP/1.1\r\nHost: {api.host}\r\n\r\n"
        for number in range(STREAMS)
    ]
    streams = await asyncio.gather(*(_open(server.port, request) for request in requests))
    took = sorted([await _round(api, streams) for _ in range(ROUNDS)])
    megabytes = round(_megabytes(server.process.pid))
    for _, writer in streams:
        writer.close()
    return megabytes, round(took[ROUNDS // 2], 2)


async def _open(port: int, request: str):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request.encode())
    head = await reader.readuntil(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200"), head
    await reader.readuntil(b"id: ")  # the greeting
    return reader, writer


async def _round(api, streams) -> float:
    """Seconds from commit until every stream has it."""
    hearing = [asyncio.create_task(reader.readuntil(b"event: tests.")) for reader, _ in streams]
    await asyncio.sleep(0)
    await asyncio.to_thread(_write, api.area)
    began = time.monotonic()
    await asyncio.gather(*hearing)
    return time.monotonic() - began


def _write(area) -> None:
    write(area)
    connection.close()


def _megabytes(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024
