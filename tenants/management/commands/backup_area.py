"""`manage.py backup_area CODE FILE`: one area, as it is at this moment, in one file."""

from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from tenants.backup import write_backup
from tenants.enums import AreaState
from tenants.models import Area


class Command(BaseCommand):
    help = "Writes one area to one file; the area goes on working"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="the area's code")
        parser.add_argument("file", type=Path, help="where to; it holds secrets, keep it safe")

    def handle(self, *args: Any, **options: Any) -> None:
        area = Area.objects.exclude(state=AreaState.DELETED).filter(code=options["code"]).first()
        if area is None:
            raise CommandError(f"There is no area with the code {options['code']}.")
        try:
            digests = write_backup(area, options["file"])
        except OSError as error:
            raise CommandError(f"No backup was made: {error}") from error
        rows = sum(each.rows for each in digests.values())
        self.stdout.write(f"{options['file']}: {rows} rows of {len(digests)} tables")
