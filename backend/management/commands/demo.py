"""`manage.py demo`: fill a running KruNet with the demonstration, over its public HTTP API."""

import os
from typing import Any

import httpx
from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser

from backend.demo.spreadsheets import STAFF_OF_A_SCHOOL
from backend.demo.story import TEACHERS, tell
from backend.demo.visitor import DemoError


class Command(BaseCommand):
    help = "Tell the demonstration's story over HTTP; run again, it goes on where it stopped"

    def add_arguments(self, parser: CommandParser) -> None:
        port = os.environ.get("PORT", "8000")
        parser.add_argument("--address", default=f"http://127.0.0.1:{port}")
        parser.add_argument(
            "--teachers",
            type=int,
            default=TEACHERS,
            help=f"at least {STAFF_OF_A_SCHOOL}; ten for each school in turn (%(default)s)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["teachers"] < STAFF_OF_A_SCHOOL:
            raise CommandError(f"--teachers must be at least {STAFF_OF_A_SCHOOL}.")
        password = os.environ.get("OPERATOR_PASSWORD", "")
        try:
            tell(
                options["address"],
                settings.BASE_DOMAIN,
                password,
                teachers=options["teachers"],
            )
        except DemoError as error:
            raise CommandError(str(error)) from None
        except httpx.TransportError as error:
            raise CommandError(f"{options['address']} does not answer: {error}") from None
