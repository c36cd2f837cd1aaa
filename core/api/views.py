"""The base of every endpoint: rule, ETag, idempotency, one way to answer."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django_filters import FilterSet
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.viewsets import GenericViewSet

from core.access import Rule
from core.actor import ANONYMOUS, Actor
from core.api import idempotency
from core.api.filters import refuse_unknown_parameters
from core.errors import DomainError, StaleVersionError, invalid
from core.text import Text

M = TypeVar("M", bound=Model)

_LONGEST_TOLD = 100  # characters of what someone sent that is repeated to them
_UNSAFE_WITH_VERSION = {"PUT", "PATCH", "DELETE"}


class PreconditionRequiredError(DomainError):
    code = "precondition_required"
    status = 428
    title = Text("ต้องระบุรุ่นของข้อมูล", "If-Match is needed")
    detail = Text(
        "กรุณาส่ง If-Match เป็น ETag ของข้อมูลที่อ่านล่าสุด",
        "Send If-Match with the ETag of the state that you read.",
    )


class ApiViewSet(GenericViewSet, Generic[M]):  # type: ignore[type-arg]
    """A viewset whose every action has a rule, and answers that carry an ETag.

    `rules`     action → who may; a missing one denies.
    `problems`  action → the errors it can raise beyond the shared ones; they are documented.
    `public`    True: the action needs no sign-in (the rule still decides).
    `withheld`  actions that no operator of the platform may do, grant or not: their answer
                holds a secret, or everything at once.
    `versioned` False: the resource never changes, so that no If-Match is asked for.
    """

    rules: ClassVar[Mapping[str, Rule]] = {}
    problems: ClassVar[Mapping[str, Sequence[type[DomainError]]]] = {}
    http_method_names = ["get", "post", "put", "patch", "delete", "head"]
    public: ClassVar[bool] = False
    withheld: ClassVar[frozenset[str]] = frozenset()
    versioned: ClassVar[bool] = True
    query_parameters: ClassVar[frozenset[str]] = frozenset()  # beyond those of lists and filters
    filterset_class: ClassVar[type[FilterSet] | None] = None
    idempotent: ClassVar[bool] = True  # False where an answer holds a secret not to be kept
    ordering: ClassVar[tuple[str, ...]] = ("id",)
    lookup_value_converter = "uuid"

    @property
    def actor(self) -> Actor:
        credential: Any = self.request.auth
        actor: Actor = credential.actor if credential is not None else ANONYMOUS
        return actor

    def rule(self) -> Rule | None:
        return self.rules.get(self.action) if self.action else None

    def has_object(self) -> bool:
        """True if the address names one resource, whose rule is asked when it is fetched."""
        # `detail` is also known while the document is drawn up, when there is no address yet.
        return bool(self.detail) or (self.lookup_url_kwarg or self.lookup_field) in self.kwargs

    def check_right(self) -> None:
        """Raise unless the person may do this here: asked before an answer is given once more.

        Things that are made below a parent, or that an action takes away, ask it of the parent.
        """
        if self.has_object():
            self.get_object()

    def validated(
        self, serializer_class: type[BaseSerializer[Any]] | None = None, *, partial: bool = False
    ) -> dict[str, Any]:
        """The body, checked for shape by the action's serializer."""
        chosen = serializer_class or self.get_serializer_class()
        serializer = chosen(
            data=self.request.data, partial=partial, context=self.get_serializer_context()
        )
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def get_object(self) -> M:
        obj: M = super().get_object()
        if self.versioned and self.request.method in _UNSAFE_WITH_VERSION:
            self._check_if_match(obj)
        return obj

    def _check_if_match(self, obj: M) -> None:
        wanted = self.request.headers.get("If-Match")
        if wanted is None:
            raise PreconditionRequiredError
        if wanted.removeprefix("W/") not in ("*", etag(obj)):
            raise StaleVersionError

    def answer(
        self,
        obj: Any,
        *,
        status: int = 200,
        serializer_class: type[BaseSerializer[Any]] | None = None,
    ) -> Response:
        """One resource as its serializer shows it, with its ETag."""
        chosen = serializer_class or self.get_serializer_class()
        response = Response(chosen(obj, context=self.get_serializer_context()).data, status=status)
        if hasattr(obj, "version"):
            response["ETag"] = etag(obj)
        return response

    def answer_list(
        self,
        queryset: QuerySet[Any],
        serializer_class: type[BaseSerializer[Any]] | None = None,
    ) -> Response:
        chosen = serializer_class or self.get_serializer_class()
        page = self.paginate_queryset(self.filter_queryset(queryset))
        items = chosen(page, many=True, context=self.get_serializer_context()).data
        return self.get_paginated_response(_trimmed(items, self.request, chosen))

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and self.idempotent and "Idempotency-Key" in request.headers:
            # One transaction for the effect and the memory of its answer.
            with transaction.atomic():
                response = super().dispatch(request, *args, **kwargs)
                if isinstance(response, Response):
                    idempotency.remember(request, response)
                return response
        return super().dispatch(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        refuse_unknown_parameters(request, self)
        if request.method == "POST" and self.idempotent and "Idempotency-Key" in request.headers:
            self.check_right()
            idempotency.begin(request, self.actor)

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, idempotency.Replay):
            return exc.response
        return super().handle_exception(exc)

    def finalize_response(
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> Response:
        final = super().finalize_response(request, response, *args, **kwargs)
        for name, value in getattr(request, "rate_limit", {}).items():
            final[name] = value
        return final

    def answer_rows(self, rows: QuerySet[Any, dict[str, Any]]) -> Response:
        """A list whose queryset ends in `.values()`: rows that are rendered as they are.

        For the busiest lists. The keys are those of the serializer, which only the document reads.
        """
        page = self.paginate_queryset(self.filter_queryset(rows))
        chosen = self.get_serializer_class()
        return self.get_paginated_response(_trimmed(page or [], self.request, chosen))


class ListMixin(GenericAPIView):  # type: ignore[type-arg]
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.answer_list(self.get_queryset())  # type: ignore[attr-defined, no-any-return]


class RetrieveMixin(GenericAPIView):  # type: ignore[type-arg]
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.answer(self.get_object())  # type: ignore[attr-defined, no-any-return]


def etag(obj: Any) -> str:
    return f'"{obj.version}"'


def _trimmed(
    items: Sequence[Mapping[str, Any]],
    request: Request,
    serializer_class: type[BaseSerializer[Any]],
) -> Sequence[Mapping[str, Any]]:
    wanted = request.query_params.get("fields")
    if wanted is None:
        return items
    names = set(wanted.split(","))
    if unknown := names - set(serializer_class().fields):  # type: ignore[attr-defined]
        told = ", ".join(sorted(unknown))[:_LONGEST_TOLD]
        raise invalid("/fields", "unknown", f"ไม่มีข้อมูลชื่อ {told}", f"There is no field {told}.")
    return [{name: value for name, value in item.items() if name in names} for item in items]
