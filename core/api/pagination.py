"""Lists: `{items, next_cursor}`, no offsets, no counts unless asked for."""

import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.core import signing
from django.db.models import Model, Q, QuerySet
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response

from core.area import current_schema
from core.errors import InvalidInputError, invalid

DEFAULT_LIMIT = 50
MAX_LIMIT = 200


class CursorPagination(BasePagination):
    """Keyset pages over `view.ordering`: fields of one direction, no nulls, the last one unique.

    A cursor is signed for one area and one path, so that it means nothing elsewhere.
    """

    def paginate_queryset(  # type: ignore[override]
        self, queryset: QuerySet[Any], request: Request, view: Any = None
    ) -> list[Any]:
        ordering: tuple[str, ...] = view.ordering
        fields = [name.lstrip("-") for name in ordering]
        limit = _limit(request)
        counted = queryset.count() if _is_counted(request) else None
        page = queryset.order_by(*ordering)
        cursor = request.query_params.get("cursor")
        if cursor:
            page = page.filter(_beyond(ordering, _read(cursor, request, len(fields))))
        rows = list(page[: limit + 1])
        self.next_cursor = (
            _sign([_position(rows[limit - 1], name) for name in fields], request)
            if len(rows) > limit
            else None
        )
        self.count = counted
        return rows[:limit]

    def get_paginated_response(self, data: Any) -> Response:
        body = {"items": data, "next_cursor": self.next_cursor}
        if self.count is not None:
            body["count"] = self.count
        return Response(body)

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": "object",
            "required": ["items", "next_cursor"],
            "properties": {
                "items": schema,
                "next_cursor": {"type": ["string", "null"]},
                "count": {"type": "integer", "description": "only with ?count=true"},
            },
        }

    def get_schema_operation_parameters(self, _view: Any) -> list[dict[str, Any]]:
        return [
            _parameter(
                "limit", {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT}, "page size"
            ),
            _parameter("cursor", {"type": "string"}, "`next_cursor` of the page before"),
            _parameter("count", {"type": "boolean"}, "also count all items"),
            _parameter("fields", {"type": "string"}, "comma-separated names: only these fields"),
        ]


def _parameter(name: str, schema: dict[str, Any], description: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema, "description": description}


def _limit(request: Request) -> int:
    given = request.query_params.get("limit", str(DEFAULT_LIMIT))
    if not (given.isascii() and given.isdigit() and 1 <= int(given[:4]) <= MAX_LIMIT):
        raise invalid("/limit", "out_of_range", "ต้องเป็นเลข 1 ถึง 200", "Must be 1 to 200.")
    return int(given)


def _is_counted(request: Request) -> bool:
    given = request.query_params.get("count", "false")
    if given not in ("true", "false"):
        raise invalid("/count", "wrong_type", "ต้องเป็น true หรือ false", "Must be true or false.")
    return given == "true"


def _position(row: Model | dict[str, Any], name: str) -> str:
    value = row[name] if isinstance(row, dict) else _attribute(row, name)
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def _attribute(row: Any, path: str) -> Any:
    return reduce(getattr, path.split("__"), row)


def _beyond(ordering: tuple[str, ...], position: list[str]) -> Q:
    """(a, b) beyond (x, y)  =  a beyond x, or a = x and b beyond y."""
    alternatives = []
    for index, name in enumerate(ordering):
        lookup = "lt" if name.startswith("-") else "gt"
        same = {ordering[i].lstrip("-"): position[i] for i in range(index)}
        alternatives.append(Q(**same, **{f"{name.lstrip('-')}__{lookup}": position[index]}))
    return reduce(or_, alternatives)


def _signer(request: Request) -> signing.Signer:
    """Without the time: the same page has the same cursor, hence the same ETag."""
    return signing.Signer(salt=f"cursor:{current_schema()}:{request.path}")


def _sign(position: list[str], request: Request) -> str:
    return _signer(request).sign_object(position)


def _read(cursor: str, request: Request, length: int) -> list[str]:
    try:
        position = _signer(request).unsign_object(cursor)
    except signing.BadSignature:
        raise _bad_cursor() from None
    if not isinstance(position, list) or len(position) != length:
        raise _bad_cursor()
    return position


def _bad_cursor() -> InvalidInputError:
    return invalid(
        "/cursor",
        "invalid_cursor",
        "กรุณาเริ่มอ่านรายการใหม่โดยไม่ส่ง cursor",
        "Start the list again without a cursor.",
    )
