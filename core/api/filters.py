"""Filters by django-filter; a query parameter that nobody asked for is an error, not a shrug."""

from typing import Any

from django.db.models import QuerySet
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.request import Request

from core.errors import FieldProblem, InvalidInputError
from core.text import Text

_ALWAYS = {"limit", "cursor", "count", "fields", "display"}
_UNKNOWN = Text("ไม่มีตัวกรองนี้", "There is no such parameter.")


class StrictFilterBackend(DjangoFilterBackend):
    """No filter is ever required: without one, no form is drawn up."""

    def filter_queryset(
        self, request: Request, queryset: QuerySet[Any], view: Any
    ) -> QuerySet[Any]:
        given = [name for name in request.query_params if name not in _ALWAYS]
        if not given:
            return queryset
        filterset_class = self.get_filterset_class(view, queryset)
        known = set(filterset_class.base_filters if filterset_class else ())
        unknown = [name for name in given if name not in known]
        if unknown:
            raise InvalidInputError(
                errors=[FieldProblem(f"/{name}", "unknown_parameter", _UNKNOWN) for name in unknown]
            )
        filtered: QuerySet[Any] = super().filter_queryset(request, queryset, view)
        return filtered
