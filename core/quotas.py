"""How much an area may have of something: counted anew under a lock, so exact, races included.

A room registers what it counts (`@counts(Quota.STUDIES)`) and calls `take` before it writes. The
limits come from the room that knows the areas. See docs/decisions/0018.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, F, Func, QuerySet, Sum

from core.area import current_schema
from core.errors import QuotaExceededError
from core.text import BilingualChoices, Text


class Quota(BilingualChoices):
    """What an area's service plan limits."""

    USERS = "users", "Active accounts", "บัญชีที่ใช้งานอยู่"
    STORAGE = "storage", "Storage", "พื้นที่จัดเก็บ"
    STUDIES = "studies", "Studies that have not ended", "การศึกษาที่ยังไม่สิ้นสุด"


Limits = Mapping[str, int | None]  # by quota; one that is missing or None has no limit
Count = Callable[[], int]

_FREES = {
    Quota.USERS: Text("ปิดบัญชีที่ไม่ใช้แล้ว", "Close accounts that are no longer used"),
    Quota.STORAGE: Text(
        "รอให้ไฟล์เก่าหมดอายุ (ไฟล์ที่ระบบจัดทำ 7 วัน ไฟล์นำเข้า 30 วัน)",
        "Wait until old files are forgotten (made ones after 7 days, imports after 30)",
    ),
    Quota.STUDIES: Text("สรุปหรือยุติการศึกษาที่ค้างอยู่", "Conclude or abandon studies that are under way"),
}
_MEGABYTE = 1024 * 1024

_counts: dict[Quota, list[Count]] = defaultdict(list)
_limits: list[Callable[[], Limits]] = []


def counts(quota: Quota) -> Callable[[Count], Count]:
    """Register how much a room has of it in the present schema; what several count adds up."""

    def register(count: Count) -> Count:
        _counts[quota].append(count)
        return count

    return register


def limits_come_from(limits: Callable[[], Limits]) -> None:
    """Register who knows the limits of the present schema; it is asked often, so without query."""
    _limits[:] = [limits]


def used(quota: Quota) -> int:
    """How much of it the present schema has now."""
    return sum(count() for count in _counts[quota])


def limit(quota: Quota) -> int | None:
    """How much of it the present schema may have; None: as much as it likes."""
    return next((limits().get(quota) for limits in _limits), None)


def take(quota: Quota, amount: int | Count = 1) -> None:
    """Raise QuotaExceededError unless so much more fits; then write it in the same transaction.

    Until it ends, others who take of the same quota wait; nobody else does. So call it before
    locking rows that a taker may want, and before writing the journal. A function as `amount` is
    asked while nobody else can take.
    """
    most = limit(quota)
    if most is None:
        return
    with connection.cursor() as cursor:  # a statement of its own: the count sees what came before
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_lock_of(quota)])
    wanted = amount() if callable(amount) else amount
    if wanted <= 0:
        return
    present = used(quota)
    if present + wanted > most:
        raise quota_exceeded(quota, present, most)


def bytes_in(rows: QuerySet[Any], column: str) -> int:
    """The size of all values in a column of files or texts; PostgreSQL tells it without reading."""
    size = Func(F(column), function="octet_length", output_field=BigIntegerField())
    return rows.aggregate(total=Sum(size))["total"] or 0


def quota_exceeded(quota: Quota, present: int, most: int) -> QuotaExceededError:
    """The error that says what is used, what is allowed and what to do."""
    told = _in_megabytes if quota == Quota.STORAGE else "{:,}".format
    return QuotaExceededError(
        what=quota.text, used=told(present), allowed=told(most), free=_FREES[quota]
    )


def _in_megabytes(size: int) -> str:
    return f"{size / _MEGABYTE:,.1f} MB"


def _lock_of(quota: Quota) -> int:
    name = f"quota:{current_schema()}:{quota}".encode()
    return int.from_bytes(hashlib.sha256(name).digest()[:8], "big", signed=True)
