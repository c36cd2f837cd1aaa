"""`/me`: who I am here and what I may do today."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.enums import Role, Scope
from accounts.models import User
from core.access import is_signed_in
from core.api.serializers import ModelSerializer, Serializer
from core.api.views import ApiViewSet


class HeldRoleSerializer(Serializer):
    role = serializers.ChoiceField(choices=Role.choices)
    scope = serializers.ChoiceField(choices=Scope.choices)
    scope_id = serializers.UUIDField(allow_null=True)


class MeSerializer(ModelSerializer):
    roles = serializers.SerializerMethodField()

    class Meta:
        model = User
        fields = ("id", "version", "username", "email", "display_name", "language", "roles")
        read_only_fields = fields

    def get_roles(self, _user: User) -> HeldRoleSerializer(many=True):  # type: ignore[valid-type]
        return [vars(grant) for grant in self.context["view"].actor.grants]


class MeViewSet(ApiViewSet[User]):
    resource = "me"
    queryset = User.objects.none()
    serializer_class = MeSerializer
    rules = {"retrieve": is_signed_in}

    @extend_schema(summary="Who I am and the roles I hold today", responses=MeSerializer)
    def retrieve(self, request: Request, **_: Any) -> Response:
        return self.answer(request.user)
