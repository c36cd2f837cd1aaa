"""`/access-slips`: first access for people without e-mail."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.actions.slips import issue_slip
from accounts.models import User
from accounts.rules import may_issue_slip
from core.api.serializers import DateTimeField, Serializer
from core.api.views import ApiViewSet


class ForUserSerializer(Serializer):
    user_id = serializers.UUIDField()


class AccessSlipSerializer(Serializer):
    user_id = serializers.UUIDField()
    display_name = serializers.CharField()
    login = serializers.CharField()
    code = serializers.CharField(help_text="Works once. It is told only now.")
    expires_at = DateTimeField()
    link = serializers.CharField(help_text="What the QR code says.")
    qr_svg = serializers.CharField()


class AccessSlipViewSet(ApiViewSet[User]):
    resource = "access_slips"
    idempotent = False  # the answer holds the code; a further slip replaces the one before
    serializer_class = AccessSlipSerializer
    rules = {"create": may_issue_slip}

    @extend_schema(
        summary="A one-time slip with which someone chooses a password and signs in",
        request=ForUserSerializer,
        responses={201: AccessSlipSerializer},
    )
    def create(self, request: Request, **_: Any) -> Response:
        user_id = self.validated(ForUserSerializer)["user_id"]
        return self.answer(issue_slip(user_id, actor=self.actor), status=201)
