"""A gunicorn of our own for the time of a measurement."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psutil


@dataclass(frozen=True)
class Served:
    port: int
    process: psutil.Process

    def seconds_spent(self) -> float:
        """Processor time of the server and its workers so far."""
        family = [self.process, *self.process.children()]
        return sum(sum(each.cpu_times()[:2]) for each in family)


@contextmanager
def serving(
    settings: str, *, host: str, path: str = "/healthz", workers: int = 1, **environment: str
) -> Iterator[Served]:
    """Serve `backend.wsgi` under these settings, with four threads in each process."""
    port = _free_port()
    process = subprocess.Popen(  # noqa: S603
        [
            *(sys.executable, "-m", "gunicorn", "backend.wsgi", "--worker-class", "gthread"),
            *(
                "--workers",
                str(workers),
                "--threads",
                "4",
                "--keep-alive",
                "30",
                "--log-level",
                "error",
            ),
            *("--bind", f"127.0.0.1:{port}"),
        ],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": settings, **environment},
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(port, host, path)
        yield Served(port, psutil.Process(process.pid))
    finally:
        process.terminate()
        process.wait(10)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int, host: str, path: str) -> None:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Host": host})
    for _ in range(200):
        try:
            urllib.request.urlopen(request, timeout=2).close()  # noqa: S310
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not start")
