"""KruNet's database for the benchmarks, and areas in it."""

from functools import cache

from django.conf import settings
from django.core.management import call_command

from tenants.enums import AreaState
from tenants.models import Area
from tenants.provisioning import provision
from tests.areas import planned_area
from tests.benchmarks.databases import create_anew


@cache
def platform() -> None:
    """KruNet's own database with its public schema; once a run."""
    create_anew(settings.DATABASES["default"])
    call_command("migrate_schemas", shared=True, verbosity=0)


def make_area(slug: str) -> Area:
    """An active area without people."""
    platform()
    area = planned_area(slug, state=AreaState.ACTIVE)
    provision(area)
    return area
