from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from core.models import Resource
from core.thai import sort_key


def put(row: Resource, values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Save the values that differ; each changed field with its value before and after.

    A new `name_th` brings the `sort_key` that belongs to it.
    """
    changes = {
        name: [getattr(row, name), value]
        for name, value in values.items()
        if getattr(row, name) != value
    }
    derived = {"sort_key": sort_key(values["name_th"])} if "name_th" in changes else {}
    for name, value in {**values, **derived}.items():
        setattr(row, name, value)
    if changes:
        row.save_changes(*changes, *derived)
    return changes


def is_taken(rows: QuerySet[Any], but: UUID | None) -> bool:
    """True if one of these rows is another than the one that is being changed."""
    return (rows if but is None else rows.exclude(pk=but)).exists()
