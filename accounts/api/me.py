"""`/me`: who I am here and what I may do today."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.actions.users import change_own_account
from accounts.api.authentication import credential_of
from accounts.api.serializers import HeldRoleSerializer
from accounts.models import User
from core.access import is_signed_in
from core.api.serializers import ModelSerializer
from core.api.views import ApiViewSet


class MeSerializer(ModelSerializer):
    roles = serializers.SerializerMethodField()

    class Meta:
        model = User
        fields = ("id", "version", "username", "email", "display_name", "language", "roles")
        read_only_fields = ("id", "version", "username", "email")

    def get_roles(self, _user: User) -> HeldRoleSerializer(many=True):  # type: ignore[valid-type]
        return [vars(grant) for grant in self.context["view"].actor.grants]


class MeViewSet(ApiViewSet[User]):
    resource = "me"
    queryset = User.objects.none()
    serializer_class = MeSerializer
    rules = {"retrieve": is_signed_in, "partial_update": is_signed_in}

    @extend_schema(summary="Who I am and the roles I hold today", responses=MeSerializer)
    def retrieve(self, request: Request, **_: Any) -> Response:
        return self.answer(request.user)

    @extend_schema(summary="Change my name or my language", responses=MeSerializer)
    def partial_update(self, request: Request, **_: Any) -> Response:
        changes, user = self.validated(partial=True), credential_of(request).user
        return self.answer(change_own_account(user, changes, actor=self.actor))
