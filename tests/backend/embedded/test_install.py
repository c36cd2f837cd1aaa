import fcntl
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from backend.embedded.process import ROOT

NEEDED = (
    "backend/__init__.py",
    *(f"backend/embedded/{name}.py" for name in ("__init__", "install", "interrupt")),
)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout whose locks ask for nothing, so that pip has an easy task."""
    root = tmp_path / "โครงการ ครูเน็ต"
    (root / "backend" / "embedded").mkdir(parents=True)
    for name in NEEDED:
        shutil.copy(ROOT / name, root / name)
    (root / "requirements").mkdir()
    for name in ("local", "development"):
        (root / "requirements" / f"{name}.lock").touch()
    return root


def start(checkout: Path, name: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "backend.embedded.install", name],
        cwd=checkout,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def install(checkout: Path, name: str, *, status: int = 0) -> str:
    process = start(checkout, name)
    output, _ = process.communicate(timeout=60)
    assert process.returncode == status, output
    assert "Traceback" not in output
    return output


def test_install__half_made_environment__makes_it_anew_and_then_only_what_changed(checkout: Path):
    (checkout / ".venv" / "bin").mkdir(parents=True)
    (checkout / ".venv" / "bin" / "python").touch()

    assert "Making .venv" in install(checkout, "development")
    assert (checkout / ".venv" / "bin" / "pip").exists()
    assert install(checkout, "development") == ""
    assert install(checkout, "local") == "", "the one lock contains the other"

    (checkout / "requirements" / "local.lock").write_text("# changed\n")
    again = install(checkout, "local")
    assert "Installing requirements/local.lock" in again
    assert "Making" not in again
    assert "Installing" in install(checkout, "development"), "the other lock may have undone it"


def test_install__moved_checkout__makes_the_environment_anew(checkout: Path):
    install(checkout, "local")

    moved = checkout.rename(checkout.with_name("moved"))

    assert "Making .venv" in install(moved, "local")
    assert str(moved) in (moved / ".venv" / "bin" / "pip").read_text()
    assert install(moved, "local") == ""


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_install__interrupted__says_so_and_recovers(checkout: Path, sign: signal.Signals):
    process = start(checkout, "local")
    assert "Making .venv" in process.stdout.readline()

    process.send_signal(sign)

    output, _ = process.communicate(timeout=10)
    assert (
        output
        == "Interrupted while installing. Run the same command again: it goes on from here.\n"
    )
    assert process.returncode == 128 + sign
    assert "Making .venv" in install(checkout, "local")


def test_install__another_one_is_at_it__waits(checkout: Path):
    (checkout / ".krunet").mkdir()
    with (checkout / ".krunet" / "install.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        process = start(checkout, "local")
        assert "Waiting for another installation" in process.stdout.readline()

    output, _ = process.communicate(timeout=60)
    assert "Installing" in output
    assert process.returncode == 0


def test_install__no_such_package__says_so_and_recovers(checkout: Path):
    lock = checkout / "requirements" / "local.lock"
    lock.write_text("./no-such-file.whl --hash=sha256:" + "0" * 64 + "\n")
    assert "Installing failed; pip says why above." in install(checkout, "local", status=1)

    lock.write_text("")

    assert "Making .venv" in install(checkout, "local")


def test_install__state_cannot_be_kept__says_so(checkout: Path):
    (checkout / ".krunet").touch()

    assert "KruNet cannot install: File exists: " in install(checkout, "local", status=1)
