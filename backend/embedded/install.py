"""Bring `.venv` up to a lock file: `python3 -m backend.embedded.install local`.

Runs before there is anything but Python, so it uses the standard library only. A `.venv`
without a stamp was left half made and is made anew, as is one of another Python or place.
"""

import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from backend.embedded.interrupt import Interrupted, raise_on_signals

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
# Each lock and the locks that it contains.
LOCKS = {"local": ["local"], "development": ["development", "local"]}
AGAIN = "Run the same command again: it goes on from here."


def main(name: str) -> None:
    raise_on_signals()
    try:
        with _only_one() as lock:
            _bring_up(name, lock.fileno())
    except OSError as error:
        sys.exit(f"KruNet cannot install: {error.strerror}: {error.filename}. {AGAIN}")
    except Interrupted as interruption:
        print(f"Interrupted while installing. {AGAIN}", file=sys.stderr)
        sys.exit(128 + interruption.sign)


def _only_one() -> TextIO:
    """Take the lock, which `make run` and `make test` may want at once.

    Our children hold it too: a pip that outlives a kill -9 of this process is waited for.
    """
    state = ROOT / ".krunet"
    state.mkdir(exist_ok=True)
    lock = (state / "install.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        print("Waiting for another installation in this checkout …", flush=True)
        fcntl.flock(lock, fcntl.LOCK_EX)
    return lock


def _bring_up(name: str, lock: int) -> None:
    stamps = {known: _read(_stamp(known)) for known in LOCKS}
    if stamps[name] == _proof(name) and PYTHON.exists():
        return
    if not any(stamp.endswith(_place()) for stamp in stamps.values()) or not PYTHON.exists():
        _make_venv(lock)
    _install(name, lock)


def _make_venv(lock: int) -> None:
    print("Making .venv …", flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    status, said = _run([sys.executable, "-m", "venv", str(VENV)], lock, stdout=subprocess.PIPE)
    if status != 0:
        lines = said.strip().splitlines()
        sys.exit(
            f"{sys.executable} cannot make a virtual environment: is there room on the disk, and "
            "the module venv (on Debian and Ubuntu, `apt-get install python3-venv`)? "
            f"It said: {lines[-1] if lines else 'nothing'}"
        )


def _install(name: str, lock: int) -> None:
    print(f"Installing requirements/{name}.lock; the first time takes a minute …", flush=True)
    for known in LOCKS:
        _stamp(known).unlink(missing_ok=True)
    # What is proved is what was there to install: a lock may change meanwhile.
    proofs = {contained: _proof(contained) for contained in LOCKS[name]}
    # --no-deps: the lock is complete, so there is nothing to work out.
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", "install"]
    packages = ["--no-deps", "--require-hashes", "-r", str(_lock(name))]
    status, _ = _run([*pip, "--quiet", *packages], lock)
    if status != 0:
        sys.exit(f"Installing failed; pip says why above. {AGAIN}")
    for contained, proof in proofs.items():
        _stamp(contained).write_text(proof)


def _run(command: Sequence[str], lock: int, *, stdout: int | None = None) -> tuple[int, str]:
    """Return status and output; whatever interrupts us ends the command and its children."""
    with subprocess.Popen(
        command,
        pass_fds=[lock],
        process_group=0,  # a Ctrl-C reaches us alone
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=None if stdout is None else subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            said, _ = process.communicate()
        except Interrupted:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    return process.returncode, said or ""


def _lock(name: str) -> Path:
    return ROOT / "requirements" / f"{name}.lock"


def _stamp(name: str) -> Path:
    return VENV / f"{name}.stamp"


def _read(stamp: Path) -> str:
    return stamp.read_text() if stamp.is_file() else ""


def _proof(name: str) -> str:
    """The lock, and the place for which it was installed."""
    return f"{hashlib.sha256(_lock(name).read_bytes()).hexdigest()} {_place()}"


def _place() -> str:
    """A virtual environment knows its Python and its own path, so it cannot be moved."""
    return f"{sys.version_info[:2]} {VENV}"


if __name__ == "__main__":
    main(sys.argv[1])
