"""`manage.py prepare`: bring the database up to this version of the code; run it at every start."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management import BaseCommand, call_command
from django.db import connection

from tenants.fleet import areas_behind, is_platform_behind

_ALONE = 0x4B52554E4554  # an advisory lock of our own: "KRUNET"


class Command(BaseCommand):
    help = "Migrates what is behind and makes the operator of OPERATOR_EMAIL; repeating is harmless"

    def handle(self, *args: Any, **options: Any) -> None:
        verbosity = options["verbosity"]
        with _alone():
            if is_platform_behind():
                call_command("migrate_schemas", shared=True, verbosity=verbosity)
            behind = areas_behind()
            for schema in behind:
                call_command("migrate_schemas", schema_name=schema, verbosity=verbosity)
            if os.environ.get("OPERATOR_EMAIL") and os.environ.get("OPERATOR_PASSWORD"):
                call_command("create_operator", email=os.environ["OPERATOR_EMAIL"])
        self.stdout.write(f"Ready. Areas that were behind: {len(behind)}")


@contextmanager
def _alone() -> Iterator[None]:
    """Two machines that start together prepare one after the other."""
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
