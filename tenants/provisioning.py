"""Making an area: role and schema, tables, grants, what it starts with. Steps bear repeating."""

from collections.abc import Callable

from django.db import connection, transaction
from django_tenants.utils import schema_context
from psycopg import sql

from tenants.models import Area, AreaApplication
from tenants.postgresql.base import PUBLIC, area_connection, owner_rights
from tenants.template import append_only_tables, replay

# Higher rooms say what a new area starts with: called inside its schema, with its own rights.
_starters: list[Callable[[Area], None]] = []


def starts_with(starter: Callable[[Area], None]) -> Callable[[Area], None]:
    """Register a function that fills a new area; it must bear being called twice."""
    _starters.append(starter)
    return starter


# The accounts room invites: it knows people, this room does not.
Inviter = Callable[[AreaApplication], str | None]
_inviters: list[Inviter] = []


def invites_first_admin(inviter: Inviter) -> Inviter:
    """Register who makes the applicant the first administrator; called inside the area's schema.

    Answers the link to mail, or None if the person has an account already. Bears being called
    twice: the link that it answered last is the one that works.
    """
    _inviters.append(inviter)
    return inviter


# It also knows whom letters about the area as a whole go to.
Addresses = Callable[[], list[str]]
_addresses: list[Addresses] = []


def knows_administrators(addresses: Addresses) -> Addresses:
    """Register who tells the e-mail addresses of an area's administrators, inside its schema."""
    _addresses.append(addresses)
    return addresses


def administrators_of(area: Area) -> list[str]:
    """The e-mail addresses of the area's administrators."""
    (addresses,) = _addresses
    with schema_context(area.schema_name):
        return addresses()


def invite_first_admin(area: Area, application: AreaApplication) -> str | None:
    """The link by which the applicant becomes the area's first administrator."""
    (inviter,) = _inviters
    with schema_context(area.schema_name), transaction.atomic():
        return inviter(application)


def provision(area: Area) -> None:
    """All steps in a row; a step that is already done changes nothing."""
    for _, step in STEPS:
        step(area)


def make_role_and_schema(area: Area) -> None:
    """Committed before anything else, so that a failure later leaves a known place to resume."""
    role = area_connection().role_of(area.schema_name)
    with schema_context(PUBLIC), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone() is None:
            _run(cursor, "CREATE ROLE {} NOLOGIN NOINHERIT", role)
        _run(cursor, "GRANT {} TO CURRENT_USER WITH INHERIT FALSE, SET TRUE", role)
        _run(cursor, "CREATE SCHEMA IF NOT EXISTS {}", area.schema_name)
        _run(cursor, "GRANT USAGE ON SCHEMA {} TO {}", area.schema_name, role)
        _run(
            cursor,
            "ALTER DEFAULT PRIVILEGES IN SCHEMA {} GRANT SELECT, INSERT, UPDATE, DELETE "
            "ON TABLES TO {}",
            area.schema_name,
            role,
        )
        _run(
            cursor,
            "ALTER DEFAULT PRIVILEGES IN SCHEMA {} GRANT USAGE, SELECT ON SEQUENCES TO {}",
            area.schema_name,
            role,
        )


def make_tables(area: Area) -> None:
    with schema_context(area.schema_name), owner_rights(), transaction.atomic():
        if "django_migrations" not in _tables(area.schema_name):
            replay()
        restrict_append_only(area.schema_name)


def fill(area: Area) -> None:
    """What a new area starts with, written with the area's own rights."""
    with schema_context(area.schema_name), transaction.atomic():
        for starter in _starters:
            starter(area)


STEPS = (
    ("role_and_schema", make_role_and_schema),
    ("tables", make_tables),
    ("defaults", fill),
)


def restrict_append_only(schema: str) -> None:
    """Take UPDATE and DELETE on append-only tables from the area's role. Owner rights needed."""
    role = area_connection().role_of(schema)
    tables = set(append_only_tables()) & _tables(schema)
    with connection.cursor() as cursor:
        for table in sorted(tables):
            _run(cursor, "REVOKE UPDATE, DELETE, TRUNCATE ON {} FROM {}", table, role)
        _run(cursor, "REVOKE INSERT, UPDATE, DELETE ON {} FROM {}", "django_migrations", role)


def remove(area: Area) -> None:
    """Drop the area's schema and role. Alone in its transaction: it takes a lock per object."""
    role = area_connection().role_of(area.schema_name)
    with schema_context(PUBLIC), transaction.atomic(), connection.cursor() as cursor:
        _run(cursor, "DROP SCHEMA IF EXISTS {} CASCADE", area.schema_name)
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone() is not None:
            _run(cursor, "DROP ROLE {}", role)


def _tables(schema: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [schema])
        return {name for (name,) in cursor.fetchall()}


def _run(cursor: object, statement: str, *names: str) -> None:
    query = sql.SQL(statement).format(*(sql.Identifier(name) for name in names))
    cursor.execute(query)  # type: ignore[attr-defined]
