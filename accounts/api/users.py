"""`/users`: the people of the area (or of the platform)."""

from typing import Any
from uuid import UUID

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Lower
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.actions.totp import remove_totp
from accounts.actions.users import change_user
from accounts.api.serializers import UserSerializer
from accounts.enums import Role
from accounts.errors import LastChiefError, TotpNotActiveError
from accounts.models import RoleGrant, User
from accounts.queries import users_visible_to
from accounts.rules import may_administer_people, may_read_people
from core.api.views import ApiViewSet, ListMixin, RetrieveMixin
from core.errors import QuotaExceededError


class UserFilter(django_filters.FilterSet):
    is_active = django_filters.BooleanFilter(help_text="false: closed accounts")
    login = django_filters.CharFilter(
        method="by_login", help_text="exactly this staff code or e-mail address"
    )
    role = django_filters.ChoiceFilter(
        choices=Role.choices, method="by_role", help_text="who hold this role today"
    )
    school_id = django_filters.UUIDFilter(method="by_scope", help_text="who hold a role there")
    cluster_id = django_filters.UUIDFilter(method="by_scope", help_text="who hold a role there")

    def by_login(self, users: QuerySet[User], _name: str, value: str) -> QuerySet[User]:
        field = "email" if "@" in value else "username"
        return users.alias(named=Lower(field)).filter(named=value.strip().lower())

    def by_role(self, users: QuerySet[User], _name: str, value: str) -> QuerySet[User]:
        return users.filter(
            Exists(RoleGrant.objects.holding().filter(user=OuterRef("pk"), role=value))
        )

    def by_scope(self, users: QuerySet[User], name: str, value: UUID) -> QuerySet[User]:
        there = RoleGrant.objects.holding().filter(
            user=OuterRef("pk"), scope=name.removesuffix("_id"), scope_id=value
        )
        return users.filter(Exists(there))


class UserViewSet(ListMixin, RetrieveMixin, ApiViewSet[User]):
    resource = "users"
    queryset = User.objects.none()
    serializer_class = UserSerializer
    filterset_class = UserFilter
    rules = {
        "list": may_read_people,
        "retrieve": may_read_people,
        "partial_update": may_administer_people,
        "remove_totp": may_administer_people,
    }
    problems = {
        "partial_update": [LastChiefError, QuotaExceededError],
        "remove_totp": [TotpNotActiveError],
    }

    def get_queryset(self) -> QuerySet[User]:
        return users_visible_to(self.actor).defer("password")

    @extend_schema(summary="The people here", responses=UserSerializer(many=True))
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().list(request, *args, **kwargs)

    @extend_schema(summary="One account", responses=UserSerializer)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().retrieve(request, *args, **kwargs)

    @extend_schema(summary="Change an account, or close it with `is_active: false`")
    def partial_update(self, request: Request, **_: Any) -> Response:
        user = self.get_object()
        return self.answer(change_user(user, self.validated(partial=True), actor=self.actor))

    @extend_schema(
        summary="Turn off the TOTP of someone who has lost phone and recovery codes",
        request=None,
        responses={204: None},
    )
    @action(detail=True, methods=["post"], url_path="remove-totp")
    def remove_totp(self, request: Request, **_: Any) -> Response:
        remove_totp(self.get_object(), actor=self.actor)
        return Response(status=204)
