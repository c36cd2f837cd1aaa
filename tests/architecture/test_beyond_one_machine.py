"""Rules that keep the way open to many servers (docs/scaling.md), as far as the code shows them.

What the catalog shows is in test_database.py: one owner, a primary key everywhere, nothing
unlogged, no triggers or functions, nothing across schemas, bigint identities, keys checked at once.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import AddField, RunSQL

from core import replica
from tenants.template import template

ROOMS = ("core", "tenants", "accounts", "clusters", "pd_activities", "consensus", "monitoring")

_POSITIVE = (
    models.PositiveIntegerField,
    models.PositiveSmallIntegerField,
    models.PositiveBigIntegerField,
)


def _sources() -> Iterator[tuple[str, str]]:
    for room in ROOMS:
        for path in (Path(settings.BASE_DIR) / room).rglob("*.py"):
            yield str(path.relative_to(settings.BASE_DIR)), path.read_text(encoding="utf-8")


def _operations() -> Iterator[tuple[str, object]]:
    for (label, name), migration in MigrationLoader(None).graph.nodes.items():
        if apps.get_app_config(label).name.split(".")[0] in ROOMS:
            for operation in migration.operations:
                yield f"{label}.{name}", operation


@pytest.fixture
def statements(world) -> tuple[str, ...]:
    return template()


def test_template__each_call__one_statement_of_a_table_an_index_or_a_named_constraint(statements):
    kinds = re.compile(r"CREATE TABLE |CREATE (UNIQUE )?INDEX |ALTER TABLE \S+ ADD CONSTRAINT ")
    assert [each for each in statements if not kinds.match(each) or ";" in each] == []


def test_template__identities__inline(statements):
    made = [each for each in statements if "IDENTITY" in each]
    assert made
    assert [each for each in made if not each.startswith("CREATE TABLE")] == []


def test_template__checks_exclusions_and_foreign_keys__each_named(statements):
    nameless = re.compile(r'(?<!CONSTRAINT )(?<!" )\b(CHECK \(|EXCLUDE USING|FOREIGN KEY)')
    named = re.compile(r'CONSTRAINT "[a-z0-9_]+" (CHECK \(|EXCLUDE USING|FOREIGN KEY)')
    assert any(named.search(each) for each in statements)
    assert [each for each in statements if nameless.search(named.sub("", each))] == []


def test_migrations__no_constraint_is_renamed_and_no_positive_integer_added_later():
    found = list(_operations())
    assert found
    renaming = [
        where
        for where, operation in found
        if isinstance(operation, RunSQL) and "rename constraint" in str(operation.sql).lower()
    ]
    added = [
        where
        for where, operation in found
        if isinstance(operation, AddField) and isinstance(operation.field, _POSITIVE)
    ]
    assert (renaming, added) == ([], [])


def test_sources__on_conflict__sets_no_now():
    clause = re.compile(r"ON CONFLICT[^\"']*?DO UPDATE SET[^\"']*", re.IGNORECASE)
    found = [(name, clause.findall(text)) for name, text in _sources()]
    assert any(clauses for _, clauses in found)
    late = [name for name, clauses in found if any("now()" in each.lower() for each in clauses)]
    assert late == []


def test_sources__errors_of_the_database__told_apart_by_sqlstate_alone():
    by_name = [name for name, text in _sources() if "constraint_name" in text]
    assert by_name == []


def test_sources__only_named_places_choose_a_server():
    """Everything else goes where the router sends it, so that a replica is one setting."""
    choosing = re.compile(r"\.using\(|connections\[")
    found = {name for name, text in _sources() if choosing.search(text)}
    assert found == {"core/replica.py", "tenants/postgresql/base.py"}
    assert replica.ALIAS not in settings.DATABASES  # the suite runs without one
