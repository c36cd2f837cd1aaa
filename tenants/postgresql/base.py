"""django-tenants' backend with the second fence: switching area sets role and search_path.

- In the public schema the connection acts as the login role, which owns all tables.
- In an area it acts as the area's own role, which has rights to that schema alone; the path leaves
  out `public`. A query that reaches elsewhere gets "permission denied" or "does not exist".
- `owner_rights()` keeps the login role inside an area's schema: for migrations, nothing else.
- A failed switch raises. Stock django-tenants swallows it, and the next query runs elsewhere.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import psycopg
from django.db import connections
from django_tenants.postgresql_backend.base import DatabaseWrapper as TenantDatabaseWrapper
from psycopg.pq import TransactionStatus
from psycopg_pool import ConnectionPool

from tenants.postgresql.operations import DatabaseOperations
from tenants.postgresql.schema import DatabaseSchemaEditor

PUBLIC = "public"
EXTENSIONS = "extensions"
_LONGEST_NAME = 63  # bytes; PostgreSQL cuts longer ones, so that two roles could become one


class DatabaseWrapper(TenantDatabaseWrapper):
    ops_class = DatabaseOperations
    SchemaEditorClass = DatabaseSchemaEditor
    search_path_set_schemas: list[str] | None
    _setting_search_path: bool

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.as_owner = False
        super().__init__(*args, **kwargs)

    def get_new_connection(self, conn_params: Any) -> Any:
        """A connection that works. After a restart of PostgreSQL no pooled one does.

        The pool's own check (CONN_HEALTH_CHECKS) finds that out one by one, pausing longer after
        each: a lone request would wait until it times out. So here the first one condemns all.
        """
        self.search_path_set_schemas = None  # a pooled connection may come from any area
        connection = super().get_new_connection(conn_params)
        if self.pool is None or _works(connection):
            return connection
        self.pool.drain()
        self.pool.putconn(connection)
        return super().get_new_connection(conn_params)

    def _set_autocommit(self, autocommit: bool) -> None:  # noqa: FBT001  (Django's signature)
        if not autocommit:
            self._handle_search_path()  # before the transaction: its rollback must not undo this
        super()._set_autocommit(autocommit)

    def role_of(self, schema: str) -> str:
        """The role of an area. Roles are server-wide, so the name carries the database's."""
        name = f"{self.settings_dict['NAME']}/{schema}"
        if len(name.encode()) <= _LONGEST_NAME:
            return name
        return f"{schema}/{hashlib.sha256(name.encode()).hexdigest()}"[:_LONGEST_NAME]

    def _handle_search_path(self, cursor: Any = None) -> None:
        if self._setting_search_path or self.search_path_set_schemas is not None:
            return
        if self.connection.info.transaction_status == TransactionStatus.INERROR:
            return  # only a rollback can follow, and that makes us forget what is set
        in_public = self.schema_name == PUBLIC
        role = "none" if in_public or self.as_owner else self.role_of(self.schema_name)
        path = PUBLIC if in_public else f'"{self.schema_name}"'
        self._setting_search_path = True
        try:
            with self.wrap_database_errors, self.connection.cursor() as raw:
                raw.execute(
                    "SELECT set_config('role', %s, false), set_config('search_path', %s, false)",
                    [role, f"{path}, {EXTENSIONS}"],
                )
        finally:
            self._setting_search_path = False
        self.search_path_set_schemas = [self.schema_name, EXTENSIONS]


def _works(connection: Any) -> bool:
    try:
        ConnectionPool.check_connection(connection)
    except psycopg.OperationalError:
        return False
    return True


def area_connection() -> DatabaseWrapper:
    """This thread's connection, with its type."""
    return cast("DatabaseWrapper", connections["default"])


@contextmanager
def owner_rights() -> Iterator[None]:
    """Act as the owner of the tables inside an area's schema, for migrations and grants."""
    connection = area_connection()
    before = connection.as_owner
    connection.as_owner = True
    connection.search_path_set_schemas = None
    try:
        yield
    finally:
        connection.as_owner = before
        connection.search_path_set_schemas = None
