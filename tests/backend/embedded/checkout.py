"""A checkout of its own for each test: this package beside a stub of the project."""

import os
import shutil
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from backend.embedded.process import ROOT, free_port

STUB_FILES = {
    "backend/__init__.py": "",
    "backend/wsgi.py": """
        import pathlib

        pathlib.Path("web-starts").open("a").write("x")

        def application(environ, start_response):
            start_response("200 OK", [("Content-Length", "2")])
            return [b"ok"]
        """,
    "backend/settings/development.py": "SECRET_KEY = 'stub'",
    "backend/celery.py": """
        import os
        from celery import Celery

        app = Celery("stub", broker=os.environ["REDIS_URL"])
        """,
    "manage.py": """
        import os, pathlib, sys, time

        with pathlib.Path("calls").open("a") as calls:
            calls.write(sys.argv[1] + " ")
        print("output of", sys.argv[1], os.environ["DATABASE_URL"], os.environ["PORT"])
        while pathlib.Path(sys.argv[1] + ".hangs").exists():
            time.sleep(0.1)
        sys.exit(pathlib.Path(sys.argv[1] + ".fails").exists())
        """,
}


class Checkout:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.port = free_port()
        for part in ("backend/embedded", "docker"):
            shutil.copytree(ROOT / part, root / part)
        for name, text in STUB_FILES.items():
            (root / name).parent.mkdir(exist_ok=True)
            (root / name).write_text(textwrap.dedent(text))
        self.started: list[subprocess.Popen[str]] = []

    def start(self, *arguments: str, port: int | None = None) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "backend.embedded", *arguments],
            cwd=self.root,
            env=os.environ | {"PORT": str(port or self.port)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.started.append(process)
        return process

    def read(self, name: str) -> str:
        return (self.root / name).read_text()

    def processes(self) -> list[psutil.Process]:
        return [process for process in psutil.process_iter() if self._owns(process)]

    def _owns(self, process: psutil.Process) -> bool:
        try:
            words = " ".join(process.cmdline())
            return bool(words) and (str(self.root) in words or self._is_cwd_of(process))
        except psutil.Error:
            return False

    def _is_cwd_of(self, process: psutil.Process) -> bool:
        try:
            return process.cwd() == str(self.root)
        except psutil.AccessDenied:
            return False  # another user's

    def end(self) -> None:
        for process in self.processes():
            process.kill()
        for started in self.started:
            started.wait()
            started.stdout.close()


def read_until(process: subprocess.Popen[str], words: str) -> str:
    """The output up to and with the line that holds `words`."""
    lines = []
    for line in process.stdout:
        lines.append(line)
        if words in line:
            return "".join(lines)
    pytest.fail(f"{words!r} never came:\n{''.join(lines)}")


def eventually(is_true: Callable[[], bool], *, seconds: float = 15) -> bool:
    deadline = time.monotonic() + seconds
    while not is_true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
