"""`/invitations`: asking people to join."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.actions.invitations import accept_invitation, invite, revoke_invitation
from accounts.api.serializers import (
    SignedInSerializer,
    UsernameField,
    secret_field,
    signed_in_body,
)
from accounts.errors import (
    AccountExistsError,
    AlreadyInvitedError,
    InvitationClosedError,
    LinkInvalidError,
)
from accounts.models import Invitation
from accounts.queries import invitations_visible_to
from accounts.rules import may_administer_people
from core.access import is_anyone
from core.api.serializers import ModelSerializer, Serializer
from core.api.throttling import SignInRateLimit
from core.api.views import ApiViewSet, ListMixin, RetrieveMixin
from core.errors import QuotaExceededError


class InvitationSerializer(ModelSerializer):
    id = serializers.UUIDField(required=False)
    email = serializers.EmailField(required=False, allow_null=True)
    username = UsernameField(required=False, allow_null=True)
    scope_id = serializers.UUIDField(required=False, allow_null=True)

    class Meta:
        model = Invitation
        fields = (
            "id",
            "version",
            "email",
            "username",
            "display_name",
            "language",
            "role",
            "scope",
            "scope_id",
            "created_at",
            "expires_at",
            "accepted_at",
            "revoked_at",
        )
        read_only_fields = ("version", "created_at", "expires_at", "accepted_at", "revoked_at")
        validators = ()


class InvitedSerializer(Serializer):
    invitation = InvitationSerializer()
    link = serializers.CharField(
        allow_null=True,
        help_text="To hand over, where there is no address to mail it to. It is told only now.",
    )


class AcceptSerializer(Serializer):
    token = secret_field()
    password = secret_field()


class InvitationViewSet(ListMixin, RetrieveMixin, ApiViewSet[Invitation]):
    resource = "invitations"
    queryset = Invitation.objects.none()
    serializer_class = InvitationSerializer
    idempotent = False  # the answer may hold the link; a client's own id makes a repeat a 409
    rules = {
        "list": may_administer_people,
        "retrieve": may_administer_people,
        "create": may_administer_people,
        "revoke": may_administer_people,
    }
    problems = {
        "create": [AccountExistsError, AlreadyInvitedError],
        "revoke": [InvitationClosedError],
    }

    def get_queryset(self) -> QuerySet[Invitation]:
        return invitations_visible_to(self.actor, only_open=self.action == "list")

    @extend_schema(
        summary="Invitations that are still open", responses=InvitationSerializer(many=True)
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().list(request, *args, **kwargs)

    @extend_schema(summary="One invitation", responses=InvitationSerializer)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().retrieve(request, *args, **kwargs)

    @extend_schema(
        summary="Invite someone with a role; the link goes out by mail",
        responses={201: InvitedSerializer},
    )
    def create(self, request: Request, **_: Any) -> Response:
        invited = invite(**self.validated(), actor=self.actor)
        link = None if invited.invitation.email else invited.link
        told = {"invitation": invited.invitation, "link": link}
        return self.answer(told, status=201, serializer_class=InvitedSerializer)

    @extend_schema(
        summary="Make the link of an invitation worthless",
        request=None,
        responses=InvitationSerializer,
    )
    @action(detail=True, methods=["post"])
    def revoke(self, request: Request, **_: Any) -> Response:
        return self.answer(revoke_invitation(self.get_object(), actor=self.actor))


class AcceptInvitationViewSet(ApiViewSet[Invitation]):
    resource = "invitations"
    public = True
    idempotent = False
    authentication_classes = ()
    throttle_classes = (SignInRateLimit,)
    serializer_class = SignedInSerializer
    rules = {"accept": is_anyone}
    problems = {"accept": [LinkInvalidError, AccountExistsError, QuotaExceededError]}

    @extend_schema(
        summary="Accept an invitation: choose a password and sign in",
        request=AcceptSerializer,
        responses={201: SignedInSerializer},
    )
    @action(detail=False, methods=["post"])
    def accept(self, request: Request) -> Response:
        given = self.validated(AcceptSerializer)
        return Response(signed_in_body(accept_invitation(request._request, **given)), status=201)
