"""The drills of `make drill`, at a fifth of their count: bounded, on a site of their own."""

from pathlib import Path

import pytest

from tests.drills.registry import all_drills, run
from tests.drills.site import Site

SHARE = 0.2
BEAT_SECONDS = 1


def test_drills__each__holds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], subtests: pytest.Subtests
) -> None:
    with Site(tmp_path, durable=False, beat_seconds=BEAT_SECONDS) as site:
        for each in all_drills():
            outcome = run(each, site, share=SHARE)
            with capsys.disabled():
                print(f"\n{outcome}")  # noqa: T201
            with subtests.test(each.name):
                assert outcome.is_held, outcome
