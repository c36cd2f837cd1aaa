"""Writing the journal. Call `record` last in an action's transaction: it holds the head row."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model
from django.utils import timezone
from psycopg.types.json import Jsonb

from core.actor import Actor
from core.api.renderers import dump_json
from core.journal.models import JournalEntry
from core.logs import request_id

_INSERT = """
WITH head AS (
    INSERT INTO journal_journalhead AS h (id, number) VALUES (1, %(count)s)
    ON CONFLICT (id) DO UPDATE SET number = h.number + excluded.number RETURNING number
), given AS (
    SELECT * FROM jsonb_to_recordset(%(entries)s) AS e(
        place int, verb text, subject_kind text, subject_id uuid, school_id uuid,
        cluster_id uuid, fields jsonb, "values" jsonb)
)
INSERT INTO journal_journalentry (number, verb, subject_kind, subject_id, actor_kind, actor_id,
    school_id, cluster_id, fields, "values", request_id, at)
SELECT head.number - %(count)s + given.place, given.verb, given.subject_kind, given.subject_id,
    %(actor_kind)s, %(actor_id)s, given.school_id, given.cluster_id, given.fields, given."values",
    %(request_id)s, %(at)s
FROM head, given
"""


@dataclass(frozen=True)
class Event:
    """One thing to record. `changes` maps a field to (before, after) or to its new value."""

    verb: str
    subject: Model
    school_id: UUID | None = None
    cluster_id: UUID | None = None
    changes: Mapping[str, Any] = field(default_factory=dict)


def record(
    verb: str,
    subject: Model,
    *,
    actor: Actor,
    school_id: UUID | None = None,
    cluster_id: UUID | None = None,
    changes: Mapping[str, Any] | None = None,
) -> None:
    """Append one entry: `record("consensus.round.closed", round_, actor=actor)`."""
    record_many([Event(verb, subject, school_id, cluster_id, changes or {})], actor=actor)


def record_many(events: Sequence[Event], *, actor: Actor) -> None:
    """Append entries with consecutive numbers, in one statement."""
    if not events:
        return
    if not connection.in_atomic_block:
        raise RuntimeError("The journal is written in the transaction of the action it tells of")
    parameters: dict[str, Any] = {
        "count": len(events),
        "entries": Jsonb(list(_rows(events)), dumps=dump_json),
        "actor_kind": str(actor.kind),
        "actor_id": actor.id,
        "request_id": request_id(),
        "at": timezone.now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, parameters)


def _rows(events: Iterable[Event]) -> Iterable[dict[str, Any]]:
    for place, event in enumerate(events, start=1):
        yield {
            "place": place,
            "verb": event.verb,
            "subject_kind": event.subject._meta.model_name,
            "subject_id": event.subject.pk if isinstance(event.subject.pk, UUID) else None,
            "school_id": event.school_id,
            "cluster_id": event.cluster_id,
            "fields": list(event.changes),
            "values": dict(event.changes),
        }


def last_number() -> int:
    """The number of the newest entry of this schema."""
    newest = JournalEntry.objects.order_by("-number").values_list("number", flat=True).first()
    return newest or 0
