"""Child processes that do not outlive us, and servers found again after a crash."""

import ctypes
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO

import psutil

ROOT = Path(__file__).resolve().parents[2]
LOOPBACK = "127.0.0.1"
POLL_SECONDS = 0.02
FULL_DISK_BYTES = 17 * 1024 * 1024  # PostgreSQL takes room for its log by 16 MiB
PR_SET_CHILD_SUBREAPER = 36  # linux/prctl.h


class EmbeddedError(Exception):
    """Trouble that one sentence explains to the person who typed the command."""


def spawn(
    command: Sequence[str],
    *,
    env: Mapping[str, str],
    log: Path | None = None,
    stdin: int = subprocess.DEVNULL,
    stdout: int | None = None,
    foreground: bool = False,
    on_our_death: signal.Signals = signal.SIGKILL,
    privileges: Sequence[str] = (),
) -> subprocess.Popen[bytes]:
    """Start `command` so that it does not outlive us.

    Output goes to `log` or `stdout`, else to the terminal. Only a `foreground` command shares
    the terminal's input and gets its Ctrl-C. Call from the main thread: the kernel sends
    `on_our_death` when the *thread* that started a process ends.
    """
    with _opened(log) if log else nullcontext(stdout) as output:
        return subprocess.Popen(
            [*_tether(on_our_death, privileges), *command],
            cwd=ROOT,
            env=env,
            stdin=None if foreground else stdin,
            stdout=output,
            stderr=None if output is None else subprocess.STDOUT,
            process_group=None if foreground else 0,
        )


def _opened(log: Path) -> BinaryIO:
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists():
        log.replace(log.with_name(f"{log.name}.old"))
    return log.open("wb")


def _tether(on_our_death: signal.Signals, privileges: Sequence[str]) -> list[str]:
    """Let the kernel signal the child when we die, by kill -9 too.

    setpriv belongs to util-linux, which every Linux that runs the wheels has. macOS knows
    nothing like it: there an orphan lives until the next start stops it (`stop_orphan`).
    """
    setpriv = shutil.which("setpriv") if sys.platform == "linux" else None
    if setpriv is not None:
        return [setpriv, "--pdeathsig", on_our_death.name.removeprefix("SIG"), *privileges, "--"]
    if privileges:
        raise EmbeddedError("Run this as an ordinary user: PostgreSQL refuses to work as root.")
    return []


def stop(process: subprocess.Popen[bytes], *steps: tuple[signal.Signals, float]) -> None:
    """Send each signal in turn, waiting so many seconds for the end; the last resort is SIGKILL."""
    for sign, seconds in (*steps, (signal.SIGKILL, 5)):
        if process.poll() is not None:
            return
        process.send_signal(sign)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            continue


def stop_orphan(pid_file: Path, home: Path, *steps: tuple[signal.Signals, float]) -> None:
    """Stop the server that a killed run left behind in `home`, if `pid_file` still names it.

    Process numbers are used again, so the process counts as ours only when its command line
    names `home`. Anything else, a zombie too, makes the pid file stale: it is removed, because
    PostgreSQL would take whoever has that number now for a running server.
    """
    orphan = _process_named_by(pid_file)
    for sign, seconds in (*steps, (signal.SIGKILL, 5)):
        if orphan is None or not _lives_in(orphan, home):
            break
        orphan.send_signal(sign)
        deadline = time.monotonic() + seconds
        while _lives_in(orphan, home) and time.monotonic() < deadline:
            time.sleep(POLL_SECONDS)
    pid_file.unlink(missing_ok=True)


def _process_named_by(pid_file: Path) -> psutil.Process | None:
    try:
        return psutil.Process(int(pid_file.read_text().split()[0]))
    except (FileNotFoundError, IndexError, ValueError, psutil.Error):
        return None


def _lives_in(process: psutil.Process, home: Path) -> bool:
    try:
        return str(home) in process.cmdline()
    except psutil.Error:
        return False


def wait_until(
    is_ready: Callable[[], bool], process: subprocess.Popen[bytes], *, seconds: float
) -> bool:
    """Wait for `is_ready`; False when the process ends first or the time is up."""
    deadline = time.monotonic() + seconds
    while not is_ready():
        if process.poll() is not None or time.monotonic() > deadline:
            return False
        time.sleep(POLL_SECONDS)
    return True


def adopt_orphans() -> None:
    """Become the parent of grandchildren that lose theirs, so that `sweep` finds them (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def sweep() -> None:
    """End whatever we or our children started and nobody stopped."""
    leftovers = psutil.Process().children(recursive=True)
    for process in leftovers:
        _signal_if_alive(process, signal.SIGTERM)
    _, stubborn = psutil.wait_procs(leftovers, timeout=3)
    for process in stubborn:
        _signal_if_alive(process, signal.SIGKILL)
    psutil.wait_procs(stubborn, timeout=3)


def _signal_if_alive(process: psutil.Process, sign: signal.Signals) -> None:
    try:
        process.send_signal(sign)
    except psutil.NoSuchProcess:
        return


def free_port() -> int:
    with socket.create_server((LOOPBACK, 0)) as listener:
        return int(listener.getsockname()[1])


def installed(package: str, *parts: str) -> Path:
    """A file inside an installed package, found without importing the package."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedError(
            f"The package {package} is not installed: install requirements/local.lock, "
            "or set DATABASE_URL and REDIS_URL to servers of your own."
        )
    return Path(spec.submodule_search_locations[0], *parts)


def is_full(folder: Path) -> bool:
    """Whether the disk of `folder` has no room left."""
    return shutil.disk_usage(folder).free < FULL_DISK_BYTES


def reason_in(log: Path, *markers: str) -> str:
    """Why a process failed: the last line of `log` with one of `markers`, else its last line."""
    text = log.read_text(errors="replace")
    # The log of a full disk could not say it, or says it before other complaints.
    if is_full(log.parent) or "No space left on device" in text:
        return "the disk is full"
    lines = [line for line in text.splitlines() if line.strip()]
    telling = [line for line in lines if any(marker in line for marker in markers)]
    return (telling or lines or ["it said nothing"])[-1].strip()
