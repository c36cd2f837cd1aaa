"""A whole KruNet of our own, every process of which a drill may kill."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import psutil
import psycopg

from backend.embedded.postgres import Postgres
from backend.embedded.process import free_port, spawn, stop
from backend.embedded.valkey import Valkey
from tests.drills.caller import Caller
from tests.drills.holding import wait_for

_BASE_DOMAIN = "localhost"
_COMMANDS = {
    "web": ["gunicorn", "--config", "docker/gunicorn.py", "backend.wsgi"],
    "worker": ["celery", "-A", "backend", "worker", "--loglevel", "INFO", "--concurrency", "2"],
    "beat": ["celery", "-A", "backend", "beat", "--loglevel", "INFO", "--pidfile="],
}


class Site:
    """`with Site(folder, durable=True) as site:`. Everything ends with the block.

    Start processes from the main thread only: the kernel ties their lives to their starter's.
    """

    def __init__(self, folder: Path, *, durable: bool, beat_seconds: float = 10) -> None:
        self.folder = folder
        self.postgres = Postgres(folder, durable=durable)
        self.valkey = Valkey(folder)
        self.port = free_port()
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self._beat_seconds = beat_seconds
        self._facts: dict[str, Any] = {}
        self._family: set[psutil.Process] = set()
        self._answering: set[psutil.Process] = set()  # of the family, web's

    def __enter__(self) -> Self:
        try:
            self.postgres.start()
            self.valkey.start()
            self.start("web")  # beside the preparations, to save its time
            self._prepare()
            self.restore()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._note_family()
        for process in self.processes.values():
            stop(process)
        _end(self._family)
        self.valkey.stop()
        self.postgres.stop()

    # --- what a drill asks of it -----------------------------------------------------------------
    def as_(self, name: str) -> Caller:
        """One of the people of tests/world.py: `site.as_("officer").post("/api/v1/…", {…})`."""
        return Caller(self.port, self._host, self._facts["people"][name]["token"])

    @property
    def admin(self) -> Caller:
        return self.as_("area_admin")

    @property
    def operator(self) -> Caller:
        """The platform's operator, on its host."""
        return Caller(self.port, _BASE_DOMAIN, self._facts["operator"])

    @property
    def stranger(self) -> Caller:
        """Someone who is not signed in."""
        return Caller(self.port, self._host, "")

    def user_id(self, name: str) -> str:
        return str(self._facts["people"][name]["user_id"])

    def thing(self, name: str) -> str:
        """The id of one of the things that the rooms' casts have added."""
        return str(self._facts["things"][name])

    def username(self, name: str) -> str:
        return f"{self._facts['slug']}-{name}"

    @property
    def password(self) -> str:
        """Everyone's."""
        return str(self._facts["password"])

    def address(self, path: str, *, platform: bool = False) -> str:
        """Where a browser finds a page of the area, or of the platform."""
        return f"http://{_BASE_DOMAIN if platform else self._host}:{self.port}{path}"

    def mails(self) -> list[dict[str, str]]:
        """What was mailed, newest first; nothing while no server answers."""
        told = self.operator.get("/outbox?format=json").body or {}
        items: list[dict[str, str]] = told.get("items", [])
        return items

    def rows(self, query: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """Ask PostgreSQL itself, in the area's schema."""
        with psycopg.connect(
            self.postgres.url, options=f"-c search_path={self._facts['schema_name']}"
        ) as connection:
            return connection.execute(query, parameters or None).fetchall()

    def number(self, query: str, *parameters: Any) -> int:
        return int(self.rows(query, *parameters)[0][0])

    def start(self, name: str) -> None:
        """Start web, worker or beat; does not wait until it is ready."""
        self.processes[name] = spawn(
            [sys.executable, "-m", *_COMMANDS[name], *self._places(name)],
            env=self._environment(),
            log=self.log(name),
        )

    def serve_beside(self, log: str, **environment: str) -> subprocess.Popen[bytes]:
        """Start one more web server, on the address that BIND says; its starter ends it."""
        return spawn(
            [sys.executable, "-m", *_COMMANDS["web"]],
            env={**self._environment(), **environment},
            log=self.log(log),
        )

    def manage(self, *words: str, log: str, **environment: str) -> subprocess.Popen[bytes]:
        """Start `manage.py WORDS` beside the site; what it prints goes to `log/<log>.log`."""
        return spawn(
            [sys.executable, "manage.py", *words],
            env={**self._environment(), **environment},
            log=self.log(log),
        )

    def log(self, name: str) -> Path:
        return self.folder / "log" / f"{name}.log"

    def kill(self, name: str) -> None:
        """SIGKILL to web's, worker's or beat's main process, and to nothing else."""
        self._note_family()
        process = self.processes.pop(name)
        process.kill()
        process.wait()

    def children(self, name: str) -> list[psutil.Process]:
        """The processes that web's or worker's main process has started."""
        process = self.processes.get(name)
        try:
            return psutil.Process(process.pid).children() if process else []
        except psutil.NoSuchProcess:
            return []

    def restore(self) -> None:
        """Bring back whatever is missing, and wait until the site is ready."""
        for server in (self.postgres, self.valkey):
            if server.process is None or server.process.poll() is not None:
                server.start()
        for name in _COMMANDS:
            process = self.processes.get(name)
            if process is None or process.poll() is not None:
                self.start(name)
        self._see_orphans_off()
        wait_for(self.is_ready, 60, "the site is ready")

    def is_ready(self) -> bool:
        return self.stranger.get("/readyz").status == 200

    # --- how it is made --------------------------------------------------------------------------
    @property
    def _host(self) -> str:
        return f"{self._facts.get('slug', '')}.{_BASE_DOMAIN}"

    def _prepare(self) -> None:
        facts = self.folder / "facts.json"
        if self.manage("prepare_drills", str(facts), log="prepare").wait(120) != 0:
            raise RuntimeError(self.log("prepare").read_text())
        self._facts = json.loads(facts.read_text())

    def _places(self, name: str) -> Sequence[str]:
        if name == "beat":
            return ["--schedule", str(self.folder / "beat-schedule")]
        return []

    def _environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.drills.settings",
            "DATABASE_URL": self.postgres.url,
            "REDIS_URL": self.valkey.url,
            "BASE_DOMAIN": _BASE_DOMAIN,
            "BIND": f"127.0.0.1:{self.port}",
            "DRILL_BEAT_SECONDS": str(self._beat_seconds),
            "DRILL_FOLDER": str(self.folder),
            "DRILL_PORT": str(self.port),
        }

    def _see_orphans_off(self) -> None:
        """Wait for the children of a killed web server: one that is about to go may answer yet."""
        psutil.wait_procs(self._answering - {*self.children("web")}, timeout=5)

    def _note_family(self) -> None:
        """Remember the children: they may outlive their parent, but not us."""
        for name in self.processes:
            self._family.update(self.children(name))
        self._answering.update(self.children("web"))


def _end(family: set[psutil.Process]) -> None:
    for process in family:
        if process.is_running():  # and not a newcomer with its number
            process.kill()
    psutil.wait_procs(family, timeout=5)
