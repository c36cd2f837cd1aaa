"""An area's tables as they were at one moment, while the area goes on working.

Read with the area's own role, so that nothing of another area can get in.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import Any

import psycopg
from psycopg import sql

from tenants.postgresql.base import EXTENSIONS, area_connection

RECORD = "django_migrations"  # is told as names of migrations, not copied
_COLUMNS = """
SELECT c.relname, a.attname, format_type(a.atttypid, NULL), a.attidentity <> ''
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
  AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
ORDER BY c.relname, a.attnum
"""
_KEYS = """
SELECT c.relname, a.attname FROM pg_constraint k
JOIN pg_class c ON c.oid = k.conrelid
JOIN unnest(k.conkey) WITH ORDINALITY AS part (attnum, place) ON true
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = part.attnum
WHERE c.relnamespace = current_schema()::regnamespace AND k.contype = 'p'
ORDER BY c.relname, part.place
"""
_REFERENCES = """
SELECT DISTINCT k.conrelid::regclass::text, k.confrelid::regclass::text FROM pg_constraint k
WHERE k.connamespace = current_schema()::regnamespace AND k.contype = 'f'
  AND k.conrelid <> k.confrelid
"""


@dataclass(frozen=True)
class Column:
    name: str
    type: str
    is_identity: bool


@dataclass(frozen=True)
class Table:
    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]


class Snapshot:
    """Every read sees the same moment."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def tables(self) -> list[Table]:
        """All but the record of migrations; what a table refers to comes before it."""
        return tables_of(self._connection)

    def migrations(self) -> list[tuple[str, str]]:
        query = f"SELECT app, name FROM {RECORD} ORDER BY 1, 2"  # noqa: S608  (a constant)
        return self._connection.execute(query).fetchall()

    def copy(self, query: sql.Composed) -> Iterator[bytes]:
        """What PostgreSQL answers to this COPY … TO STDOUT, in parts."""
        with self._connection.cursor().copy(query) as copy:
            for part in copy:
                yield bytes(part)

    def count(self, table: Table) -> int:
        counted = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table.name))
        return int(self._connection.execute(counted).fetchone()[0])  # type: ignore[index]


@contextmanager
def snapshot(schema: str) -> Iterator[Snapshot]:
    """A connection of its own: it may be needed for as long as someone takes to download."""
    ours = area_connection()
    place = {
        name: ours.settings_dict[name.upper()] for name in ("host", "port", "user", "password")
    }
    with psycopg.connect(**place, dbname=ours.settings_dict["NAME"], autocommit=True) as connection:
        connection.execute(
            "SELECT set_config('role', %s, false), set_config('search_path', %s, false), "
            "set_config('timezone', 'UTC', false)",
            [ours.role_of(schema), f'"{schema}", {EXTENSIONS}'],
        )
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        connection.autocommit = False
        with connection.transaction():
            yield Snapshot(connection)


def tables_of(connection: Any) -> list[Table]:
    """The tables of the present schema. `connection` is psycopg's or a cursor of Django's."""

    def rows(query: str) -> list[Any]:
        answer = connection.execute(query)
        return list((answer or connection).fetchall())

    columns: dict[str, list[Column]] = {}
    for table, *column in rows(_COLUMNS):
        columns.setdefault(table, []).append(Column(*column))
    keys: dict[str, list[str]] = {}
    for table, column in rows(_KEYS):
        keys.setdefault(table, []).append(column)
    del columns[RECORD]
    order: TopologicalSorter[str] = TopologicalSorter(dict.fromkeys(sorted(columns), ()))
    for table, other in sorted(rows(_REFERENCES)):
        order.add(table, other)
    return [Table(name, tuple(columns[name]), tuple(keys[name])) for name in order.static_order()]


def copy_out(table: Table) -> sql.Composed:
    """All rows in the order of the primary key, in PostgreSQL's text format."""
    return sql.SQL("COPY (SELECT {columns} FROM {table} ORDER BY {key}) TO STDOUT").format(
        columns=identifiers(table.names),
        table=sql.Identifier(table.name),
        key=identifiers(table.key),
    )


def copy_in(table: Table) -> sql.Composed:
    return sql.SQL("COPY {table} ({columns}) FROM STDIN").format(
        table=sql.Identifier(table.name), columns=identifiers(table.names)
    )


def identifiers(names: Any) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, names))
