"""A stream server of its own process, and a listener that reads events from it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from socket import socket
from typing import Any, Self

import orjson
from django.db import connection

PATH = "/api/v1/events/stream"
RECHECK = 1.0  # seconds
FRONT_END = "https://app.example.go.th"
_ROOT = Path(__file__).parents[2]


class StreamServer:
    """Runs on the test database; ends with the `with`."""

    def __init__(self) -> None:
        with socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        given = connection.settings_dict
        url = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format_map(given)
        self.process = subprocess.Popen(  # noqa: S603
            [sys.executable, "manage.py", "streams", "--port", str(self.port)],
            cwd=_ROOT,
            env={
                **os.environ,
                "DATABASE_URL": url,
                "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
                "STREAM_RECHECK_SECONDS": str(RECHECK),
                "CORS_ALLOWED_ORIGINS": FRONT_END,
            },
        )

    def __enter__(self) -> Self:
        deadline = time.monotonic() + 20
        while True:
            try:
                self.health()
            except OSError:
                assert self.process.poll() is None, "the stream server did not start"
                assert time.monotonic() < deadline, "the stream server does not answer"
                time.sleep(0.05)
            else:
                return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(10)

    def health(self) -> dict[str, Any]:
        with self.request("/healthz", host="probe") as answer:
            return orjson.loads(answer.read())

    @contextmanager
    def request(
        self, path: str, *, host: str, method: str = "GET", **headers: str
    ) -> Iterator[Any]:
        client = HTTPConnection("127.0.0.1", self.port, timeout=5)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        client.request(method, path, headers={"Host": host, **named})
        response = client.getresponse()
        try:
            yield response
        finally:
            response.close()
            client.close()

    @contextmanager
    def listen(self, api, *, ticket: str | None = None, last: int | None = None, **headers: str):
        """What this person hears; a ticket is got unless one is given."""
        ticket = ticket or ticket_of(api)
        if last is not None:
            headers["Last_Event_ID"] = str(last)
        with self.request(f"{PATH}?ticket={ticket}", host=api.host, **headers) as response:
            assert response.status == 200, response.read()
            stream = Stream(response)
            stream.next()  # the greeting
            yield stream

    def refusal(self, path: str, *, host: str, **headers: str) -> tuple[int, str]:
        with self.request(path, host=host, **headers) as response:
            assert response.headers["Content-Type"] == "application/problem+json"
            return response.status, orjson.loads(response.read())["code"]


class Stream:
    """Server-sent events as a browser parses them: each block's fields; data from JSON."""

    def __init__(self, response) -> None:
        self.response = response

    def next(self) -> dict[str, Any]:
        block: dict[str, Any] = {}
        while line := self.response.readline().decode().rstrip("\n"):
            name, _, value = line.partition(": ")
            block[name] = orjson.loads(value) if name == "data" else value
        if not block:
            raise EOFError
        return block

    def numbers(self, count: int) -> list[int]:
        return [int(self.next()["id"]) for _ in range(count)]

    def ends_within(self, seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        try:
            while time.monotonic() < deadline:
                self.next()
        except EOFError:
            return True
        except (TimeoutError, HTTPException):
            return False
        return False


def ticket_of(api) -> str:
    response = api.post("/api/v1/events/tickets")
    assert response.status_code == 201
    return orjson.loads(response.content)["ticket"]
