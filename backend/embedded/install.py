"""Bring `.venv` up to a lock file: `python3 backend/embedded/install.py local`.

Runs before there is anything but Python, so it uses the standard library only. A `.venv`
without a stamp was left half made and is made anew.
"""

import fcntl
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
# Each lock and the locks that it contains.
LOCKS = {"local": ["local"], "development": ["development", "local"]}


def main(name: str) -> None:
    state = ROOT / ".krunet"
    state.mkdir(exist_ok=True)
    with (state / "install.lock").open("w") as lock:
        # `make run` and `make test` at once. Our children hold the lock too: a pip that outlives
        # a kill -9 of this process is waited for.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if _stamp(name).is_file() and _stamp(name).read_text() == _proof(name):
            return
        if not any(_stamp(known).is_file() for known in LOCKS) or not PYTHON.exists():
            _make_venv(lock.fileno())
        _install(name, lock.fileno())


def _make_venv(lock: int) -> None:
    print("Making .venv …", flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    made = subprocess.run(
        [sys.executable, "-m", "venv", str(VENV)],
        check=False,
        capture_output=True,
        text=True,
        pass_fds=[lock],
    )
    if made.returncode != 0:
        lines = (made.stdout + made.stderr).strip().splitlines()
        sys.exit(
            f"{sys.executable} cannot make a virtual environment; on Debian and Ubuntu, "
            f"`apt-get install python3-venv` helps. It said: {lines[-1] if lines else 'nothing'}"
        )


def _install(name: str, lock: int) -> None:
    print(f"Installing requirements/{name}.lock; the first time takes a minute …", flush=True)
    for known in LOCKS:
        _stamp(known).unlink(missing_ok=True)
    # --no-deps: the lock is complete, so there is nothing to work out.
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", "install"]
    packages = ["--no-deps", "--require-hashes", "-r", str(_lock(name))]
    if subprocess.call([*pip, "--quiet", *packages], pass_fds=[lock]) != 0:
        sys.exit("Installing failed; pip says why above. Run the same command again to resume.")
    for contained in LOCKS[name]:
        _stamp(contained).write_text(_proof(contained))


def _lock(name: str) -> Path:
    return ROOT / "requirements" / f"{name}.lock"


def _stamp(name: str) -> Path:
    return VENV / f"{name}.stamp"


def _proof(name: str) -> str:
    """The lock and the Python for which it was installed."""
    return f"{hashlib.sha256(_lock(name).read_bytes()).hexdigest()} {sys.version_info[:2]}"


if __name__ == "__main__":
    main(sys.argv[1])
