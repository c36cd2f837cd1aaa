"""`/areas/{id}/access-grants` for operators, `/operator-access` for the area looked into."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django_tenants.utils import schema_context
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.authentication import credential_of
from accounts.enums import Role
from accounts.operator_access.actions import MOST_HOURS, as_operator, end_access, grant_access
from accounts.operator_access.models import OperatorAccess
from core.access import is_area_admin
from core.api.routing import ApiRouter
from core.api.serializers import ModelSerializer, Serializer
from core.api.views import ApiViewSet, ListMixin
from tenants.api.service_plans import AREA_KEY
from tenants.enums import AreaState
from tenants.errors import AreaStateError
from tenants.models import Area
from tenants.postgresql.base import PUBLIC
from tenants.queries import area_named
from tenants.rules import is_operator

_HAS_TABLES = (AreaState.ACTIVE, AreaState.SUSPENDED, AreaState.LEAVING)


class OperatorAccessSerializer(ModelSerializer):
    class Meta:
        model = OperatorAccess
        fields = (
            "id",
            "version",
            "operator_id",
            "operator_name",
            "reason",
            "created_at",
            "ends_at",
            "ended_at",
            "last_used_at",
            "use_count",
        )
        read_only_fields = fields
        extra_kwargs = {
            "ended_at": {"help_text": "ended before its time"},
            "use_count": {"help_text": "requests that were made with it"},
        }


class AskSerializer(Serializer):
    reason = serializers.CharField(
        min_length=10, max_length=500, help_text="The area reads it; it stays in both journals."
    )
    hours = serializers.IntegerField(min_value=1, max_value=MOST_HOURS, default=8)


class GrantedSerializer(Serializer):
    access_grant = OperatorAccessSerializer()
    token = serializers.CharField(
        help_text="a bearer token for the area's host, for reading alone; told only now"
    )


class AccessGrantViewSet(ListMixin, ApiViewSet[OperatorAccess]):
    """The rows lie in the area, so each call goes there for them and nowhere else."""

    resource = "access_grants"
    queryset = OperatorAccess.objects.none()
    serializer_class = OperatorAccessSerializer
    idempotent = False  # the answer holds the token; a second grant does no harm
    ordering = ("-id",)
    rules = {"list": is_operator, "create": is_operator, "end": is_operator}
    problems = {"create": [AreaStateError]}

    @contextmanager
    def in_area(self) -> Iterator[tuple[Area, QuerySet[OperatorAccess]]]:
        """The area and its grants, as far as it has tables; read them inside of the block."""
        area, grants = area_named(self.kwargs["area_id"], self.actor), OperatorAccess.objects.all()
        is_open = self.actor.has(Role.OPERATOR) and area.state in _HAS_TABLES
        with schema_context(area.schema_name if is_open else PUBLIC):
            yield area, grants if is_open else grants.none()

    @extend_schema(summary="Who was let look into an area", parameters=[AREA_KEY])
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        with self.in_area() as (_, grants):
            return self.answer_list(grants)

    @extend_schema(
        summary="Look into an area, for a reason and some hours",
        description="It is journaled here and there, and the area's administrators get a mail. "
        "The token reads what an administrator of the area reads, changes nothing, and works on "
        "the area's host alone.",
        parameters=[AREA_KEY],
        request=AskSerializer,
        responses={201: GrantedSerializer},
    )
    def create(self, request: Request, area_id: str) -> Response:
        area, given = area_named(area_id, self.actor), self.validated(AskSerializer)
        operator = credential_of(request).user
        granted = grant_access(area, operator=operator, **given, actor=self.actor)
        return self.answer(granted, status=201, serializer_class=GrantedSerializer)

    @extend_schema(
        summary="End it before its time; acts at its next request",
        parameters=[AREA_KEY],
        request=None,
    )
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str, **_: Any) -> Response:
        with self.in_area() as (area, grants):
            access = get_object_or_404(grants, pk=pk)
            self.check_object_permissions(request, access)
            operator = as_operator(credential_of(request).user.pk)
            return self.answer(end_access(area.pk, access, actor=operator))


class OperatorAccessViewSet(ListMixin, ApiViewSet[OperatorAccess]):
    resource = "operator_access"
    queryset = OperatorAccess.objects.none()
    serializer_class = OperatorAccessSerializer
    ordering = ("-id",)
    idempotent = False  # ending twice changes nothing
    rules = {"list": is_area_admin, "end": is_area_admin}

    def get_queryset(self) -> QuerySet[OperatorAccess]:
        return OperatorAccess.objects.all()

    @extend_schema(summary="Which operators of the platform may, or might, look into this area")
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().list(request, *args, **kwargs)

    @extend_schema(summary="End an operator's access; acts at its next request", request=None)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, **_: Any) -> Response:
        area_id = request._request.area.id  # type: ignore[attr-defined]  # tenants.routing
        return self.answer(end_access(area_id, self.get_object(), actor=self.actor))


def register(api: ApiRouter) -> None:
    """Add what an area sees of operators to its API."""
    api.add("operator-access", OperatorAccessViewSet)


def register_on_platform(api: ApiRouter) -> None:
    api.add("areas/<str:area_id>/access-grants", AccessGrantViewSet)
