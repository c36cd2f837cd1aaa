"""One of KruNet's own long-running processes: web, worker, beat."""

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from backend.embedded.process import EmbeddedError, reason_in, spawn

RESTARTS = 3
# Whoever lived this long gets all its restarts back.
STABLE_SECONDS = 60


class Service:
    """Restarted when it dies: after 1, 2 and 4 seconds, then never again."""

    def __init__(
        self, name: str, command: Sequence[str], *, env: Mapping[str, str], log: Path
    ) -> None:
        self.name = name
        self.command = command
        self.env = env
        self.log = log
        self.process: subprocess.Popen[bytes] | None = None
        self._restarts = 0
        self._started_at = 0.0

    @property
    def has_stopped(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    @property
    def last_words(self) -> str:
        return f"{reason_in(self.log, 'Error', 'Exception')} (see {self.log})"

    def start(self) -> None:
        self.process = spawn(self.command, env=self.env, log=self.log)
        self._started_at = time.monotonic()

    def keep_alive(self) -> None:
        """Start it again when it has stopped; EmbeddedError when that happened too often."""
        if not self.has_stopped:
            return
        if time.monotonic() - self._started_at > STABLE_SECONDS:
            self._restarts = 0
        if self._restarts == RESTARTS:
            raise EmbeddedError(f"{self.name} stopped again and again: {self.last_words}")
        delay = 2**self._restarts
        self._restarts += 1
        print(f"{self.name} stopped: {self.last_words}. Starting it again in {delay} s.")
        time.sleep(delay)
        self.start()

    def ask_to_stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)

    def wait_for_end(self, deadline: float) -> None:
        """Wait until `deadline` of the monotonic clock, then kill it and its own children."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
