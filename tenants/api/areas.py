"""`/areas`: the public directory in which people and apps find their area."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.access import is_anyone
from core.api.conditional import CONDITIONAL_PARAMETERS, NOT_MODIFIED, unless_known
from core.api.views import ApiViewSet, ListMixin, RetrieveMixin
from tenants.actions.areas import reactivate_area, suspend_area, update_area
from tenants.actions.leaving import leave, stay
from tenants.api.filters import AreaFilter
from tenants.api.leaving import AskToLeaveSerializer
from tenants.api.serializers import AreaSerializer, ChangeAreaSerializer, ReasonSerializer
from tenants.errors import AreaStateError, CodeMismatchError, NameTakenError
from tenants.models import Area
from tenants.queries import areas_visible_to, by_id_or_code
from tenants.rules import is_operator
from tenants.signing import retire_key

_KEY = OpenApiParameter("id", str, OpenApiParameter.PATH, description="the area's id or code")


class AreaViewSet(ListMixin, RetrieveMixin, ApiViewSet[Area]):
    resource = "areas"
    queryset = Area.objects.none()
    serializer_class = AreaSerializer
    filterset_class = AreaFilter
    ordering = ("sort_key", "id")
    lookup_value_converter = "str"
    rules = {
        "list": is_anyone,
        "retrieve": is_anyone,
        "partial_update": is_operator,
        "suspend": is_operator,
        "reactivate": is_operator,
        "leave": is_operator,
        "stay": is_operator,
        "retire_key": is_operator,
    }
    problems = {
        "partial_update": [NameTakenError],
        "suspend": [AreaStateError],
        "reactivate": [AreaStateError],
        "leave": [CodeMismatchError, AreaStateError],
        "stay": [AreaStateError],
    }

    @property
    def public(self) -> bool:  # type: ignore[override]
        return self.action in ("list", "retrieve")

    def get_queryset(self) -> QuerySet[Area]:
        return areas_visible_to(self.actor)

    def get_object(self) -> Area:
        found = self.filter_queryset(self.get_queryset())
        area: Area = get_object_or_404(found, by_id_or_code(self.kwargs["pk"]))
        self.check_object_permissions(self.request, area)
        if self.action == "partial_update":
            self._check_if_match(area)
        return area

    @extend_schema(
        summary="Find an area",
        description="Operators also see areas not in use.",
        parameters=CONDITIONAL_PARAMETERS,
        responses={200: AreaSerializer(many=True), 304: NOT_MODIFIED},
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Apps keep it, and ask whether it still holds."""
        return unless_known(request, super().list(request, *args, **kwargs))

    @extend_schema(summary="One area, by id or code", parameters=[_KEY])
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().retrieve(request, *args, **kwargs)

    @extend_schema(
        summary="Rename an area, or say from when to when its office exists",
        description="What it was called before still finds it; its former sub-domain still serves.",
        parameters=[_KEY],
        request=ChangeAreaSerializer,
    )
    def partial_update(self, request: Request, **_: Any) -> Response:
        area = self.get_object()
        changes = self.validated(ChangeAreaSerializer, partial=True)
        return self.answer(update_area(area, changes, actor=self.actor))

    @extend_schema(
        summary="Close an area's door and keep its data",
        description="Elsewhere than in this process it may take five seconds to show.",
        parameters=[_KEY],
        request=ReasonSerializer,
    )
    @action(detail=True, methods=["post"])
    def suspend(self, request: Request, **_: Any) -> Response:
        area = self.get_object()
        reason = self.validated(ReasonSerializer)["reason"]
        return self.answer(suspend_area(area, reason=reason, actor=self.actor))

    @extend_schema(summary="Open a suspended area again", parameters=[_KEY], request=None)
    @action(detail=True, methods=["post"])
    def reactivate(self, request: Request, **_: Any) -> Response:
        return self.answer(reactivate_area(self.get_object(), actor=self.actor))

    @extend_schema(
        summary="Let an area leave that cannot ask for it itself",
        description="As if an administrator of the area had asked; all of them are told by mail.",
        parameters=[_KEY],
        request=AskToLeaveSerializer,
    )
    @action(detail=True, methods=["post"])
    def leave(self, request: Request, **_: Any) -> Response:
        area = self.get_object()
        given = self.validated(AskToLeaveSerializer)
        return self.answer(leave(area, **given, actor=self.actor))

    @extend_schema(summary="Let an area that is leaving stay", parameters=[_KEY], request=None)
    @action(detail=True, methods=["post"])
    def stay(self, request: Request, **_: Any) -> Response:
        return self.answer(stay(self.get_object(), actor=self.actor))

    @extend_schema(
        summary="Let an area sign with another key from now on",
        description="What it has signed is verified as before; revoke what may have been forged.",
        parameters=[_KEY],
        request=None,
    )
    @action(detail=True, methods=["post"], url_path="retire-key")
    def retire_key(self, request: Request, **_: Any) -> Response:
        area = self.get_object()
        retire_key(area, actor=self.actor)
        return self.answer(area)
