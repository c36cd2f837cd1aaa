"""`/schools`: the area's register of schools."""

from typing import Any, ClassVar
from uuid import UUID

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clusters.actions.schools import create_school, update_school
from clusters.errors import SchoolCodeTakenError
from clusters.models import School
from clusters.queries import memberships_on, schools_visible_to
from clusters.rules import manages_area, may_read
from core.api.serializers import ModelSerializer
from core.api.views import ApiViewSet, ListMixin, RetrieveMixin


class SchoolSerializer(ModelSerializer):
    id = serializers.UUIDField(required=False)

    class Meta:
        model = School
        fields = (
            "id",
            "version",
            "code",
            "code_is_official",
            "name_th",
            "name_en",
            "subdistrict",
            "district",
            "province",
            "levels",
            "pupil_count",
            "is_synthetic",
        )
        read_only_fields = ("version", "is_synthetic")
        extra_kwargs: ClassVar = {
            "code": {"validators": []},  # the action says whose code it is
            "pupil_count": {"min_value": 0, "max_value": 100_000},
        }
        validators = ()


class SchoolFilter(django_filters.FilterSet):
    search = django_filters.CharFilter(
        field_name="name_th", lookup_expr="icontains", help_text="a part of the Thai name"
    )
    cluster = django_filters.UUIDFilter(method="by_cluster", help_text="its members today")

    class Meta:
        model = School
        fields: ClassVar = ["code", "district"]

    def by_cluster(self, schools: QuerySet[School], _name: str, value: UUID) -> object:
        members = memberships_on().filter(cluster=value)
        return schools.filter(pk__in=members.values("school"))


class SchoolViewSet(ListMixin, RetrieveMixin, ApiViewSet[School]):
    resource = "schools"
    queryset = School.objects.none()
    serializer_class = SchoolSerializer
    filterset_class = SchoolFilter
    ordering = ("sort_key", "id")
    rules = {
        "list": may_read,
        "retrieve": may_read,
        "create": manages_area,
        "partial_update": manages_area,
    }
    problems = {"create": [SchoolCodeTakenError], "partial_update": [SchoolCodeTakenError]}

    def get_queryset(self) -> QuerySet[School]:
        return schools_visible_to(self.actor)

    @extend_schema(summary="Add a school")
    def create(self, request: Request, **_: Any) -> Response:
        return self.answer(create_school(**self.validated(), actor=self.actor), status=201)

    @extend_schema(summary="Change a school")
    def partial_update(self, request: Request, **_: Any) -> Response:
        school, changes = self.get_object(), self.validated(partial=True)
        return self.answer(update_school(school, changes, actor=self.actor))
