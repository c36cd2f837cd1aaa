"""Spans of dates in two columns: the first day, and the last one or null while it goes on."""

from datetime import date

from django.contrib.postgres.fields import DateRangeField
from django.db.models import F, Func, OuterRef, Q, Value


def holds_on(day: date | OuterRef, first: str, last: str) -> Q:
    """Rows whose span covers this day; both of its ends belong to it."""
    not_over = Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": day})
    return not_over & Q(**{f"{first}__lte": day})


def date_span(first: str, last: str, bounds: str = "[]") -> Func:
    """The two columns as one range, for constraints that forbid an overlap."""
    return Func(
        F(first), F(last), Value(bounds), function="daterange", output_field=DateRangeField()
    )
