"""A table as CSV and as JSON Lines, written by PostgreSQL itself."""

from collections.abc import Iterator

from psycopg import sql

from tenants.archive.contents import is_secret, left_out, withheld_where
from tenants.rows import Column, Snapshot, Table, identifiers

_TEXTS = {"character varying", "text", "character"}
_BEGINS_FORMULA = r"^[=+\-@\t\r\n]"


def exported(tables: list[Table]) -> list[Table]:
    """Those that leave, without what is secret, in the order of their names."""
    kept = [table for table in tables if table.name not in left_out()]
    return [
        Table(
            table.name,
            tuple(column for column in table.columns if not is_secret(table.name, column.name)),
            table.key,
        )
        for table in sorted(kept, key=lambda table: table.name)
    ]


def as_csv(rows: Snapshot, table: Table) -> Iterator[bytes]:
    """UTF-8 with a heading. A text that a spreadsheet program would take for a formula has an
    apostrophe before it; the JSON beside it has none."""
    columns = [
        sql.SQL("{} AS {}").format(_cell(table.name, column), sql.Identifier(column.name))
        for column in table.columns
    ]
    yield from rows.copy(_copy(table, columns, sql.SQL(" WITH (FORMAT csv, HEADER)")))


def as_json_lines(rows: Snapshot, table: Table) -> Iterator[bytes]:
    """An object a row, with types: numbers, booleans, null, and documents as they are."""
    columns = [
        sql.SQL("{} AS {}").format(_value(table.name, column), sql.Identifier(column.name))
        for column in table.columns
    ]
    row = sql.SQL("SELECT {} FROM {}").format(
        sql.SQL(", ").join(columns), sql.Identifier(table.name)
    )
    query = sql.SQL("COPY (SELECT to_json(r) FROM ({} ORDER BY {}) r) TO STDOUT").format(
        row, identifiers(table.key)
    )
    rest = b""
    for part in rows.copy(query):
        # COPY doubles each backslash. JSON has no control characters, so nothing else is escaped.
        whole = rest + part
        odd = len(whole) - len(whole.rstrip(b"\\"))
        cut = len(whole) - odd % 2
        yield whole[:cut].replace(b"\\\\", b"\\")
        rest = whole[cut:]
    yield rest


def _copy(table: Table, columns: list[sql.Composed], options: sql.SQL) -> sql.Composed:
    return sql.SQL("COPY (SELECT {columns} FROM {table} ORDER BY {key}) TO STDOUT{options}").format(
        columns=sql.SQL(", ").join(columns),
        table=sql.Identifier(table.name),
        key=sql.SQL(", ").join(sql.Identifier(table.name, name) for name in table.key),
        options=options,
    )


def _value(table: str, column: Column) -> sql.Composable:
    name = sql.Identifier(table, column.name)
    condition = withheld_where(table, column.name)
    if condition is None:
        return name
    return sql.SQL("CASE WHEN NOT ({}) THEN {} END").format(sql.SQL(condition), name)


def _cell(table: str, column: Column) -> sql.Composable:
    value = _value(table, column)
    if column.type in _TEXTS:
        pattern = sql.Literal(_BEGINS_FORMULA)
        return sql.SQL("CASE WHEN {0} ~ {1} THEN '''' || {0} ELSE {0} END").format(value, pattern)
    if column.type.startswith("timestamp"):
        return sql.SQL("to_json({}) #>> '{{}}'").format(value)
    return value
