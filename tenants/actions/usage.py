"""Counting what an area has used: every night, the month in which yesterday was."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django_tenants.utils import schema_context

from core.area import current_schema
from core.quotas import Quota, used
from tenants.figures import figures_between
from tenants.models import Area, AreaUsage
from tenants.postgresql.base import PUBLIC

_DAY = timedelta(days=1)


def count_usage() -> list[AreaUsage]:
    """Write down the present area's months that are not final, up to yesterday.

    What stands at a moment (accounts, bytes, studies) is as it is now; in a month that ended
    without being counted to its end, as it was last seen. What happened is counted by its time.
    """
    schema, yesterday = current_schema(), timezone.localdate() - _DAY
    with schema_context(PUBLIC):
        area = Area.objects.get(schema_name=schema)
        latest = area.usage.order_by("-month").first()
    standing = {
        "active_users": used(Quota.USERS),
        "storage_bytes": used(Quota.STORAGE),
        "live_studies": used(Quota.STUDIES),
    }
    return [
        _write(area, month, until, standing, is_late=until < yesterday)
        for month, until in _months_to_count(latest, yesterday)
    ]


def _months_to_count(latest: AreaUsage | None, yesterday: date) -> Iterator[tuple[date, date]]:
    """First day, and last day to count: of an earlier month that is not final, and of this one."""
    this = yesterday.replace(day=1)
    if latest is not None and latest.month < this and not _is_final(latest):
        yield latest.month, _last_day(latest.month)
    yield this, yesterday


def _write(
    area: Area, month: date, until: date, standing: dict[str, int], *, is_late: bool
) -> AreaUsage:
    """In a transaction of the platform's own. Twice, or late, changes nothing that was right."""
    happened = figures_between(_midnight(month), _midnight(until + _DAY))
    with schema_context(PUBLIC), transaction.atomic():
        area.locked()  # two counts of one area take turns
        row = AreaUsage.objects.filter(area=area, month=month).first()
        if row is not None and (_is_final(row) or row.counted_until > until):
            return row
        kept = {} if row is not None and is_late else standing
        values = {"counted_until": until, **kept, **happened}
        return AreaUsage.objects.update_or_create(area=area, month=month, defaults=values)[0]


def _is_final(row: AreaUsage) -> bool:
    return row.counted_until == _last_day(row.month)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _last_day(month: date) -> date:
    return (month + 31 * _DAY).replace(day=1) - _DAY
