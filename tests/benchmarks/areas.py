"""KruNet's database for the benchmarks, and areas in it."""

from functools import cache

from django.conf import settings
from django.core.management import call_command
from django_tenants.utils import schema_context

from tenants.enums import AreaKind, AreaState
from tenants.models import Area
from tenants.provisioning import provision
from tests.benchmarks.databases import create_anew


@cache
def platform() -> None:
    """KruNet's own database with its public schema; once a run."""
    create_anew(settings.DATABASES["default"])
    call_command("migrate_schemas", shared=True, verbosity=0)


def make_area(slug: str) -> Area:
    """An active area without people."""
    platform()
    with schema_context("public"):
        area = Area.objects.create(
            schema_name=f"a_{slug}",
            slug=slug,
            code=slug,
            name_th=f"เขต {slug}",
            name_en=f"Area {slug}",
            kind=AreaKind.PRIMARY,
            province="บุรีรัมย์",
            state=AreaState.ACTIVE,
        )
        provision(area)
    return area
