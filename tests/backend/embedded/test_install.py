import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from backend.embedded.process import ROOT


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout whose locks ask for nothing, so that pip has an easy task."""
    script = tmp_path / "backend" / "embedded" / "install.py"
    script.parent.mkdir(parents=True)
    shutil.copy(ROOT / "backend" / "embedded" / "install.py", script)
    (tmp_path / "requirements").mkdir()
    for name in ("local", "development"):
        (tmp_path / "requirements" / f"{name}.lock").touch()
    return tmp_path


def install(checkout: Path, name: str) -> str:
    script = checkout / "backend" / "embedded" / "install.py"
    return subprocess.run(
        [sys.executable, str(script), name], check=True, capture_output=True, text=True
    ).stdout


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
