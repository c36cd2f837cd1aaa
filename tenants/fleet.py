"""Which areas' schemas are behind the migrations of this version of the code."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, migrations
from django.db.migrations.operations.base import Operation
from django_tenants.utils import schema_context
from psycopg import sql

from tenants.directory import schemas_with_table
from tenants.enums import AreaState
from tenants.models import Area
from tenants.postgresql.base import PUBLIC
from tenants.template import area_operations, migration_names

Lack = tuple[tuple[str, str], ...]  # (app, name) of each migration that a schema lacks, sorted

_ALONE = 0x4B52554E4554  # an advisory lock of our own: "KRUNET"
_RECORD = "django_migrations"
_WANTED = "SELECT * FROM unnest(%s::text[], %s::text[]) AS wanted (app, name)"
_LACKS = (
    "SELECT {schema}, app, name "
    "FROM (SELECT * FROM wanted EXCEPT SELECT app, name FROM {table}) AS lack"
)


def is_platform_behind() -> bool:
    """True also for an empty database."""
    return PUBLIC in _lacks([PUBLIC]) or not schemas_with_table(_RECORD, [PUBLIC])


def areas_behind() -> dict[str, Lack]:
    """What each area lacks, found by one query over all; one without tables is new, not behind."""
    with schema_context(PUBLIC):
        kept = Area.objects.exclude(state=AreaState.DELETED)
        return _lacks(list(kept.values_list("schema_name", flat=True)))


_ready: set[str] = set()  # once this process has seen an area ready, it stays so

# What the code works without: it only makes reads faster or writes stricter.
_CAN_WAIT = (
    migrations.AddIndex,
    migrations.RemoveIndex,
    migrations.RenameIndex,
    migrations.AddConstraint,
    migrations.RemoveConstraint,
    migrations.AlterModelOptions,
)


def is_ready(schema: str) -> bool:
    """False while an area lacks what this version of the code cannot do without."""
    if schema not in _ready:
        lack = _lacks([schema]).get(schema, ())
        if not all(_can_wait(operation) for key in lack for operation in area_operations(*key)):
            return False
        _ready.add(schema)
    return True


def _can_wait(operation: Operation) -> bool:
    return isinstance(operation, _CAN_WAIT)


@contextmanager
def alone() -> Iterator[None]:
    """Two machines that start together bring the fleet up to date one after the other."""
    guard = connection.copy()
    try:
        with guard.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_ALONE])
        try:
            yield
        finally:
            with guard.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_ALONE])
    finally:
        guard.close()


def _lacks(schemas: list[str]) -> dict[str, Lack]:
    existing = schemas_with_table(_RECORD, schemas)
    if not existing:
        return {}
    each = sql.SQL(" UNION ALL ").join(
        sql.SQL(_LACKS).format(schema=sql.Literal(schema), table=sql.Identifier(schema, _RECORD))
        for schema in existing
    )
    query = sql.SQL("WITH wanted AS (" + _WANTED + ") ") + each
    apps, names = (list(part) for part in zip(*migration_names(), strict=True))
    found = defaultdict(list)
    with schema_context(PUBLIC), connection.cursor() as cursor:
        cursor.execute(query, [apps, names])
        for schema, app, name in cursor.fetchall():
            found[schema].append((app, name))
    return {schema: tuple(sorted(found[schema])) for schema in sorted(found)}
