"""`make run`: from a fresh checkout to a working KruNet, and back to nothing on Ctrl-C."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from backend.embedded.interrupt import Interrupted, raise_on_hang_up
from backend.embedded.milestones import fingerprint, is_done, mark_done
from backend.embedded.process import LOOPBACK, ROOT, EmbeddedError, is_full, spawn, stop
from backend.embedded.servers import Servers
from backend.embedded.service import Service

FOLDER = ROOT / ".krunet"
SETTINGS = "backend.settings.development"

# What runs, in the order in which it stops; {host}, {port} and {folder} are filled in.
# Beat's pid file would only get in the way of the next start.
COMMANDS = {
    "web": "gunicorn backend.wsgi --config docker/gunicorn.py --bind {host}:{port}"
    " --graceful-timeout 5",
    "worker": "celery -A backend worker --concurrency 2 --loglevel INFO"
    " --without-gossip --without-mingle",
    "beat": "celery -A backend beat --loglevel INFO --pidfile= --schedule {folder}/beat-schedule",
}
MANAGE = (sys.executable, "manage.py")
# The web workers of a killed run notice within a second or two, and let go of the port.
PORT_SECONDS = 5
READY_SECONDS = 90
STOP_SECONDS = 15
WATCH_SECONDS = 0.5


def run() -> None:
    """Run until interrupted. EmbeddedError says what stands in the way."""
    started_at = time.monotonic()
    host, port = os.environ.get("BIND", LOOPBACK), _port()
    with Servers(FOLDER, durable=True, settings=SETTINGS) as servers:
        _require_free(host, port)
        servers.environment["PORT"] = str(port)
        _prepare(servers)
        services = _services(servers, host, port)
        with _stopping(services):
            _open_the_doors(servers, services, port)
            print(f"KruNet started in {time.monotonic() - started_at:.1f} s. Ctrl-C stops it.")
            while True:
                raise_on_hang_up()
                servers.check()
                for service in services:
                    service.keep_alive()
                time.sleep(WATCH_SECONDS)


def _open_the_doors(servers: Servers, services: list[Service], port: int) -> None:
    """Start everything; `manage.py demo` fills the first start, `manage.py welcome` ends each."""
    web, *others = services
    web.start()
    # Beside the web's own start, to save its two seconds; it greets when the doors are open.
    greeting = None
    if is_done(FOLDER, "demo", servers.identity):
        greeting = _manage("welcome", servers, stdout=subprocess.PIPE)
    _wait_until_ready(servers, web, port)
    for service in others:
        service.start()
    if greeting is None:
        _finish("demo", _manage("demo", servers))
        mark_done(FOLDER, "demo", servers.identity)
        greeting = _manage("welcome", servers, stdout=subprocess.PIPE)
    print(greeting.communicate()[0].decode(errors="replace"))


def _prepare(servers: Servers) -> None:
    proof = f"{servers.identity} {fingerprint()}"
    if not is_done(FOLDER, "prepare", proof):
        _finish("prepare", _manage("prepare", servers))
        mark_done(FOLDER, "prepare", proof)


def _manage(
    command: str, servers: Servers, *, stdout: int | None = None
) -> subprocess.Popen[bytes]:
    return spawn([*MANAGE, command], env=servers.environment, stdout=stdout)


def _finish(command: str, process: subprocess.Popen[bytes]) -> None:
    try:
        status = process.wait()
    except Interrupted:
        stop(process, (signal.SIGTERM, 2))  # first, or it complains that the doors are closed
        raise
    if status != 0:
        reason = "the disk is full; make room" if is_full(FOLDER) else "it says why above"
        raise EmbeddedError(f"manage.py {command} failed: {reason}. Run the same command again.")


def _services(servers: Servers, host: str, port: int) -> list[Service]:
    return [
        Service(
            name,
            [sys.executable, "-m", *_filled(command, host=host, port=port, folder=FOLDER)],
            env=servers.environment,
            log=FOLDER / "log" / f"{name}.log",
        )
        for name, command in COMMANDS.items()
    ]


def _filled(command: str, **values: str | int | Path) -> list[str]:
    return [word.format(**values) for word in command.split()]  # a path may hold spaces


@contextmanager
def _stopping(services: list[Service]) -> Iterator[None]:
    try:
        yield
    finally:
        with suppress(OSError):  # the terminal may be gone
            print("Stopping …")
        deadline = time.monotonic() + STOP_SECONDS
        for service in services:
            service.ask_to_stop()
        for service in services:
            service.wait_for_end(deadline)


def _wait_until_ready(servers: Servers, web: Service, port: int) -> None:
    deadline = time.monotonic() + READY_SECONDS
    answer = "nothing"
    while (answer := _readiness(port, answer)) != "200":
        servers.check()
        if web.has_stopped:
            raise EmbeddedError(f"web did not start: {web.last_words}")
        if time.monotonic() > deadline:
            raise EmbeddedError(f"web is not ready after {READY_SECONDS} s; /readyz: {answer}")
        time.sleep(0.05)


def _readiness(port: int, before: str) -> str:
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        response = connection.getresponse()
        if response.status == http.client.OK:
            return "200"
        return f"{response.status} {response.read(500).decode(errors='replace')}"
    except (OSError, http.client.HTTPException):
        return before
    finally:
        connection.close()


def _port() -> int:
    text = os.environ.get("PORT", "8000")
    if not text.isdigit() or not 0 < int(text) < 65536:  # noqa: PLR2004
        raise EmbeddedError(f"PORT is {text!r}; it has to be a number from 1 to 65535.")
    return int(text)


def _require_free(host: str, port: int) -> None:
    deadline = time.monotonic() + PORT_SECONDS
    while reason := _what_bars(host, port):
        if time.monotonic() > deadline:
            raise EmbeddedError(
                f"Port {port} is not to be had ({reason}). "
                f"Choose another one: make run PORT={port % 60_000 + 10}"
            )
        time.sleep(0.1)


def _what_bars(host: str, port: int) -> str:
    try:
        socket.create_server((host, port)).close()
    except OSError as error:
        return os.strerror(error.errno) if error.errno else str(error)
    return ""
