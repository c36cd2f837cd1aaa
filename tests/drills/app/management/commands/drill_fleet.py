"""`manage.py drill_fleet 49`: so many areas without people; `drill_fleet 0` removes them."""

from typing import Any

from django.core.management import BaseCommand, CommandParser

from tenants.enums import AreaState
from tenants.models import Area
from tenants.provisioning import provision, remove
from tests.areas import planned_area

FLEET = "fleet"


class Command(BaseCommand):
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("count", type=int)

    def handle(self, *args: Any, count: int, **options: Any) -> None:
        for area in Area.objects.filter(code__startswith=FLEET):
            remove(area)
            area.delete()
        for number in range(count):
            provision(planned_area(f"{FLEET}{number:03d}", state=AreaState.ACTIVE))
