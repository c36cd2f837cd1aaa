"""In which schemas a job waits for a worker."""

from django.db import connection
from django.utils import timezone
from django_tenants.utils import schema_context
from psycopg import sql

from core.jobs.models import UNFINISHED, Job
from tenants.directory import active_schemas, schemas_with_table
from tenants.postgresql.base import PUBLIC

_HAS_FREE_JOB = """
SELECT {schema} WHERE EXISTS (
    SELECT FROM {table} WHERE state IN ({states}) AND (leased_until IS NULL OR leased_until < {now})
)
"""


def schemas_with_free_jobs() -> list[str]:
    """The public schema and areas with a job that nobody holds, by one query over all."""
    table = Job._meta.db_table
    # An area whose tables are missing must not keep the others waiting.
    schemas = schemas_with_table(table, [PUBLIC, *active_schemas()])
    each = [_has_free_job(schema, table) for schema in schemas]
    with schema_context(PUBLIC), connection.cursor() as cursor:
        cursor.execute(sql.SQL(" UNION ALL ").join(each))
        return [schema for (schema,) in cursor.fetchall()]


def _has_free_job(schema: str, table: str) -> sql.Composed:
    return sql.SQL(_HAS_FREE_JOB).format(
        schema=sql.Literal(schema),
        table=sql.Identifier(schema, table),
        states=sql.SQL(", ").join(sql.Literal(state.value) for state in UNFINISHED),
        now=sql.Literal(timezone.now()),
    )
