from pathlib import Path

import pytest

from backend.embedded import milestones


def test_is_done__only_with_the_same_proof(tmp_path: Path):
    assert not milestones.is_done(tmp_path, "demo", "this database")
    milestones.mark_done(tmp_path, "demo", "this database")
    assert milestones.is_done(tmp_path, "demo", "this database")
    assert not milestones.is_done(tmp_path, "demo", "another database")


def test_fingerprint__changes_with_migrations_and_lock_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(milestones, "ROOT", tmp_path)
    seen = {milestones.fingerprint()}
    for name in ("clusters/migrations/0001_first.py", "requirements/local.lock", "tenants/a/b.py"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text("one")
        seen.add(milestones.fingerprint())
        (tmp_path / name).write_text("two")
        seen.add(milestones.fingerprint())
    assert len(seen) == 7

    (tmp_path / "clusters" / "models.py").touch()
    assert milestones.fingerprint() in seen
