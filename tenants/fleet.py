"""Which areas' schemas are behind the migrations of this version of the code."""

from django.db import connection
from django_tenants.utils import schema_context
from psycopg import sql

from tenants.enums import AreaState
from tenants.models import Area
from tenants.postgresql.base import PUBLIC
from tenants.template import migrations

_WANTED = "SELECT * FROM unnest(%s::text[], %s::text[]) AS wanted (app, name)"
_BEHIND = "SELECT {name} WHERE (SELECT count(*) FROM wanted NATURAL JOIN {table}) < %s"


def is_platform_behind() -> bool:
    """True also for an empty database."""
    return PUBLIC in _behind([PUBLIC]) or not _with_tables([PUBLIC])


def areas_behind() -> list[str]:
    """Schemas that lack a migration, found by one query over all; those without tables are new."""
    with schema_context(PUBLIC):
        kept = Area.objects.exclude(state=AreaState.DELETED)
        return _behind(list(kept.values_list("schema_name", flat=True)))


def _behind(schemas: list[str]) -> list[str]:
    existing = _with_tables(schemas)
    if not existing:
        return []
    each = sql.SQL(" UNION ALL ").join(
        sql.SQL(_BEHIND).format(
            name=sql.Literal(schema), table=sql.Identifier(schema, "django_migrations")
        )
        for schema in existing
    )
    query = sql.SQL("WITH wanted AS (" + _WANTED + ") ") + each
    apps, names = (list(part) for part in zip(*migrations(), strict=True))
    with schema_context(PUBLIC), connection.cursor() as cursor:
        cursor.execute(query, [apps, names, *[len(names)] * len(existing)])
        return [schema for (schema,) in cursor.fetchall()]


def _with_tables(schemas: list[str]) -> list[str]:
    with schema_context(PUBLIC), connection.cursor() as cursor:
        cursor.execute(
            "SELECT schemaname FROM pg_tables "
            "WHERE tablename = 'django_migrations' AND schemaname = ANY(%s) ORDER BY 1",
            [schemas],
        )
        return [schema for (schema,) in cursor.fetchall()]
