"""Areas without people, and versions of the code that bring them something to migrate."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.test import override_settings
from django_tenants.utils import schema_context

from tenants import fleet, template
from tenants.enums import AreaKind
from tenants.models import Area
from tenants.provisioning import make_role_and_schema


def planned_area(slug: str, **fields: Any) -> Area:
    """An area's row; neither role nor schema."""
    usual = {
        "schema_name": f"a_{slug.replace('-', '_')}",
        "slug": slug,
        "code": slug,
        "name_th": f"เขต {slug}",
        "name_en": f"Area {slug}",
        "kind": AreaKind.PRIMARY,
        "province": "บุรีรัมย์",
    }
    with schema_context("public"):
        area = Area(**{**usual, **fields})
        area.name_anew()
        area.save()
        return area


def stock_area(slug: str) -> Area:
    """One whose tables Django's own executor makes, to hold ours against."""
    area = planned_area(slug)
    make_role_and_schema(area)
    call_command("migrate_schemas", schema_name=area.schema_name, verbosity=0)
    return area


@contextmanager
def later_version(migrations: str) -> Iterator[None]:
    """The code as it will be: an app that has no migrations has those of this module."""
    modules = {**settings.MIGRATION_MODULES, "monitoring": migrations}
    with override_settings(MIGRATION_MODULES=modules):
        _forget()
        yield
    _forget()


def _forget() -> None:
    for cached in (template._loader, template.template, template.migration_names):
        cached.cache_clear()
    fleet._ready.clear()
