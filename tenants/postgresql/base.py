"""django-tenants' backend with the second fence: switching area sets role and search_path.

- In the public schema the connection acts as the login role, which owns all tables.
- In an area it acts as the area's own role, which has rights to that schema alone; the path leaves
  out `public`. A query that reaches elsewhere gets "permission denied" or "does not exist".
- `owner_rights()` keeps the login role inside an area's schema: for migrations, nothing else.
- A failed switch raises. Stock django-tenants swallows it, and the next query runs elsewhere.

Each request takes a connection, so what that costs is kept small: the switch is also the test
whether the connection works, and times are read by psycopg's compiled loader.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, cast

import psycopg
from django.db import connections
from django.db.backends.postgresql.base import ServerSideCursor
from django_tenants.postgresql_backend.base import DatabaseWrapper as TenantDatabaseWrapper
from psycopg.adapt import AdaptersMap
from psycopg.pq import TransactionStatus
from psycopg.types.datetime import TimestamptzLoader

from tenants.postgresql.operations import DatabaseOperations
from tenants.postgresql.schema import DatabaseSchemaEditor

PUBLIC = "public"
EXTENSIONS = "extensions"
_ServerSideCursor: Any = ServerSideCursor  # its stubs do not know the arguments
_LONGEST_NAME = 63  # bytes; PostgreSQL cuts longer ones, so that two roles could become one


class DatabaseWrapper(TenantDatabaseWrapper):
    ops_class = DatabaseOperations
    SchemaEditorClass = DatabaseSchemaEditor
    search_path_set_schemas: list[str] | None
    _setting_search_path: bool

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.as_owner = False
        self.area_memory: dict[str, Any] = {}  # core.area
        super().__init__(*args, **kwargs)

    def set_tenant(self, tenant: Any, include_public: bool = True) -> None:  # noqa: FBT001, FBT002
        """Turn to an area; all other ways to do so lead here."""
        self.area_memory = {}
        super().set_tenant(tenant, include_public)

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        return {**params, "context": _reading_times_quickly(params["context"])}

    def create_cursor(self, name: str | None = None) -> Any:
        """Django's, without comparing zones: the loader of times has none to compare."""
        if name is None:
            return self.connection.cursor()
        withhold = self.connection.autocommit
        return _ServerSideCursor(self.connection, name=name, scrollable=False, withhold=withhold)

    def get_new_connection(self, conn_params: Any) -> Any:
        """A connection that works. After a restart of PostgreSQL no pooled one does.

        The pool's own check (CONN_HEALTH_CHECKS) finds that out one by one, pausing longer after
        each: a lone request would wait until it times out. So here the first one condemns all.
        """
        self.search_path_set_schemas = None  # a pooled connection may come from any area
        connection = super().get_new_connection(conn_params)
        if self.pool is None or self._works_here(connection):
            return connection
        self.pool.drain()
        self.pool.putconn(connection)
        return super().get_new_connection(conn_params)

    def _works_here(self, connection: Any) -> bool:
        """Switch to the present area; False if the connection is dead."""
        try:
            connection.autocommit = True
            self._switch(connection)
        except psycopg.OperationalError:
            return False
        except psycopg.Error:  # the area is at fault: its first query will say so
            return True
        return True

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
        self._setting_search_path = True
        try:
            with self.wrap_database_errors:
                self._switch(self.connection)
        finally:
            self._setting_search_path = False

    def _switch(self, connection: Any) -> None:
        in_public = self.schema_name == PUBLIC
        role = "none" if in_public or self.as_owner else self.role_of(self.schema_name)
        path = PUBLIC if in_public else f'"{self.schema_name}"'
        connection.execute(
            "SELECT set_config('role', %s, false), set_config('search_path', %s, false)",
            [role, f"{path}, {EXTENSIONS}"],
        )
        self.search_path_set_schemas = [self.schema_name, EXTENSIONS]


@cache
def _reading_times_quickly(adapters: AdaptersMap) -> AdaptersMap:
    """With psycopg's own loader of times, which is compiled; all our connections speak UTC.

    Django's is written in Python, to set a zone that the times have already: it took a sixth of a
    request that lists 50 rows.
    """
    ours = AdaptersMap(adapters)
    ours.register_loader("timestamptz", TimestamptzLoader)
    return ours


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
