"""`POST /<things>:batch`: up to 100 items at once, each judged by itself, results in their order.

A room says how one item reads (`item_serializer_class`, which asks for an `id`) and writes the good
ones in bulk (`write`). Whatever is wrong with an item is told in its place, as it would have been
answered alone, and stops no other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from core.api.problems import field_problems, problem
from core.api.serializers import Serializer
from core.api.views import ApiViewSet, M
from core.errors import DomainError, InvalidInputError

MOST_ITEMS = 100
R = TypeVar("R")


@dataclass(frozen=True)
class Outcome(Generic[R]):
    """What became of one item: written, there already, or refused with an error.

    Refused because the server's says something else: `resource` is what it says, if it may be told.
    """

    resource: R | None
    is_new: bool = False
    error: DomainError | None = None


class BatchViewSet(ApiViewSet[M]):
    """Register as `api.add("activity-logs:batch", …)`; the operation is `create`."""

    item_serializer_class: ClassVar[type[BaseSerializer[Any]]]
    shown_serializer_class: ClassVar[type[BaseSerializer[Any]]]

    def write(self, drafts: Sequence[dict[str, Any]]) -> Sequence[Outcome[Any]]:
        """Write what is right of the well-shaped items; an outcome for each, in their order."""
        raise NotImplementedError

    def create(self, request: Request, **_: Any) -> Response:
        items = self.validated(_RawBatchSerializer)["items"]
        drafts, refused = self._read(items)
        outcomes = iter(self.write(drafts))
        return Response({"results": list(self._told(items, refused, outcomes))})

    def _read(
        self, items: Sequence[dict[str, Any]]
    ) -> tuple[list[dict[str, Any]], dict[int, DomainError]]:
        """Items of the right shape, and by their place what is wrong with the others."""
        shape = self.item_serializer_class(context=self.get_serializer_context())
        drafts: list[dict[str, Any]] = []
        refused: dict[int, DomainError] = {}
        for index, item in enumerate(items):
            try:
                drafts.append(dict(shape.run_validation(item)))
            except serializers.ValidationError as error:
                refused[index] = InvalidInputError(errors=field_problems(error))
        return drafts, refused

    def _told(
        self,
        items: Sequence[dict[str, Any]],
        refused: dict[int, DomainError],
        outcomes: Iterator[Outcome[Any]],
    ) -> Iterator[dict[str, Any]]:
        show = self.shown_serializer_class(context=self.get_serializer_context()).to_representation
        for index, item in enumerate(items):
            outcome = (
                Outcome[Any](None, error=refused[index]) if index in refused else next(outcomes)
            )
            error = outcome.error
            yield {
                "id": _readable_id(item),
                "status": error.status if error else 201 if outcome.is_new else 200,
                "resource": None if outcome.resource is None else show(outcome.resource),
                "problem": problem(error) if error else None,
            }


def batch_of(item: type[BaseSerializer[Any]]) -> type[Serializer]:
    """The request in the document: `{items: […]}`."""
    items = serializers.ListField(child=item(), min_length=1, max_length=MOST_ITEMS)
    return type(f"{_name(item)}sSerializer", (Serializer,), {"items": items})


def results_of(shown: type[BaseSerializer[Any]]) -> type[Serializer]:
    """The answer in the document: `{results: […]}`, one for each item, in their order."""
    resource = shown(allow_null=True, help_text="as it stands on the server, also beside a 409")
    result = type(f"{_name(shown)}ResultSerializer", (_ResultSerializer,), {"resource": resource})
    results = result(many=True, help_text="one for each item, in their order")
    return type(f"{_name(shown)}ResultsSerializer", (Serializer,), {"results": results})


def _name(serializer: type[BaseSerializer[Any]]) -> str:
    return serializer.__name__.removesuffix("Serializer")


# Items are read one by one, so that one bad one stops no other.
class _RawBatchSerializer(Serializer):
    items = serializers.ListField(
        child=serializers.DictField(), min_length=1, max_length=MOST_ITEMS
    )


@extend_schema_field({"$ref": "#/components/schemas/Problem"})
class _ProblemField(serializers.JSONField):
    pass


class _ResultSerializer(Serializer):
    id = serializers.UUIDField(allow_null=True, help_text="of the item; null if it had none")
    status = serializers.IntegerField(
        min_value=200,
        help_text="201 written, 200 there already or kept, 400 wrong, 409 there with other content",
    )
    problem = _ProblemField(allow_null=True, help_text="as it would have been answered alone")


def _readable_id(item: dict[str, Any]) -> str | None:
    field, given = serializers.UUIDField(), item.get("id")
    try:
        return str(field.run_validation(given)) if isinstance(given, str) else None
    except serializers.ValidationError:
        return None
