"""`/service-plans`, and which one an area has: for operators."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.serializers import ModelSerializer, Serializer
from core.api.views import ApiViewSet, ListMixin, RetrieveMixin
from tenants.actions.service_plans import change_service_plan, create_service_plan, move_area
from tenants.models import ServicePlan
from tenants.queries import area_named, service_plans_visible_to
from tenants.rules import is_operator

AREA_KEY = OpenApiParameter(
    "area_id", str, OpenApiParameter.PATH, description="the area's id or code"
)
_LARGEST = 2**31 - 1


def _limit(what: str, least: int, most: int = _LARGEST) -> serializers.IntegerField:
    return serializers.IntegerField(
        min_value=least,
        max_value=most,
        allow_null=True,
        required=False,
        help_text=f"{what}; null: no limit",
    )


class ServicePlanSerializer(ModelSerializer):
    id = serializers.UUIDField(required=False)
    seats = _limit("accounts that are active at the same time", 1)
    storage_bytes = _limit("made files, and files to import", 0, 2**50)
    live_studies = _limit("Delphi studies without a verdict that were not abandoned", 0)
    is_default = serializers.BooleanField(required=False, help_text="new areas get this plan")

    class Meta:
        model = ServicePlan
        fields = (
            "id",
            "version",
            "name_th",
            "name_en",
            "seats",
            "storage_bytes",
            "live_studies",
            "is_default",
        )
        read_only_fields = ("version",)
        validators = ()


class MoveSerializer(Serializer):
    service_plan = serializers.UUIDField()


class ServicePlanViewSet(ListMixin, RetrieveMixin, ApiViewSet[ServicePlan]):
    resource = "service_plans"
    queryset = ServicePlan.objects.none()
    serializer_class = ServicePlanSerializer
    rules = {
        "list": is_operator,
        "retrieve": is_operator,
        "create": is_operator,
        "partial_update": is_operator,
    }

    def get_queryset(self) -> QuerySet[ServicePlan]:
        return service_plans_visible_to(self.actor)

    @extend_schema(summary="What areas may use")
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().list(request, *args, **kwargs)

    @extend_schema(summary="One service plan")
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().retrieve(request, *args, **kwargs)

    @extend_schema(summary="Add a service plan", responses={201: ServicePlanSerializer})
    def create(self, request: Request, **_: Any) -> Response:
        return self.answer(create_service_plan(**self.validated(), actor=self.actor), status=201)

    @extend_schema(
        summary="Change a service plan for all areas that have it",
        description="What is above a lowered limit stays; it only lets no more be added. "
        "It counts everywhere within five seconds.",
    )
    def partial_update(self, request: Request, **_: Any) -> Response:
        plan, changes = self.get_object(), self.validated(partial=True)
        return self.answer(change_service_plan(plan, changes, actor=self.actor))


class AreaServicePlanViewSet(ApiViewSet[ServicePlan]):
    resource = "area_service_plan"
    queryset = ServicePlan.objects.none()
    serializer_class = ServicePlanSerializer
    rules = {"retrieve": is_operator, "move": is_operator}

    @extend_schema(summary="The service plan that an area has", parameters=[AREA_KEY])
    def retrieve(self, request: Request, area_id: str) -> Response:
        plan = get_object_or_404(
            service_plans_visible_to(self.actor), areas=area_named(area_id, self.actor)
        )
        return self.answer(plan)

    @extend_schema(
        summary="Move an area to another service plan",
        description="It counts everywhere within five seconds.",
        parameters=[AREA_KEY],
        request=MoveSerializer,
        responses=ServicePlanSerializer,
    )
    def move(self, request: Request, area_id: str) -> Response:
        wanted: UUID = self.validated(MoveSerializer)["service_plan"]
        area = area_named(area_id, self.actor)
        return self.answer(move_area(area, service_plan=wanted, actor=self.actor).service_plan)
