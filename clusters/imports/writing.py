"""Writing many rows at once: what is new or differs, and a journal entry for each."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from core.actor import Actor
from core.bulk import among, insert_rows, update_rows
from core.ids import new_id
from core.imports.kinds import Row
from core.journal import actions as journal
from core.journal.actions import Event, Subject
from core.models import Resource
from core.thai import sort_key


def write_rows(
    model: type[Resource], rows: Sequence[Row], *, key: str, verb: str, actor: Actor
) -> Mapping[str, int]:
    """Make or change one thing for each row; values that a row does not give stay as they are.

    `key` is the unique column by which things are known again. Answers with counts.
    """
    columns = sorted({name for row in rows for name in row})
    known = _locked(model, rows, key, columns)
    made: list[Row] = []
    changed: list[Row] = []
    events: list[Event] = []
    for row in rows:
        before = known.get(row[key])
        if before is None:
            made.append({"id": new_id(), "sort_key": sort_key(row["name_th"]), **row})
            events.append(_event(f"{verb}.created", model, made[-1], row))
            continue
        changes = {
            name: [before[name], value] for name, value in row.items() if before[name] != value
        }
        if changes:
            changed.append({**before, **row, "sort_key": sort_key(row["name_th"])})
            events.append(_event(f"{verb}.updated", model, changed[-1], changes))
    insert_rows(model, made)
    update_rows(model, changed)
    journal.record_many(events, actor=actor)
    told = {"created": len(made), "updated": len(changed)}
    return {**told, "unchanged": len(rows) - len(events)}


def _locked(
    model: type[Resource], rows: Sequence[Row], key: str, columns: Sequence[str]
) -> dict[str, Row]:
    """Locked until the transaction ends, so that what is compared is what is changed."""
    wanted = {f"{key}__in": among(row[key] for row in rows)}
    things = model._default_manager.select_for_update().filter(**wanted)
    return {thing[key]: dict(thing) for thing in things.values("id", *columns)}


def _event(verb: str, model: type[Resource], row: Row, changes: Mapping[str, Any]) -> Event:
    school_id: UUID = row["school_id"] if "school_id" in row else row["id"]
    return Event(verb, Subject(model.__name__.lower(), row["id"]), school_id, changes=changes)
