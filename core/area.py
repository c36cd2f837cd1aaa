"""Which schema is current, for the ground floor, which knows no areas."""

from typing import Any, cast

from django.db import connection


def current_schema() -> str:
    """The schema that this thread's queries go to: `public` or an area's."""
    return str(cast("Any", connection).schema_name)
