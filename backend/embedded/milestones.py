"""What was done once for a database, so that the next start may skip it."""

import hashlib
from pathlib import Path

from backend.embedded.process import ROOT

# What `manage.py prepare` depends on: migrations, ours and those of the locked packages,
# and the code that lays out an area's schema.
PREPARED_FROM = ("*/migrations/*.py", "tenants/**/*.py", "requirements/local.lock")


def is_done(folder: Path, name: str, proof: str) -> bool:
    marker = folder / f"{name}.done"
    return marker.is_file() and marker.read_text() == proof


def mark_done(folder: Path, name: str, proof: str) -> None:
    (folder / f"{name}.done").write_text(proof)


def fingerprint() -> str:
    """A hash of all files that `manage.py prepare` depends on."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in PREPARED_FROM for path in ROOT.glob(pattern)}):
        digest.update(f"{path.relative_to(ROOT)}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
