"""`/clusters` and `/memberships`: who develops teachers together."""

from datetime import date
from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from clusters.actions.clusters import create_cluster, join_cluster, leave_cluster, update_cluster
from clusters.actions.stages import reassess_stage
from clusters.api.stages import StageSerializer
from clusters.errors import (
    ClusterCodeTakenError,
    MembershipEndedError,
    SchoolInAnotherClusterError,
)
from clusters.evidence import stage_report
from clusters.models import Cluster, Membership
from clusters.queries import (
    clusters_visible_to,
    memberships_on,
    memberships_visible_to,
    schools_visible_to,
)
from clusters.rules import manages_area, may_read, may_run_cluster
from core.access import require
from core.api.serializers import ModelSerializer, Serializer
from core.api.views import ApiViewSet, ListMixin, RetrieveMixin
from core.lookups import named


class ClusterSerializer(ModelSerializer):
    id = serializers.UUIDField(required=False)

    class Meta:
        model = Cluster
        fields = ("id", "version", "code", "name_th", "name_en", "district")
        read_only_fields = ("version",)
        extra_kwargs: ClassVar[dict[str, Any]] = {"code": {"validators": []}}
        validators = ()


class ClusterFilter(django_filters.FilterSet):
    search = django_filters.CharFilter(
        field_name="name_th", lookup_expr="icontains", help_text="a part of the Thai name"
    )

    class Meta:
        model = Cluster
        fields: ClassVar = ["code", "district"]


class ClusterViewSet(ListMixin, RetrieveMixin, ApiViewSet[Cluster]):
    resource = "clusters"
    queryset = Cluster.objects.none()
    serializer_class = ClusterSerializer
    filterset_class = ClusterFilter
    ordering = ("sort_key", "id")
    rules = {
        "list": may_read,
        "retrieve": may_read,
        "create": manages_area,
        "partial_update": may_run_cluster,
        "stage": may_read,
        "reassess_stage": may_run_cluster,
    }
    problems = {"create": [ClusterCodeTakenError], "partial_update": [ClusterCodeTakenError]}

    def get_queryset(self) -> QuerySet[Cluster]:
        return clusters_visible_to(self.actor)

    @extend_schema(summary="Found a cluster")
    def create(self, request: Request, **_: Any) -> Response:
        return self.answer(create_cluster(**self.validated(), actor=self.actor), status=201)

    @extend_schema(summary="Change a cluster")
    def partial_update(self, request: Request, **_: Any) -> Response:
        cluster, changes = self.get_object(), self.validated(partial=True)
        return self.answer(update_cluster(cluster, changes, actor=self.actor))

    @extend_schema(
        summary="The network stage, what the next one asks for, and the history",
        responses=StageSerializer,
    )
    @action(detail=True, methods=["get"])
    def stage(self, request: Request, **_: Any) -> Response:
        return self.answer(stage_report(self.get_object()), serializer_class=StageSerializer)

    @extend_schema(
        summary="Compare the network stage with the evidence now",
        request=None,
        responses=StageSerializer,
    )
    @action(detail=True, methods=["post"], url_path="reassess-stage")
    def reassess_stage(self, request: Request, **_: Any) -> Response:
        cluster = reassess_stage(self.get_object(), actor=self.actor)
        return self.answer(stage_report(cluster), serializer_class=StageSerializer)


class MembershipSerializer(ModelSerializer):
    id = serializers.UUIDField(required=False)
    cluster = serializers.UUIDField(source="cluster_id")
    school = serializers.UUIDField(source="school_id")

    class Meta:
        model = Membership
        fields = ("id", "version", "cluster", "school", "joined_on", "left_on")
        read_only_fields = ("version", "left_on")


class LeaveSerializer(Serializer):
    left_on = serializers.DateField(help_text="the first day without the membership")


class MembershipFilter(django_filters.FilterSet):
    cluster = django_filters.UUIDFilter()
    school = django_filters.UUIDFilter()
    on = django_filters.DateFilter(method="by_day", help_text="only those that hold on this day")

    def by_day(self, memberships: QuerySet[Membership], _name: str, value: date) -> object:
        return memberships.filter(pk__in=memberships_on(value).values("pk"))


class MembershipViewSet(ListMixin, RetrieveMixin, ApiViewSet[Membership]):
    resource = "memberships"
    queryset = Membership.objects.none()
    serializer_class = MembershipSerializer
    filterset_class = MembershipFilter
    rules = {
        "list": may_read,
        "retrieve": may_read,
        "create": may_run_cluster,
        "leave": may_run_cluster,
    }
    problems = {"create": [SchoolInAnotherClusterError], "leave": [MembershipEndedError]}

    def get_queryset(self) -> QuerySet[Membership]:
        return memberships_visible_to(self.actor)

    @extend_schema(summary="Make a school a member of a cluster")
    def create(self, request: Request, **_: Any) -> Response:
        fields = self.validated()
        cluster = named(clusters_visible_to(self.actor), fields.pop("cluster_id"), "/cluster")
        require(may_run_cluster, self.actor, cluster)
        school = named(schools_visible_to(self.actor), fields.pop("school_id"), "/school")
        joined = join_cluster(cluster=cluster, school=school, **fields, actor=self.actor)
        return self.answer(joined, status=201)

    @extend_schema(summary="End a membership", request=LeaveSerializer)
    @action(detail=True, methods=["post"])
    def leave(self, request: Request, **_: Any) -> Response:
        membership, fields = self.get_object(), self.validated(LeaveSerializer)
        return self.answer(leave_cluster(membership, **fields, actor=self.actor))
