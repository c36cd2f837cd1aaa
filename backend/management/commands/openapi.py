"""`manage.py openapi`: write the two OpenAPI documents, or with --check see that they are fresh."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser
from drf_spectacular.drainage import GENERATOR_STATS

from backend.documentation import as_yaml

FILES = {"area.yaml": "backend.urls_area", "platform.yaml": "backend.urls_platform"}


class Command(BaseCommand):
    help = "Write docs/openapi/{area,platform}.yaml"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="fail if a file is out of date")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.BASE_DIR) / "docs" / "openapi"
        for name, urlconf in FILES.items():
            made = as_yaml(urlconf)
            if GENERATOR_STATS:
                raise CommandError(f"{name}: the generator has something to say, see above.")
            if not options["check"]:
                (folder / name).write_bytes(made)
            elif (folder / name).read_bytes() != made:
                raise CommandError(f"docs/openapi/{name} is out of date: run `make docs`.")
