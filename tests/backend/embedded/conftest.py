from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.backend.embedded.checkout import Checkout


@pytest.fixture(autouse=True)
def _no_servers_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def deep(tmp_path: Path) -> Path:
    """A folder deeper than the path of a unix socket may be, which only its owner may enter."""
    tmp_path.chmod(0o700)
    folder = tmp_path / ("deep " * 10) / ("deeper" * 10)
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def checkout(deep: Path) -> Iterator[Checkout]:
    """This package beside a stub of the project, in a place where paths are long."""
    checkout = Checkout(deep / "krunet")
    yield checkout
    checkout.end()
