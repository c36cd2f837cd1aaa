"""Which areas exist. What routing needs is kept in this process for a few seconds."""

import time
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import F, Q
from django_tenants.utils import schema_context

from tenants.enums import AreaState
from tenants.models import Area


@dataclass(frozen=True)
class KnownArea:
    """What a request needs to know of its area; immutable, so threads may share it."""

    id: UUID
    code: str
    slug: str
    schema_name: str
    name_th: str
    name_en: str
    state: str
    cluster_label: str
    # Limits of its service plan, None where there is none: read from here, they cost no query.
    seats: int | None
    storage_bytes: int | None
    live_studies: int | None

    def get_tenant_type(self) -> None:
        """django-tenants asks; we have one type."""


_LIMITS = {name: F(f"service_plan__{name}") for name in ("seats", "storage_bytes", "live_studies")}
_KEPT = [name for name in KnownArea.__dataclass_fields__ if name not in _LIMITS]

_known: dict[tuple[str, str], tuple[float, KnownArea | None]] = {}
_MOST = 2_000  # unknown names are remembered too; a scan of names must not fill the memory


def area_by_slug(slug: str) -> KnownArea | None:
    """The area that has this sub-domain, or had it before it was renamed."""
    host = f"{slug}.{settings.BASE_DOMAIN}"
    return _lookup("slug", slug, Q(slug=slug) | Q(domains__domain=host))


def area_by_schema(schema_name: str) -> KnownArea | None:
    return _lookup("schema_name", schema_name, Q(schema_name=schema_name))


def forget_areas() -> None:
    """Look again at the next request (this process; the others within AREA_KEPT_SECONDS)."""
    _known.clear()


def active_schemas() -> list[str]:
    with schema_context("public"):
        return list(
            Area.objects.filter(state=AreaState.ACTIVE)
            .order_by("schema_name")
            .values_list("schema_name", flat=True)
        )


def schemas_with_table(table: str, schemas: list[str]) -> list[str]:
    """Those of these schemas that have it: one that is being set up, or was broken, may not."""
    with schema_context("public"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT schemaname FROM pg_tables WHERE tablename = %s AND schemaname = ANY(%s) "
            "ORDER BY 1",
            [table, schemas],
        )
        return [schema for (schema,) in cursor.fetchall()]


def _lookup(field: str, value: str, same: Q) -> KnownArea | None:
    key, now = (field, value), time.monotonic()
    found = _known.get(key)
    if found is not None and found[0] > now:
        return found[1]
    with schema_context("public"):
        there = Area.objects.exclude(state__in=[AreaState.PROVISIONING, AreaState.DELETED])
        row = there.filter(same).values(*_KEPT, **_LIMITS).first()
    area = KnownArea(**row) if row else None
    if len(_known) >= _MOST:
        _known.clear()
    keys = {key}  # which may be a name of before
    if area is not None:
        keys |= {("slug", area.slug), ("schema_name", area.schema_name)}
    _known.update(dict.fromkeys(keys, (now + settings.AREA_KEPT_SECONDS, area)))
    return area
