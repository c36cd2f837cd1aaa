"""The limits of the present area, for core.quotas; the platform's own schema has none."""

from core.area import current_schema
from core.quotas import Limits, Quota, limits_come_from
from tenants.directory import area_by_schema
from tenants.postgresql.base import PUBLIC


@limits_come_from
def limits_here() -> Limits:
    schema = current_schema()
    area = None if schema == PUBLIC else area_by_schema(schema)
    if area is None:  # the platform, or an area that is still being set up
        return {}
    return {
        Quota.USERS: area.seats,
        Quota.STORAGE: area.storage_bytes,
        Quota.STUDIES: area.live_studies,
    }
