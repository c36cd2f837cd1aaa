"""Which schema is current, for the ground floor, which knows no areas."""

from typing import Any, cast

from django.db import connection


def current_schema() -> str:
    """The schema that this thread's queries go to: `public` or an area's."""
    return str(cast("Any", connection).schema_name)


def in_area() -> bool:
    """False on the platform."""
    return current_schema() != "public"


def area_memory() -> dict[str, Any]:
    """What this thread has looked up of the present area, until it turns to another or anew."""
    return cast("dict[str, Any]", cast("Any", connection).area_memory)
