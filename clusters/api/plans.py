"""`/plans` and `/plan-versions`: what a cluster means to do in an academic year."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from clusters.actions.plans import (
    adopt_plan,
    create_plan,
    set_plan_items,
    start_new_version,
    submit_plan,
)
from clusters.errors import (
    PlanDraftExistsError,
    PlanEmptyError,
    PlanExistsError,
    PlanNotDraftError,
    PlanNotSubmittedError,
    PlanReturnedError,
)
from clusters.models import Plan, PlanItem, PlanVersion
from clusters.queries import clusters_visible_to, plan_versions_visible_to, plans_visible_to
from clusters.rules import may_read, may_run_cluster
from core.access import require
from core.api.serializers import ModelSerializer, Serializer
from core.api.views import ApiViewSet, ListMixin, RetrieveMixin
from core.lookups import named

MOST_ITEMS = 200


class PlanItemSerializer(ModelSerializer):
    id = serializers.UUIDField(required=False)

    class Meta:
        model = PlanItem
        fields = ("id", "position", "work_scope", "text", "goal")
        read_only_fields = ("position",)


class PlanItemsSerializer(Serializer):
    items = serializers.ListField(child=PlanItemSerializer(), max_length=MOST_ITEMS)


class PlanVersionSerializer(ModelSerializer):
    cluster = serializers.UUIDField(source="plan.cluster_id", read_only=True)
    validation_reasons = serializers.ListField(child=serializers.CharField(), read_only=True)
    items = PlanItemSerializer(many=True, read_only=True)

    class Meta:
        model = PlanVersion
        fields = (
            "id",
            "version",
            "plan",
            "cluster",
            "number",
            "status",
            "content_hash",
            "submitted_at",
            "adopted_at",
            "validation",
            "validation_reasons",
            "validated_by_study",
            "validated_at",
            "items",
        )
        read_only_fields = fields


class PlanVersionSummary(ModelSerializer):
    class Meta:
        model = PlanVersion
        fields = ("id", "number", "status", "validation")
        read_only_fields = fields


class PlanSerializer(ModelSerializer):
    id = serializers.UUIDField(required=False)
    cluster = serializers.UUIDField(source="cluster_id")
    academic_year = serializers.IntegerField(
        min_value=2000, max_value=2200, help_text="the CE year in which it begins"
    )
    versions = PlanVersionSummary(many=True, read_only=True)

    class Meta:
        model = Plan
        fields = ("id", "version", "cluster", "academic_year", "title", "versions")
        read_only_fields = ("version",)
        validators = ()


class PlanFilter(django_filters.FilterSet):
    cluster = django_filters.UUIDFilter()

    class Meta:
        model = Plan
        fields: ClassVar = ["academic_year"]


class PlanViewSet(ListMixin, RetrieveMixin, ApiViewSet[Plan]):
    resource = "plans"
    queryset = Plan.objects.none()
    serializer_class = PlanSerializer
    filterset_class = PlanFilter
    ordering = ("-id",)
    rules = {
        "list": may_read,
        "retrieve": may_read,
        "create": may_run_cluster,
        "start_version": may_run_cluster,
    }
    problems = {"create": [PlanExistsError], "start_version": [PlanDraftExistsError]}

    def get_queryset(self) -> QuerySet[Plan]:
        return plans_visible_to(self.actor)

    @extend_schema(summary="Begin a plan, with an empty first draft")
    def create(self, request: Request, **_: Any) -> Response:
        fields = self.validated()
        cluster = named(clusters_visible_to(self.actor), fields.pop("cluster_id"), "/cluster")
        require(may_run_cluster, self.actor, cluster)
        plan = create_plan(cluster=cluster, **fields, actor=self.actor)
        return self.answer(plan, status=201)

    @extend_schema(
        summary="Start a new version from the newest one",
        request=None,
        responses={201: PlanVersionSerializer},
    )
    @action(detail=True, methods=["post"], url_path="versions")
    def start_version(self, request: Request, **_: Any) -> Response:
        draft = start_new_version(self.get_object(), actor=self.actor)
        return self.answer(draft, status=201, serializer_class=PlanVersionSerializer)


class PlanVersionFilter(django_filters.FilterSet):
    plan = django_filters.UUIDFilter()
    cluster = django_filters.UUIDFilter(field_name="plan__cluster")

    class Meta:
        model = PlanVersion
        fields: ClassVar = ["status", "validation"]


class PlanVersionViewSet(ListMixin, RetrieveMixin, ApiViewSet[PlanVersion]):
    resource = "plan_versions"
    queryset = PlanVersion.objects.none()
    serializer_class = PlanVersionSerializer
    filterset_class = PlanVersionFilter
    ordering = ("-id",)
    rules = {
        "list": may_read,
        "retrieve": may_read,
        "set_items": may_run_cluster,
        "submit": may_run_cluster,
        "adopt": may_run_cluster,
    }
    problems = {
        "set_items": [PlanNotDraftError],
        "submit": [PlanNotDraftError, PlanEmptyError],
        "adopt": [PlanNotSubmittedError, PlanReturnedError],
    }

    def get_queryset(self) -> QuerySet[PlanVersion]:
        return plan_versions_visible_to(self.actor)

    @extend_schema(summary="Replace the items of a draft", request=PlanItemsSerializer)
    @action(detail=True, methods=["put"], url_path="items")
    def set_items(self, request: Request, **_: Any) -> Response:
        version, items = self.get_object(), self.validated(PlanItemsSerializer)["items"]
        return self.answer(set_plan_items(version, items, actor=self.actor))

    @extend_schema(summary="Freeze a draft under its content hash", request=None)
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, **_: Any) -> Response:
        return self.answer(submit_plan(self.get_object(), actor=self.actor))

    @extend_schema(summary="Put a submitted version into force", request=None)
    @action(detail=True, methods=["post"])
    def adopt(self, request: Request, **_: Any) -> Response:
        return self.answer(adopt_plan(self.get_object(), actor=self.actor))
