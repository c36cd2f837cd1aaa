"""Many rows at once: COPY to insert, one statement with one JSON parameter to change or to name.

Statements with thousands of parameters cost more in quoting them than in the writing itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import Any, cast

from django.db import connection
from django.db.models import Field, Model
from django.db.models.expressions import RawSQL
from django.utils import timezone
from psycopg import sql

from core.api.renderers import dump_json
from core.ids import new_id
from core.models import Resource

Values = Mapping[str, Any]
_COMMA = sql.SQL(", ")


def among(values: Iterable[str]) -> RawSQL:
    """For `__in` with many texts: `School.objects.filter(code__in=among(codes))`."""
    return RawSQL("SELECT jsonb_array_elements_text(%s::jsonb)", [_json(list(values))])


def insert_rows(model: type[Resource], rows: Sequence[Values]) -> None:
    """Insert rows given by column; what a row leaves out has the field's default."""
    fields = _fields(model)
    now = timezone.now().isoformat()
    usual = {name: _plain(field.get_default()) for name, field in fields.items()}
    usual |= {"created_at": now, "updated_at": now}
    copy_rows(model, list(usual), ({**usual, **_identified(row)}.values() for row in rows))


def _identified(row: Values) -> Values:
    return row if "id" in row else {"id": new_id(), **row}


def copy_rows(model: type[Model], names: Sequence[str], rows: Iterable[Iterable[object]]) -> None:
    """COPY values in the order of `names` (columns); JSON comes as text."""
    given = [tuple(row) for row in rows]
    if not given:
        return
    statement = sql.SQL("COPY {table} ({names}) FROM STDIN").format(
        table=sql.Identifier(model._meta.db_table), names=_identifiers(names)
    )
    with connection.cursor() as cursor, cast("Any", cursor).copy(statement) as copy:
        for row in given:
            copy.write_row(row)


def update_rows(model: type[Resource], rows: Sequence[Values]) -> None:
    """Change rows found by `id`; all rows give the same columns. Each change counts a version."""
    if not rows:
        return
    names = [name for name in rows[0] if name != "id"]
    fields = _fields(model)
    columns = _COMMA.join(
        sql.SQL("{} {}").format(
            sql.Identifier(name), sql.SQL(cast("Any", fields[name].db_type(connection)))
        )
        for name in ("id", *names)
    )
    statement = sql.SQL(
        "UPDATE {table} SET ({names}, version, updated_at) = "
        "ROW({theirs}, {table}.version + 1, statement_timestamp()) "
        "FROM jsonb_to_recordset(%s::jsonb) AS r({columns}) WHERE {table}.id = r.id"
    ).format(
        table=sql.Identifier(model._meta.db_table),
        names=_identifiers(names),
        theirs=_COMMA.join(sql.Identifier("r", name) for name in names),
        columns=columns,
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [_json(rows)])


def _fields(model: type[Model]) -> dict[str, "Field[Any, Any]"]:
    return {field.attname: field for field in model._meta.concrete_fields}


def _identifiers(names: Iterable[str]) -> sql.Composed:
    return _COMMA.join(map(sql.Identifier, names))


def _plain(default: object) -> object:
    return default.value if isinstance(default, Enum) else default


def _json(value: object) -> str:
    return dump_json(value).decode()
