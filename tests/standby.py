"""A real streaming replica of an embedded PostgreSQL."""

import signal
from pathlib import Path

import psutil

from backend.embedded.postgres import Postgres
from backend.embedded.process import LOOPBACK


class Standby(Postgres):
    """Copied from the running primary at its first start; from then on it follows."""

    name = "PostgreSQL standby"

    def __init__(self, folder: Path, primary: Postgres) -> None:
        super().__init__(folder, durable=primary.durable)
        self.primary = primary

    def freeze(self) -> None:
        """Stop replaying without ending a connection: it looks alive and falls behind."""
        self._signal_replay(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal_replay(signal.SIGCONT)

    def _fill(self, new: Path) -> None:
        data = self._empty_data(new)
        address = f"host={LOOPBACK} port={self.primary.port} user=replica"
        dbname = f"{address} password={self.primary.password}"
        copy = ["--checkpoint=fast", "--write-recovery-conf", "--no-sync"]
        self._run(data, "pg_basebackup", "-D", str(data), f"--dbname={dbname}", *copy)
        self._keep_password(new, self.primary.password)

    def _signal_replay(self, sign: signal.Signals) -> None:
        assert self.process is not None
        for child in psutil.Process(self.process.pid).children(recursive=True):
            if any("startup" in word for word in child.cmdline()):
                child.send_signal(sign)
