"""Target 1: an area's tables, by replay, by stock migrations, and the bare statements."""

from collections.abc import Iterator
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction
from django_tenants.utils import schema_context

from core.actor import SYSTEM
from tenants.actions.areas import activate_area
from tenants.postgresql.base import owner_rights
from tenants.provisioning import make_role_and_schema, provision
from tenants.template import template
from tests.areas import planned_area
from tests.benchmarks.areas import platform
from tests.benchmarks.fleet import medians

ROUNDS = 7


def run() -> Iterator[dict[str, Any]]:
    platform()
    template()  # collected once a process
    ours, stock, bare = medians(_ours, _stock, _bare, rounds=ROUNDS)
    work = "set up an area, from its row to its first use"
    shared = {"target": 1, "ours": round(ours, 1), "unit": "ms"}
    yield {
        **shared,
        "work": f"{work}; stock create_schema",
        "yardstick": round(stock, 1),
        "ratio": round(stock / ours, 1),
        "goal": "≥ 8 × faster",
    }
    yield {
        **shared,
        "work": f"{work}; its DDL alone",
        "yardstick": round(bare, 1),
        "ratio": round(ours / bare, 2),
        "goal": "≤ 2",
    }


def _ours(turn: int) -> None:
    area = planned_area(f"ours{turn}")
    provision(area)
    with schema_context("public"):
        activate_area(area, actor=SYSTEM)


def _stock(turn: int) -> None:
    area = planned_area(f"stock{turn}")
    make_role_and_schema(area)
    call_command("migrate_schemas", schema_name=area.schema_name, verbosity=0)


def _bare(turn: int) -> None:
    with schema_context("public"), connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA a_bare{turn}")
    with (
        schema_context(f"a_bare{turn}"),
        owner_rights(),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        for statement in template():
            cursor.execute(statement)
