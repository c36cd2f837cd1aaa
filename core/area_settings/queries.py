"""What an area's settings say on a day.

All versions are few, so they are read by one query, once for a request or a task that asks at all.
"""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from core.area import area_memory, in_area
from core.area_settings.kinds import D, SettingKind
from core.area_settings.models import SettingVersion

_REMEMBERED = "settings"
_CHANGED = "settings_changed"
Versions = dict[str, list[SettingVersion]]  # by kind, in their order


def setting_on(kind: SettingKind[D], day: date | None = None) -> D:
    """What holds on this day, today if none is named. On the platform, the default."""
    return document_of(kind, in_force(versions_of(kind), day or timezone.localdate()))


def versions_of(kind: SettingKind[D]) -> list[SettingVersion]:
    """In their order; those that are still to begin are the last ones."""
    return _all_versions().get(kind.code, [])


def in_force(versions: Iterable[SettingVersion], day: date) -> SettingVersion | None:
    """The last one that has begun; None: the default."""
    return max(
        (each for each in versions if each.valid_from <= day),
        key=lambda each: each.number,
        default=None,
    )


def document_of(kind: SettingKind[D], version: SettingVersion | None) -> D:
    return kind.document() if version is None else kind.document.from_document(version.document)


def _all_versions() -> Versions:
    memory = area_memory()
    known: Versions | None = memory.get(_REMEMBERED)
    if known is None:
        known = _read() if in_area() else {}
        if _CHANGED not in memory:
            memory[_REMEMBERED] = known
    return known


def _read() -> Versions:
    found: Versions = {}
    for version in SettingVersion.objects.order_by("number"):
        found.setdefault(version.kind, []).append(version)
    return found


def forget_settings() -> None:
    """After a change: from now on each question is a query, since the change may be undone."""
    memory = area_memory()
    memory.pop(_REMEMBERED, None)
    memory[_CHANGED] = True
