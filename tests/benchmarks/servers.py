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


@contextmanager
def serving(settings: str, *, host: str, path: str = "/healthz") -> Iterator[int]:
    """Serve `backend.wsgi` under these settings with one process and four threads; the port."""
    port = _free_port()
    process = subprocess.Popen(  # noqa: S603
        [
            *(sys.executable, "-m", "gunicorn", "backend.wsgi", "--worker-class", "gthread"),
            *("--workers", "1", "--threads", "4", "--keep-alive", "30", "--log-level", "error"),
            *("--bind", f"127.0.0.1:{port}"),
        ],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": settings},
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(port, host, path)
        yield port
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
