"""The two servers that KruNet works with: those of the environment, else our own."""

import fcntl
import hashlib
import os
import shlex
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from backend.embedded.postgres import Postgres
from backend.embedded.process import EmbeddedError, reason_in
from backend.embedded.valkey import Valkey


class Servers:
    """`with Servers(folder) as servers:` — they run, and `servers.environment` leads to them.

    `identity` stands for the database, whatever port it has today: what was done once for one
    database (migrations, demo) is not done for another.
    """

    def __init__(self, folder: Path, *, durable: bool, settings: str) -> None:
        self.folder = folder
        self.durable = durable
        self.environment = dict(os.environ)
        self.environment.setdefault("DJANGO_SETTINGS_MODULE", settings)
        self.environment["PYTHONUNBUFFERED"] = "1"
        self.identity = ""
        self._running: list[Postgres | Valkey] = []
        self._exit = ExitStack()

    def __enter__(self) -> Self:
        with self._exit as undo:
            self._lock()
            self._prepend_path(Path(sys.executable).parent)
            self._start_postgres()
            self._start_valkey()
            self._leave_a_note()
            self._exit = undo.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._exit.close()

    def check(self) -> None:
        """Raise EmbeddedError when a server of ours has stopped."""
        for server in self._running:
            if server.process is not None and server.process.poll() is not None:
                reason = reason_in(server.log, "FATAL", "PANIC")
                raise EmbeddedError(f"{server.name} stopped: {reason} (see {server.log}).")

    def _start_postgres(self) -> None:
        if url := self.environment.get("DATABASE_URL"):
            self.identity = hashlib.sha256(url.encode()).hexdigest()
            return
        postgres = Postgres(self.folder, durable=self.durable)
        self._start(postgres)
        self.environment["DATABASE_URL"] = postgres.url
        self.identity = hashlib.sha256(postgres.password.encode()).hexdigest()
        self._prepend_path(postgres.bin)  # psql and pg_dump of the server's own version

    def _start_valkey(self) -> None:
        if "REDIS_URL" not in self.environment:
            valkey = Valkey(self.folder)
            self._start(valkey)
            self.environment["REDIS_URL"] = valkey.url

    def _start(self, server: Postgres | Valkey) -> None:
        self._exit.callback(server.stop)
        server.start()
        self._running.append(server)

    def _prepend_path(self, folder: Path) -> None:
        path = self.environment.get("PATH", os.defpath)
        self.environment["PATH"] = f"{folder}{os.pathsep}{path}"

    def _lock(self) -> None:
        """Keep the folder to ourselves; the lock goes with the process, however that ends."""
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = self._exit.enter_context((self.folder / "lock").open("a+"))
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise EmbeddedError(
                f"This checkout already runs one in {self.folder} (process {lock.read().strip()}): "
                "stop that one first, with Ctrl-C in its terminal."
            ) from None
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()

    def _leave_a_note(self) -> None:
        """Let another terminal join: `. .krunet/environment; .venv/bin/python manage.py shell`."""
        note = self.folder / "environment"
        note.touch(mode=0o600)
        names = ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE")
        lines = [f"export {name}={shlex.quote(self.environment[name])}\n" for name in names]
        note.write_text("".join(lines))
        self._exit.callback(note.unlink, missing_ok=True)
