"""One area to one file and back: a ZIP of its tables' rows and a manifest with their hashes.

The file holds all that there is of an area, secrets included: keep it as you keep the database.
What an office takes along when it leaves is another thing: tenants.archive.
"""

import hashlib
import json
import os
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from django.utils import timezone
from django_tenants.utils import schema_context

from tenants.models import Area, Domain
from tenants.postgresql.base import PUBLIC
from tenants.rows import Snapshot, Table, copy_out, snapshot

FORMAT = 1
MANIFEST = "manifest.json"
_PIECE = 1024 * 1024  # bytes


class BackupError(Exception):
    """Why this cannot be done, in words for whoever typed the command."""


@dataclass(frozen=True)
class Digest:
    """How many rows a table has, and the SHA-256 of them in the order of their keys."""

    rows: int
    sha256: str


class Digesting:
    """Passes rows in PostgreSQL's text format on, and knows their digest afterwards."""

    def __init__(self, parts: Iterable[bytes]) -> None:
        self._parts = parts
        self._hash = hashlib.sha256()
        self._rows = 0

    def __iter__(self) -> Iterator[bytes]:
        for part in self._parts:
            self._hash.update(part)
            self._rows += part.count(b"\n")  # line breaks within values are escaped
            yield part

    def read(self) -> Digest:
        """Read what is left and nobody wants; the digest of everything."""
        for _ in self:
            pass
        return Digest(self._rows, self._hash.hexdigest())


def write_backup(area: Area, path: Path) -> dict[str, Digest]:
    """Write the area's file as it is at one moment; the area goes on working. Digests by table.

    The file has its name only once it is complete and on the disk. Raises OSError.
    """
    unfinished = path.with_name(f"{path.name}.unfinished")
    try:
        with unfinished.open("wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                digests = _write(area, archive)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return digests


def _write(area: Area, archive: zipfile.ZipFile) -> dict[str, Digest]:
    with snapshot(area.schema_name) as rows:
        tables = rows.tables()
        digests = {table.name: _write_table(rows, table, archive) for table in tables}
        manifest = {
            "format": FORMAT,
            "made_at": timezone.now().isoformat(),
            "area": about(area),
            "migrations": rows.migrations(),
            "tables": {
                table.name: {"columns": table.names, **asdict(digests[table.name])}
                for table in tables
            },
        }
    archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
    return digests


def _write_table(rows: Snapshot, table: Table, archive: zipfile.ZipFile) -> Digest:
    passing = Digesting(rows.copy(copy_out(table)))
    with archive.open(member(table.name), "w", force_zip64=True) as file:
        for part in passing:
            file.write(part)
    return passing.read()


def about(area: Area) -> dict[str, Any]:
    """The area's row in the public schema, without what refers to other rows there."""
    with schema_context(PUBLIC):
        fields = [field.attname for field in Area._meta.concrete_fields if not field.is_relation]
        row = Area.objects.filter(pk=area.pk).values(*fields).get()
        domains = Domain.objects.filter(tenant=area).order_by("pk")
        return {
            **{name: value if _is_plain(value) else str(value) for name, value in row.items()},
            "domains": list(domains.values_list("domain", flat=True)),
        }


def _is_plain(value: object) -> bool:
    return value is None or isinstance(value, bool | int | str | list | dict)


def member(table: str) -> str:
    return f"tables/{table}.copy"


def read_manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    """Raises BackupError unless this version of the code reads such files."""
    try:
        manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
    except (KeyError, ValueError) as error:
        raise BackupError("This is no backup of an area.") from error
    if manifest["format"] != FORMAT:
        raise BackupError(f"The file has format {manifest['format']}; this version reads {FORMAT}.")
    return manifest


def check_rows(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    """Raises BackupError if a table in the file is not what the manifest says of it."""
    for table, told in manifest["tables"].items():
        with archive.open(member(table)) as file:
            if asdict(Digesting(pieces(file)).read()) != {
                key: told[key] for key in ("rows", "sha256")
            }:
                raise BackupError(f"The file is damaged: {table} is not what it was.")


def pieces(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(_PIECE):
        yield piece
