"""Areas whose tables Django's own executor makes, to hold ours against."""

from django.core.management import call_command

from tenants.enums import AreaKind
from tenants.models import Area
from tenants.provisioning import make_role_and_schema


def planned_area(code: str) -> Area:
    """An area's row, without role and schema."""
    return Area.objects.create(
        code=code, slug=f"made-{code}", schema_name=f"a_made_{code}", name_th=code, name_en=code,
        kind=AreaKind.PRIMARY, province="-",
    )  # fmt: skip


def stock_area() -> Area:
    area = planned_area("stock")
    make_role_and_schema(area)
    call_command("migrate_schemas", schema_name=area.schema_name, verbosity=0)
    return area
