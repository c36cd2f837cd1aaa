"""`manage.py migrate_areas`: bring every area that is behind up to this version of the code."""

import time
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from tenants.fleet import alone, areas_behind
from tenants.migrating import migrate_fleet


class Command(BaseCommand):
    help = "Migrates the areas that are behind; killed or run again, it goes on where it stopped"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--parallel", type=int, default=2, help="areas at once (%(default)s)")
        parser.add_argument("--keep-going", action="store_true", help="do not stop at a failure")
        parser.add_argument("--check", action="store_true", help="only say who is behind")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            self._say_who_is_behind()
            return
        began, count = time.monotonic(), 0

        def told(schema: str, reason: str) -> None:
            nonlocal count
            count += 1
            if reason:
                self.stderr.write(f"{schema}: {reason}")
            elif options["verbosity"]:
                self.stdout.write(f"{count}/{total} {schema}")

        with alone():
            total = len(areas_behind())
            outcome = migrate_fleet(
                parallel=options["parallel"], keep_going=options["keep_going"], told=told
            )
        if outcome.failed:
            left = total - len(outcome.done)
            raise CommandError(
                f"{left} of {total} areas are still behind; the reasons stand above. "
                "Run the command again once they are mended."
            )
        took = time.monotonic() - began
        self.stdout.write(f"Areas brought up to date: {total}, in {took:.1f} s")

    def _say_who_is_behind(self) -> None:
        behind = areas_behind()
        for schema, lack in behind.items():
            self.stdout.write(f"{schema}: {', '.join('.'.join(each) for each in lack)}")
        if behind:
            raise CommandError(f"{len(behind)} areas are behind.")
