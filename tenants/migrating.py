"""Migrating all areas: the SQL is collected once, in a pilot area, and replayed in the others.

Running Django's executor takes a good part of a second an area, whatever there is to do; replaying
statements takes what the statements take. One transaction holds one migration of one area and its
row in `django_migrations`, so that a run that was killed goes on where it stopped. Work on data
cannot be collected: from the first migration that has some, the stock executor does the rest.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial

from django.core.management import call_command
from django.db import DatabaseError, OperationalError, connection, transaction
from django.db.migrations import Migration, RunPython, SeparateDatabaseAndState
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone
from django_tenants.utils import schema_context
from psycopg.errors import LockNotAvailable

from tenants.fleet import Lack, areas_behind
from tenants.postgresql.base import owner_rights
from tenants.provisioning import restrict_append_only

LOCK_TIMEOUT = 2_000  # milliseconds: a migration that waits for a lock holds up all behind it
LOCK_ATTEMPTS = 5


@dataclass(frozen=True)
class Step:
    """One migration as statements."""

    app: str
    name: str
    statements: tuple[str, ...]

    @property
    def makes_tables(self) -> bool:
        return any(each.startswith("CREATE TABLE") for each in self.statements)


@dataclass(frozen=True)
class Script:
    """What a group of areas lacks, as far as statements can say it."""

    steps: tuple[Step, ...]
    is_whole: bool  # False: the stock executor does the rest


@dataclass
class Outcome:
    """Which areas were brought up to date, and what kept the others from it."""

    done: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)  # schema → reason


Told = Callable[[str, str], None]  # an area's schema, and the reason why it failed or ""


def migrate_fleet(*, parallel: int = 1, keep_going: bool = False, told: Told) -> Outcome:
    """Bring every area that is behind up to date; stops at the first failure, or keeps going."""
    groups: dict[Lack, list[str]] = defaultdict(list)
    for schema, lack in areas_behind().items():
        groups[lack].append(schema)
    outcome = Outcome()
    for lack, schemas in groups.items():
        for schema, reason in _migrate_group(lack, schemas, parallel, keep_going=keep_going):
            told(schema, reason)
            if reason:
                outcome.failed[schema] = reason
            else:
                outcome.done.append(schema)
        if outcome.failed and not keep_going:
            break
    return outcome


def _migrate_group(
    lack: Lack, schemas: Sequence[str], parallel: int, *, keep_going: bool
) -> Iterator[tuple[str, str]]:
    """Each area with the reason why it failed, or an empty one. The first to succeed pilots."""
    waiting = list(schemas)
    script = None
    while waiting and script is None:
        pilot = waiting.pop(0)
        try:
            script = _pilot(pilot, lack)
        except DatabaseError as error:
            yield pilot, _reason(error)
            if not keep_going:
                return
        else:
            yield pilot, ""
    if script is not None:
        yield from _follow(script, waiting, parallel, keep_going=keep_going)


def _follow(
    script: Script, schemas: Sequence[str], parallel: int, *, keep_going: bool
) -> Iterator[tuple[str, str]]:
    if parallel == 1:
        for schema in schemas:
            reason = _follow_one(script, schema)
            yield schema, reason
            if reason and not keep_going:
                return
        return
    with ThreadPoolExecutor(parallel, thread_name_prefix="migrate") as threads:
        for start in range(0, len(schemas), parallel):
            some = schemas[start : start + parallel]
            reasons = list(threads.map(partial(_in_thread, script), some))
            yield from zip(some, reasons, strict=True)
            if any(reasons) and not keep_going:
                return


def _in_thread(script: Script, schema: str) -> str:
    try:
        return _follow_one(script, schema)
    finally:
        connection.close()  # back to the pool


def _follow_one(script: Script, schema: str) -> str:
    try:
        for step in script.steps:
            _replay(step, schema)
        _complete(script, schema)
    except DatabaseError as error:
        return _reason(error)
    return ""


def _pilot(schema: str, lack: Lack) -> Script:
    """Migrate this area, and answer with what the others can replay.

    Each step is collected after the one before it has run here: a migration may have to look up
    what an earlier one has made, such as a constraint's name.
    """
    loader = MigrationLoader(None)
    loader.connection = connection
    steps = []
    lacking = _in_order(loader, lack)
    for migration in lacking:
        if not _is_sql(migration):
            break
        step = _collect(loader, migration, schema)
        _replay(step, schema)
        steps.append(step)
    script = Script(tuple(steps), is_whole=len(steps) == len(lacking))
    _complete(script, schema)
    return script


def _in_order(loader: MigrationLoader, lack: Lack) -> list[Migration]:
    ordered: dict[tuple[str, str], None] = {}
    for leaf in loader.graph.leaf_nodes():
        ordered.update(dict.fromkeys(loader.graph.forwards_plan(leaf)))
    lacking = set(lack)
    return [loader.graph.nodes[key] for key in ordered if key in lacking]


def _is_sql(migration: Migration) -> bool:
    return migration.atomic and all(map(_reduces_to_sql, migration.operations))


def _reduces_to_sql(operation: object) -> bool:
    if isinstance(operation, SeparateDatabaseAndState):
        return all(map(_reduces_to_sql, operation.database_operations))
    return not isinstance(operation, RunPython) and getattr(operation, "reduces_to_sql", False)


def _collect(loader: MigrationLoader, migration: Migration, schema: str) -> Step:
    with schema_context(schema), owner_rights():
        collected = loader.collect_sql([(migration, False)])
    statements = (each.strip().rstrip(";") for each in collected)
    return Step(
        migration.app_label,
        migration.name,
        tuple(each for each in statements if not _is_comment(each)),
    )


def _is_comment(statement: str) -> bool:
    return all(line.startswith("--") or not line for line in statement.splitlines())


def _replay(step: Step, schema: str) -> None:
    for attempt in range(1, LOCK_ATTEMPTS + 1):
        try:
            _replay_once(step, schema)
        except OperationalError as error:
            if not isinstance(error.__cause__, LockNotAvailable) or attempt == LOCK_ATTEMPTS:
                raise
            time.sleep(attempt)  # whoever holds the lock gets time to end
        else:
            return


def _replay_once(step: Step, schema: str) -> None:
    with (
        schema_context(schema),
        owner_rights(),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [str(LOCK_TIMEOUT)])
        for statement in step.statements:
            cursor.execute(statement)
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, %s)",
            [step.app, step.name, timezone.now()],
        )
        if step.makes_tables:
            restrict_append_only(schema)


def _complete(script: Script, schema: str) -> None:
    if not script.is_whole:
        call_command("migrate_schemas", schema_name=schema, verbosity=0)


def _reason(error: DatabaseError) -> str:
    return str(error).strip().splitlines()[0]
