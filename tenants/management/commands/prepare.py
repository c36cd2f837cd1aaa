"""`manage.py prepare`: bring the database up to this version of the code; run it at every start."""

import os
from typing import Any

from django.core.management import BaseCommand, call_command

from tenants.fleet import alone, is_platform_behind
from tenants.migrating import migrate_fleet


class Command(BaseCommand):
    help = "Migrates what is behind and makes the operator of OPERATOR_EMAIL; repeating is harmless"

    def handle(self, *args: Any, **options: Any) -> None:
        with alone():
            if is_platform_behind():
                call_command("migrate_schemas", shared=True, verbosity=options["verbosity"])
            # An area that fails is not served; it must not keep the others from their work.
            outcome = migrate_fleet(keep_going=True, told=self._told)
            if os.environ.get("OPERATOR_EMAIL") and os.environ.get("OPERATOR_PASSWORD"):
                call_command("create_operator", email=os.environ["OPERATOR_EMAIL"])
        self.stdout.write(f"Ready. Areas that were behind: {len(outcome.done)}")

    def _told(self, schema: str, reason: str) -> None:
        if reason:
            self.stderr.write(f"{schema} is still behind: {reason}")
