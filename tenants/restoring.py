"""A backup back into a fresh schema: under its own name, or under another as a rehearsal.

Steps bear repeating: what a killed run left is thrown away by the next one. The area's door opens
last, once every table has been read back and found to be what the backup says.
"""

import zipfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Q
from django_tenants.utils import schema_context
from psycopg import sql

from core.actor import SYSTEM
from core.journal import actions as journal
from tenants.backup import BackupError, Digesting, check_rows, member, pieces, read_manifest
from tenants.directory import forget_areas
from tenants.enums import AreaState
from tenants.models import Area, Domain
from tenants.names import schema_of
from tenants.postgresql.base import PUBLIC, owner_rights
from tenants.provisioning import make_role_and_schema, make_tables, remove, restrict_append_only
from tenants.rows import Table, copy_in, copy_out, tables_of
from tenants.template import migration_names


def restore_backup(path: Path, *, slug: str = "", code: str = "") -> Area:
    """Make the area of a backup anew. Raises BackupError, and then nothing serves it."""
    with zipfile.ZipFile(path) as archive:
        manifest = read_manifest(archive)
        check_rows(archive, manifest)
        applied = {(app, name) for app, name in manifest["migrations"]}
        if unknown := applied - set(migration_names()):
            raise BackupError(f"The backup is of a newer version: {sorted(unknown)[0]} is unknown.")
        about = manifest["area"]
        area = _planned(about, slug or about["slug"], code or about["code"])
        make_role_and_schema(area)
        _make_tables(area, applied)
        _fill(area, archive, manifest)
    if applied != set(migration_names()):
        call_command("migrate_schemas", schema_name=area.schema_name, verbosity=0)
        with schema_context(area.schema_name), owner_rights():
            restrict_append_only(area.schema_name)
    return _opened(area, AreaState(about["state"]))


def _planned(about: dict[str, Any], slug: str, code: str) -> Area:
    """The area's row, being set up. What a killed run left of it is thrown away before."""
    same = Q(slug=slug) | Q(code=code)
    with schema_context(PUBLIC):
        for other in Area.objects.filter(same).exclude(state=AreaState.DELETED):
            if other.state != AreaState.PROVISIONING or hasattr(other, "application"):
                raise BackupError(
                    f"There is an area {other.slug} ({other.code}): nothing restored."
                )
            remove(other)
            other.delete()
        if Area.objects.filter(pk=about["id"]).exists():
            about = {name: value for name, value in about.items() if name != "id"}
        known = {field.attname for field in Area._meta.concrete_fields}
        told = {name: value for name, value in about.items() if name in known}
        named = {"slug": slug, "code": code, "schema_name": schema_of(slug)}
        with transaction.atomic():
            area = Area(**{**told, **named, "state": AreaState.PROVISIONING})
            area.name_anew()
            area.save()
            Domain.objects.create(domain=f"{slug}.{settings.BASE_DOMAIN}", tenant=area)
        return area


def _make_tables(area: Area, applied: set[tuple[str, str]]) -> None:
    """The tables as the migrations of the backup made them."""
    if applied == set(migration_names()):
        make_tables(area)
        return
    with schema_context(area.schema_name), owner_rights():
        executor = MigrationExecutor(connection)
        graph = executor.loader.graph
        last = [
            key
            for key in sorted(applied)
            if not any(child.key in applied for child in graph.node_map[key].children)
        ]
        executor.migrate(last)


def _fill(area: Area, archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    """Every row, in one transaction that ends only if they can be read back as they were."""
    told = manifest["tables"]
    with (
        schema_context(area.schema_name),
        owner_rights(),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        tables = tables_of(cursor)
        columns = {name: each["columns"] for name, each in told.items()}
        if {table.name: table.names for table in tables} != columns:
            raise BackupError("The backup's tables are not those of its migrations.")
        for table in tables:
            _write(cursor, table, archive)
        for table in tables:
            _check(cursor, table, told[table.name])


def _write(cursor: Any, table: Table, archive: zipfile.ZipFile) -> None:
    with archive.open(member(table.name)) as file, cursor.copy(copy_in(table)) as copy:
        for piece in pieces(file):
            copy.write(piece)
    for column in table.columns:
        if column.is_identity:  # numbers go on behind the highest
            cursor.execute(
                sql.SQL(
                    "SELECT setval(pg_get_serial_sequence({quoted}, {name}), max({column})) "
                    "FROM {table} HAVING count(*) > 0"
                ).format(
                    quoted=sql.Literal(f'"{table.name}"'),
                    name=sql.Literal(column.name),
                    column=sql.Identifier(column.name),
                    table=sql.Identifier(table.name),
                )
            )


def _check(cursor: Any, table: Table, told: dict[str, Any]) -> None:
    with cursor.copy(copy_out(table)) as copy:
        found = asdict(Digesting(map(bytes, copy)).read())
    if found != {name: told[name] for name in found}:
        raise BackupError(f"{table.name} could not be read back as it was.")


def _opened(area: Area, state: AreaState) -> Area:
    with schema_context(PUBLIC), transaction.atomic():
        row = area.locked()
        row.state = state
        row.save_changes("state")
        transaction.on_commit(forget_areas)
        journal.record("tenants.area.restored", row, actor=SYSTEM, changes={"state": row.state})
        return row
