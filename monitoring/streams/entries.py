"""Journal entries as server-sent events: ids and names of fields, never what they held."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from core.api.renderers import dump_json
from core.journal.models import JournalEntry

PAGE = 500
_TOLD = ("number", "verb", "subject_kind", "subject_id", "school_id", "cluster_id", "fields", "at")


@dataclass(frozen=True, slots=True)
class Entry:
    """What decides who may hear it, and the bytes that all of them get."""

    number: int
    school_id: UUID | None
    cluster_id: UUID | None
    actor_id: UUID | None
    frame: bytes


def entries_after(number: int, most: int = PAGE) -> list[Entry]:
    """The present schema's next entries. Numbers follow commits, so none appears later below."""
    rows = JournalEntry.objects.filter(number__gt=number).order_by("number")
    return [_entry(row) for row in rows.values(*_TOLD, "actor_id")[:most]]


def greeting(number: int, *, retry: int, is_reset: bool) -> bytes:
    """Before all else: when to come back, and from where even if nothing is heard until then."""
    told = f"retry: {retry}\nid: {number}\n\n".encode()
    return told + _frame(number, "reset", {"number": number}) if is_reset else told


def heartbeat(number: int) -> bytes:
    """A comment, and an id without data: moves the listener on, but is no event."""
    return f": heartbeat\nid: {number}\n\n".encode()


def _entry(row: dict[str, Any]) -> Entry:
    actor_id = row.pop("actor_id")
    return Entry(
        number=row["number"],
        school_id=row["school_id"],
        cluster_id=row["cluster_id"],
        actor_id=actor_id,
        frame=_frame(row["number"], row["verb"], row),
    )


def _frame(number: int, event: str, data: dict[str, Any]) -> bytes:
    return b"id: %d\nevent: %s\ndata: %s\n\n" % (number, event.encode(), dump_json(data))
