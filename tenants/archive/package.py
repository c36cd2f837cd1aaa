"""The archive itself: a ZIP written as it is fetched, so that it needs neither place nor memory."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from importlib.resources import files
from typing import Any

from django.apps import apps
from django.utils.encoding import force_str

from tenants.archive.contents import added_files, left_out, secret_columns
from tenants.archive.tables import as_csv, as_json_lines, exported
from tenants.backup import about
from tenants.models import Area
from tenants.rows import Table, snapshot

FORMAT = "krunet-archive/1"
MANIFEST = "manifest.json"
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # ZIP's own: entries tell no time
_HELP = ("README.txt", "verify.py")


@dataclass(frozen=True)
class Member:
    """A file of the archive. `rows` without the heading; None where rows are not what it has."""

    name: str
    rows: int | None
    bytes: int
    sha256: str


class _Sink(io.RawIOBase):
    """What a ZIP is written to: it hands on what has come in."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, part: Any) -> int:
        self._parts.append(bytes(part))
        return len(part)

    def taken(self) -> Iterator[bytes]:
        parts, self._parts = self._parts, []
        yield from parts


class Archive:
    """`for part in Archive(area)` is the ZIP, its manifest last; to be read inside the area."""

    def __init__(self, area: Area) -> None:
        self._area = area
        self._manifest: dict[str, Any] = {}
        self._members: list[Member] = []

    def __iter__(self) -> Iterator[bytes]:
        sink = _Sink()
        with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, parts, rows in self._files():
                yield from self._write(archive, sink, name, parts, rows)
            archive.writestr(_entry(MANIFEST), _as_json(self._manifest), zipfile.ZIP_DEFLATED)
        yield from sink.taken()

    def _files(self) -> Iterator[tuple[str, Iterable[bytes], int | None]]:
        with snapshot(self._area.schema_name) as found:
            tables = exported(found.tables())
            counts = {table.name: found.count(table) for table in tables}
            for name in _HELP:
                yield name, [files("tenants.archive").joinpath("enclosed", name).read_bytes()], None
            yield "area.json", [_as_json(about(self._area))], None
            yield "dictionary.csv", [_dictionary(tables)], None
            for table in tables:
                yield f"csv/{table.name}.csv", as_csv(found, table), counts[table.name]
                yield f"json/{table.name}.jsonl", as_json_lines(found, table), counts[table.name]
            for name, content in added_files():
                yield name, [content], None
        self._manifest = {
            "format": FORMAT,
            "area": {"code": self._area.code, "name_th": self._area.name_th},
            "tables": counts,
            "left_out": {name: asdict(why) for name, why in left_out().items()},
            "secret_columns": {name: asdict(why) for name, why in secret_columns().items()},
            "files": [asdict(member) for member in self._members],
        }

    def _write(
        self,
        archive: zipfile.ZipFile,
        sink: _Sink,
        name: str,
        parts: Iterable[bytes],
        rows: int | None,
    ) -> Iterator[bytes]:
        size, digest = 0, hashlib.sha256()
        with archive.open(_entry(name), "w", force_zip64=True) as file:
            for part in parts:
                size += len(part)
                digest.update(part)
                file.write(part)
                yield from sink.taken()
        yield from sink.taken()
        self._members.append(Member(name, rows, size, digest.hexdigest()))


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _FIRST_DAY)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def _as_json(document: Any) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _dictionary(tables: Iterable[Table]) -> bytes:
    """What each column is: its type, what it refers to, which values it may have."""
    models = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    told = io.StringIO()
    writer = csv.writer(told)
    writer.writerow(["table", "column", "type", "refers_to", "values", "about"])
    for table in tables:
        model = models.get(table.name)
        fields = {field.column: field for field in model._meta.concrete_fields} if model else {}
        for column in table.columns:
            writer.writerow(
                [table.name, column.name, column.type, *_about(fields.get(column.name))]
            )
        if model is not None:
            writer.writerow([table.name, "", "", "", "", _first_line(model)])
    return told.getvalue().encode()


def _about(field: Any) -> tuple[str, str, str]:
    if field is None:
        return "", "", ""
    target = field.related_model._meta.db_table if field.is_relation else ""
    values = " · ".join(f"{value} = {force_str(name)}" for value, name in field.flatchoices)
    return target, values, force_str(field.help_text)


def _first_line(model: Callable[..., Any]) -> str:
    return (model.__doc__ or "").strip().split("\n")[0]
