"""`/usage`: of all areas for operators, on the platform; an area's own for its administrators."""

from datetime import date
from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db.models import QuerySet
from django_filters import rest_framework as filters
from django_tenants.utils import schema_context
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.access import is_area_admin
from core.api.serializers import ModelSerializer, Serializer
from core.api.views import ApiViewSet, ListMixin
from core.quotas import Quota, limit, used
from core.text import Text
from tenants.models import Area, AreaUsage
from tenants.postgresql.base import PUBLIC
from tenants.queries import by_id_or_code, usage_visible_to
from tenants.rules import is_operator

_MONTH = r"^\d{4}-(0[1-9]|1[0-2])$"
_MONTHS_SHOWN = 13  # this one and a year back
_FIGURES = (
    "month",
    "counted_until",
    "active_users",
    "signed_in_users",
    "storage_bytes",
    "live_studies",
    "activity_logs",
)


class MonthlyUsageSerializer(ModelSerializer):
    month = serializers.SerializerMethodField(help_text="`2026-11`")
    counted_until = serializers.DateField(
        help_text="the last day that is in it; a month that is counted to its end is final"
    )

    class Meta:
        model = AreaUsage
        fields: ClassVar[tuple[str, ...]] = _FIGURES

    def get_month(self, usage: AreaUsage) -> str:
        return f"{usage.month:%Y-%m}"


class AreaUsageSerializer(MonthlyUsageSerializer):
    code = serializers.CharField(source="area.code", help_text="the area's")

    class Meta(MonthlyUsageSerializer.Meta):
        fields = ("id", "area", "code", *_FIGURES)


class QuotaUseSerializer(Serializer):
    quota = serializers.ChoiceField(choices=Quota.choices)
    used = serializers.IntegerField(help_text="now; storage in bytes")
    allowed = serializers.IntegerField(allow_null=True, help_text="null: no limit")


class OwnUsageSerializer(Serializer):
    service_plan = serializers.CharField(allow_null=True)
    quotas = QuotaUseSerializer(many=True)
    months = MonthlyUsageSerializer(many=True, help_text="newest first, at most 13")


class UsageFilter(filters.FilterSet):
    month = filters.CharFilter(
        method="by_month", validators=[RegexValidator(_MONTH)], help_text="`2026-11`"
    )
    area = filters.CharFilter(method="by_area", help_text="the area's id or code")

    class Meta:
        model = AreaUsage
        fields = ()

    def by_month(self, rows: QuerySet[AreaUsage], _name: str, value: str) -> QuerySet[AreaUsage]:
        return rows.filter(month=date.fromisoformat(f"{value}-01"))

    def by_area(self, rows: QuerySet[AreaUsage], _name: str, value: str) -> QuerySet[AreaUsage]:
        return rows.filter(area__in=Area.objects.filter(by_id_or_code(value)))


class UsageViewSet(ListMixin, ApiViewSet[AreaUsage]):
    resource = "usage"
    queryset = AreaUsage.objects.none()
    serializer_class = AreaUsageSerializer
    filterset_class = UsageFilter
    ordering = ("-month", "-id")
    rules = {"list": is_operator}

    def get_queryset(self) -> QuerySet[AreaUsage]:
        return usage_visible_to(self.actor).select_related("area")

    @extend_schema(
        summary="What each area used in each month",
        description="Counted every night up to the day before.",
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().list(request, *args, **kwargs)


class OwnUsageViewSet(ApiViewSet[AreaUsage]):
    resource = "usage"
    queryset = AreaUsage.objects.none()
    serializer_class = OwnUsageSerializer
    rules = {"retrieve": is_area_admin}

    @extend_schema(
        summary="What this area uses, may use, and used in the months before",
        responses=OwnUsageSerializer,
    )
    def retrieve(self, request: Request, **_: Any) -> Response:
        quotas = [{"quota": each, "used": used(each), "allowed": limit(each)} for each in Quota]
        area_id = request._request.area.id  # type: ignore[attr-defined]  # tenants.routing
        with schema_context(PUBLIC):
            area = Area.objects.select_related("service_plan").get(pk=area_id)
            months = list(area.usage.order_by("-month")[:_MONTHS_SHOWN])
        plan = area.service_plan
        name = str(Text(plan.name_th, plan.name_en)) if plan else None
        return self.answer({"service_plan": name, "quotas": quotas, "months": months})
