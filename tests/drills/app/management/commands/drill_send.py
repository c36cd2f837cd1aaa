"""`manage.py drill_send TASK`: send a task of the platform, as beat would."""

from typing import Any

from django.core.management import BaseCommand, CommandParser

from core.queue import enqueue


class Command(BaseCommand):
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("task")

    def handle(self, *_: Any, **options: Any) -> None:
        enqueue(options["task"])
