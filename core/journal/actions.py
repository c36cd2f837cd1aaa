"""Writing the journal. Call `record` last in an action's transaction: it holds the head row."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Model
from django.utils import timezone
from psycopg.types.json import Jsonb

from core.actor import Actor
from core.api.renderers import dump_json
from core.bulk import copy_rows
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

_RESERVE = """
INSERT INTO journal_journalhead AS h (id, number) VALUES (1, %s)
ON CONFLICT (id) DO UPDATE SET number = h.number + excluded.number RETURNING number
"""
_OF_EVENT = ("verb", "subject_kind", "subject_id", "school_id", "cluster_id")
_LONGEST_TRANSACTION = timedelta(hours=1)
_WORTH_COPYING = 50  # entries, from which on COPY is faster than one statement


class Subject(NamedTuple):
    """What an entry is about, where there is no object at hand."""

    kind: str  # the model's name
    id: UUID


@dataclass(frozen=True)
class Event:
    """One thing to record. `changes` maps a field to (before, after) or to its new value."""

    verb: str
    subject: Model | Subject
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
    """Append entries with consecutive numbers."""
    if not events:
        return
    if not connection.in_atomic_block:
        raise RuntimeError("The journal is written in the transaction of the action it tells of")
    if len(events) > _WORTH_COPYING:
        _copy(events, actor)
        return
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


def without_texts(changes: Mapping[str, Any], *texts: str) -> dict[str, Any]:
    """The changes, these fields by name alone: what people wrote must stay erasable."""
    return {name: None if name in texts else value for name, value in changes.items()}


def _copy(events: Sequence[Event], actor: Actor) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_RESERVE, [len(events)])
        (last,) = cursor.fetchone()
    usual = (str(actor.kind), actor.id and str(actor.id), request_id(), timezone.now().isoformat())
    rows = (
        (
            *(number, *usual, event.verb, *_named(event.subject), event.school_id),
            *(event.cluster_id, _json(list(event.changes)), _json(dict(event.changes))),
        )
        for number, event in enumerate(events, start=last - len(events) + 1)
    )
    names = ("number", "actor_kind", "actor_id", "request_id", "at", *_OF_EVENT)
    copy_rows(JournalEntry, [*names, "fields", "values"], rows)


def _json(value: object) -> str:
    return dump_json(value).decode()


def _rows(events: Iterable[Event]) -> Iterable[dict[str, Any]]:
    for place, event in enumerate(events, start=1):
        kind, pk = _named(event.subject)
        yield {
            "place": place,
            "verb": event.verb,
            "subject_kind": kind,
            "subject_id": pk,
            "school_id": event.school_id,
            "cluster_id": event.cluster_id,
            "fields": list(event.changes),
            "values": dict(event.changes),
        }


def _named(subject: Model | Subject) -> tuple[str | None, UUID | None]:
    if isinstance(subject, Subject):
        return subject
    return subject._meta.model_name, subject.pk if isinstance(subject.pk, UUID) else None


def number_before(moment: datetime) -> int:
    """A number such that all entries of this moment and later have higher ones.

    Found by halving, since numbers follow the order of commits, which is that of times but for
    transactions under way together; there is no index of times.
    """
    low, high, wanted = 0, last_number(), moment - _LONGEST_TRANSACTION
    while low < high:
        middle = (low + high + 1) // 2
        at = JournalEntry.objects.filter(number=middle).values_list("at", flat=True).first()
        low, high = (middle, high) if at is not None and at < wanted else (low, middle - 1)
    return low


def last_number() -> int:
    """The number of the newest entry of this schema."""
    newest = JournalEntry.objects.order_by("-number").values_list("number", flat=True).first()
    return newest or 0
