"""`/role-grants`: who may be what, where and when."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.actions.grants import end_role, grant_role
from accounts.enums import Role, Scope
from accounts.errors import LastChiefError
from accounts.models import RoleGrant
from accounts.queries import grants_visible_to
from accounts.rules import may_administer_people, may_read_grants
from core.api.serializers import ModelSerializer
from core.api.views import ApiViewSet, ListMixin, RetrieveMixin


class RoleGrantSerializer(ModelSerializer):
    id = serializers.UUIDField(required=False)
    user_id = serializers.UUIDField()
    scope_id = serializers.UUIDField(required=False, allow_null=True)
    valid_from = serializers.DateField(required=False, help_text="today, if left out")
    valid_until = serializers.DateField(
        required=False, allow_null=True, help_text="the last day on which it holds"
    )

    class Meta:
        model = RoleGrant
        fields = (
            "id",
            "version",
            "user_id",
            "role",
            "scope",
            "scope_id",
            "valid_from",
            "valid_until",
            "created_at",
        )
        read_only_fields = ("version", "created_at")
        validators = ()


class RoleGrantFilter(django_filters.FilterSet):
    user_id = django_filters.UUIDFilter()
    role = django_filters.ChoiceFilter(choices=Role.choices)
    scope = django_filters.ChoiceFilter(choices=Scope.choices)
    scope_id = django_filters.UUIDFilter()
    holds_today = django_filters.BooleanFilter(method="by_today", help_text="in force today")

    # A method's annotation is what the document tells as the filter's type.
    def by_today(self, grants: QuerySet[RoleGrant], _name: str, value: bool) -> object:  # noqa: FBT001
        holding = RoleGrant.objects.holding().values("pk")
        return grants.filter(pk__in=holding) if value else grants.exclude(pk__in=holding)


class RoleGrantViewSet(ListMixin, RetrieveMixin, ApiViewSet[RoleGrant]):
    resource = "role_grants"
    queryset = RoleGrant.objects.none()
    serializer_class = RoleGrantSerializer
    filterset_class = RoleGrantFilter
    rules = {
        "list": may_read_grants,
        "retrieve": may_read_grants,
        "create": may_administer_people,
        "end": may_administer_people,
    }
    problems = {"end": [LastChiefError]}

    def get_queryset(self) -> QuerySet[RoleGrant]:
        return grants_visible_to(self.actor)

    @extend_schema(summary="Roles that were granted", responses=RoleGrantSerializer(many=True))
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().list(request, *args, **kwargs)

    @extend_schema(summary="One grant of a role", responses=RoleGrantSerializer)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().retrieve(request, *args, **kwargs)

    @extend_schema(summary="Grant a role", responses={201: RoleGrantSerializer})
    def create(self, request: Request, **_: Any) -> Response:
        return self.answer(grant_role(**self.validated(), actor=self.actor), status=201)

    @extend_schema(
        summary="End a role now; acts at the person's next request",
        request=None,
        responses=RoleGrantSerializer,
    )
    @action(detail=True, methods=["post"])
    def end(self, request: Request, **_: Any) -> Response:
        return self.answer(end_role(self.get_object(), actor=self.actor))
