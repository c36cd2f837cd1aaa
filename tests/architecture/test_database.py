"""What the catalog itself says of an area's schema: self-contained, lean, the same however made."""

from collections import Counter

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django_tenants.utils import schema_context

from tenants.provisioning import make_role_and_schema, make_tables
from tenants.template import append_only_tables
from tests.architecture.catalog import catalog
from tests.areas import planned_area, stock_area

SCHEMA = "a_t1"
MOST_TABLES = 85
OTHERS = ("account_", "mfa_")  # allauth's own tables: their indexes are not ours to choose


def _rows(query: str, *params: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        return cursor.fetchall()


def _tables(schema: str) -> dict[str, tuple]:
    """Name → (owner, persistence)."""
    rows = _rows(
        "SELECT relname, relowner::regrole::text, relpersistence FROM pg_class "
        "WHERE relnamespace = %s::regnamespace AND relkind IN ('r', 'p')",
        schema,
    )
    return {name: rest for name, *rest in rows}


def _declared(installed: list[str]) -> set[str]:
    return {
        model._meta.db_table
        for config in apps.get_app_configs()
        if config.name in installed
        for model in config.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    } | {"django_migrations"}


@pytest.mark.parametrize(
    ("schema", "installed"),
    [(SCHEMA, settings.TENANT_APPS), ("public", settings.SHARED_APPS)],
)
def test_schema__its_tables__exactly_those_of_its_apps(world, schema, installed):
    assert set(_tables(schema)) == _declared(installed)


def test_area__number_of_tables__lean(world):
    assert len(_tables(SCHEMA)) <= MOST_TABLES


def test_area__foreign_keys__none_leaves_the_schema_and_all_are_checked_at_once(world):
    keys = _rows(
        "SELECT conname, confrel.relnamespace::regnamespace::text, condeferred "
        "FROM pg_constraint JOIN pg_class confrel ON confrel.oid = confrelid "
        "WHERE connamespace = %s::regnamespace AND contype = 'f'",
        SCHEMA,
    )
    assert keys
    assert {(schema, deferred) for _, schema, deferred in keys} == {(SCHEMA, False)}


def test_area__dependencies__on_no_other_areas_types_functions_or_tables(world):
    foreign = _rows(
        "SELECT c.relname, a.attname, t.typname, tn.nspname FROM pg_attribute a "
        "JOIN pg_class c ON c.oid = a.attrelid JOIN pg_type t ON t.oid = a.atttypid "
        "JOIN pg_namespace tn ON tn.oid = t.typnamespace "
        "WHERE c.relnamespace = %s::regnamespace AND c.relkind = 'r' "
        "AND tn.nspname NOT IN ('pg_catalog', 'extensions')",
        SCHEMA,
    )
    assert foreign == []


def test_area__tables__one_owner_logged_and_with_a_primary_key(world):
    tables = _tables(SCHEMA)
    ((login,),) = _rows("SELECT session_user::text")
    assert {tuple(each) for each in tables.values()} == {(login, "p")}
    keyed = _rows(
        "SELECT conrelid::regclass::oid::regclass::text FROM pg_constraint "
        "WHERE connamespace = %s::regnamespace AND contype = 'p'",
        SCHEMA,
    )
    assert {name.split(".")[-1].strip('"') for (name,) in keyed} == set(tables)


def test_area__triggers_and_functions__none_of_ours(world):
    assert (
        _rows(
            "SELECT tgname FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid "
            "WHERE c.relnamespace = %s::regnamespace AND NOT tgisinternal",
            SCHEMA,
        )
        == []
    )
    assert _rows("SELECT proname FROM pg_proc WHERE pronamespace = %s::regnamespace", SCHEMA) == []


def test_area__identities__bigint(world):
    found = _rows(
        "SELECT table_name, column_name, data_type FROM information_schema.columns "
        "WHERE table_schema = %s AND (is_identity = 'YES' OR column_default LIKE 'nextval%%')",
        SCHEMA,
    )
    assert found
    small = [each for each in found if each[2] != "bigint" and not each[0].startswith(OTHERS)]
    assert small == []


def test_area__checks_and_exclusions__each_named_in_a_models_meta(world):
    names = _rows(
        "SELECT conname FROM pg_constraint JOIN pg_class c ON c.oid = conrelid "
        "WHERE connamespace = %s::regnamespace AND contype IN ('c', 'x') "
        "AND relname !~ '^(account|mfa)_'",
        SCHEMA,
    )
    ours = {
        constraint.name
        for config in apps.get_app_configs()
        if config.name in settings.TENANT_APPS
        for model in config.get_models()
        for constraint in model._meta.constraints
    }
    assert {name for (name,) in names} <= ours


def test_area__keys_of_thai_order__compared_bytewise(world):
    keys = _rows(
        "SELECT table_name, collation_name FROM information_schema.columns "
        "WHERE table_schema = %s AND column_name = 'sort_key'",
        SCHEMA,
    )
    assert keys
    assert [table for table, collation in keys if collation != "C"] == []


def _indexes(schema: str) -> list[tuple[str, str, str]]:
    """(table, index, definition without names)."""
    return [
        (table, name, definition.split(" USING ", 1)[1])
        for table, name, definition in _rows(
            "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = %s", schema
        )
        if not table.startswith(OTHERS)
    ]


def test_area__indexes__no_like_twins(world):
    twins = [
        name
        for _, name, definition in _indexes(SCHEMA)
        if name.endswith("_like") or "pattern_ops" in definition
    ]
    assert twins == []


def test_area__indexes__none_twice(world):
    again = Counter((table, definition) for table, _, definition in _indexes(SCHEMA))
    assert [each for each, count in again.items() if count > 1] == []


def test_area__append_only_tables__exist_and_the_role_may_insert_and_read_alone(world):
    role = connection.role_of(SCHEMA)
    for table in append_only_tables():
        may = _rows(
            "SELECT has_table_privilege(%s, %s, 'SELECT'), has_table_privilege(%s, %s, 'INSERT'), "
            "has_table_privilege(%s, %s, 'UPDATE'), has_table_privilege(%s, %s, 'DELETE')",
            *[role, f'{SCHEMA}."{table}"'] * 4,
        )
        assert may == [(True, True, False, False)], table


# --- The template against stock ----------------------------------------------------------------


def test_template__replayed__same_catalog_as_stock_migrate(world):
    replayed, stock = planned_area("replayed"), stock_area("stock")
    make_role_and_schema(replayed)
    make_tables(replayed)

    theirs = catalog(stock.schema_name)
    for part, rows in catalog(replayed.schema_name).items():
        assert rows == theirs[part], part
    rows = "SELECT app, name FROM {}.django_migrations ORDER BY 1, 2"
    with schema_context("public"):
        assert _rows(rows.format(replayed.schema_name)) == _rows(rows.format(stock.schema_name))
