"""Filters by django-filter; a query parameter that nobody asked for is an error, not a shrug."""

from typing import Any

from django.db.models import QuerySet
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.request import Request

from core.errors import FieldProblem, InvalidInputError
from core.text import Text

OF_LISTS = frozenset({"limit", "cursor", "count", "fields"})
_UNKNOWN = Text("ไม่มีพารามิเตอร์นี้", "There is no such parameter.")


class FilterBackend(DjangoFilterBackend):
    """No filter is ever required: without one, no form is drawn up."""

    def filter_queryset(
        self, request: Request, queryset: QuerySet[Any], view: Any
    ) -> QuerySet[Any]:
        if request.query_params.keys() <= OF_LISTS:
            return queryset
        filtered: QuerySet[Any] = super().filter_queryset(request, queryset, view)
        return filtered


def refuse_unknown_parameters(request: Request, view: Any) -> None:
    """Raise InvalidInputError for each parameter of the address that the operation does not take.

    Those that it reads beyond lists and filters are named in `view.query_parameters`.
    """
    if not request.query_params:
        return
    unknown = request.query_params.keys() - _known(request, view)
    if unknown:
        raise InvalidInputError(
            errors=[
                FieldProblem(f"/{name}", "unknown_parameter", _UNKNOWN) for name in sorted(unknown)
            ]
        )


def _known(request: Request, view: Any) -> set[str]:
    if request.method not in ("GET", "HEAD"):
        return set()
    known = set(view.query_parameters)
    if view.action == "list" and view.pagination_class is not None:
        known |= OF_LISTS
        known |= view.filterset_class.base_filters.keys() if view.filterset_class else set()
    return known
