"""`manage.py restore_area FILE`: an area of a backup, made anew."""

import zipfile
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from core.addresses import area_url
from tenants.backup import BackupError
from tenants.restoring import restore_backup


class Command(BaseCommand):
    help = (
        "Makes the area of a backup anew, in a fresh schema; killed, it starts over when run again"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--slug", default="", help="another sub-domain: a copy to rehearse with"
        )
        parser.add_argument("--code", default="", help="another code, for a copy beside the area")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            area = restore_backup(options["file"], slug=options["slug"], code=options["code"])
        except (BackupError, OSError, zipfile.BadZipFile) as error:
            raise CommandError(f"Nothing was restored: {error}") from error
        self.stdout.write(f"{area.name_en} is back at {area_url(area.slug)}, {area.state}")
