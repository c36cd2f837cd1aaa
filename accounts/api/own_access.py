"""`/auth/…` and `/sessions` for people who are signed in: password, TOTP, devices."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.actions.emails import request_email
from accounts.actions.passwords import change_password
from accounts.actions.sign_in import revoke_session, sign_out
from accounts.actions.totp import activate_totp, deactivate_totp, set_up_totp
from accounts.api.authentication import credential_of
from accounts.api.serializers import secret_field
from accounts.errors import TotpActiveError, TotpNotActiveError
from accounts.models import Session, User
from core.access import is_signed_in
from core.api.serializers import DateTimeField, ModelSerializer, Serializer
from core.api.views import ApiViewSet, ListMixin


class ChangePasswordSerializer(Serializer):
    current_password = secret_field()
    new_password = secret_field()


class ChangeEmailSerializer(Serializer):
    email = serializers.EmailField()
    password = secret_field()


class PasswordSerializer(Serializer):
    password = secret_field()


class CodeSerializer(Serializer):
    code = serializers.CharField(max_length=20)


class TotpSetupSerializer(Serializer):
    secret = serializers.CharField()
    uri = serializers.CharField(help_text="otpauth://…, what the QR code says")
    qr_svg = serializers.CharField()


class RecoveryCodesSerializer(Serializer):
    recovery_codes = serializers.ListField(child=serializers.CharField())


class OwnAccessViewSet(ApiViewSet[User]):
    resource = "auth"
    idempotent = False
    serializer_class = PasswordSerializer
    rules = {
        "sign_out": is_signed_in,
        "change_password": is_signed_in,
        "change_email": is_signed_in,
        "setup_totp": is_signed_in,
        "activate_totp": is_signed_in,
        "deactivate_totp": is_signed_in,
    }
    problems = {
        "setup_totp": [TotpActiveError],
        "activate_totp": [TotpActiveError, TotpNotActiveError],
        "deactivate_totp": [TotpNotActiveError],
    }

    @extend_schema(summary="Sign this device out", request=None, responses={204: None})
    @action(detail=False, methods=["post"], url_path="sign-out")
    def sign_out(self, request: Request) -> Response:
        sign_out(credential_of(request).session, actor=self.actor)
        return Response(status=204)

    @extend_schema(
        summary="Use another e-mail address, once the link in a letter to it is opened",
        description="The answer is the same whether or not another account has the address.",
        request=ChangeEmailSerializer,
        responses={202: None},
    )
    @action(detail=False, methods=["post"], url_path="email")
    def change_email(self, request: Request) -> Response:
        given = self.validated(ChangeEmailSerializer)
        request_email(credential_of(request).user, **given, actor=self.actor)
        return Response(status=202)

    @extend_schema(
        summary="Change the password; every other device is signed out",
        request=ChangePasswordSerializer,
        responses={204: None},
    )
    @action(detail=False, methods=["post"], url_path="password")
    def change_password(self, request: Request) -> Response:
        given, credential = self.validated(ChangePasswordSerializer), credential_of(request)
        change_password(
            credential.user,
            current=given["current_password"],
            new=given["new_password"],
            keep=credential.session,
            actor=self.actor,
        )
        return Response(status=204)

    @extend_schema(
        summary="Start to set TOTP up: the secret for the authenticator app",
        request=None,
        responses=TotpSetupSerializer,
    )
    @action(detail=False, methods=["post"], url_path="totp/setup")
    def setup_totp(self, request: Request) -> Response:
        credential = credential_of(request)
        setup = set_up_totp(credential.user, credential.token)
        return self.answer(setup, serializer_class=TotpSetupSerializer)

    @extend_schema(
        summary="Turn TOTP on with a first code; the recovery codes are told this once",
        request=CodeSerializer,
        responses=RecoveryCodesSerializer,
    )
    @action(detail=False, methods=["post"], url_path="totp/activate")
    def activate_totp(self, request: Request) -> Response:
        code, credential = self.validated(CodeSerializer)["code"], credential_of(request)
        codes = activate_totp(credential.user, credential.token, code=code, actor=self.actor)
        return Response({"recovery_codes": codes})

    @extend_schema(
        summary="Turn TOTP off, with the password",
        request=PasswordSerializer,
        responses={204: None},
    )
    @action(detail=False, methods=["post"], url_path="totp/deactivate")
    def deactivate_totp(self, request: Request) -> Response:
        password = self.validated(PasswordSerializer)["password"]
        deactivate_totp(credential_of(request).user, password=password, actor=self.actor)
        return Response(status=204)


class SessionSerializer(ModelSerializer):
    expires_at = DateTimeField(source="expire_date")
    current = serializers.SerializerMethodField()

    class Meta:
        model = Session
        fields = ("id", "device", "address", "created_at", "last_seen_on", "expires_at", "current")
        read_only_fields = fields

    def get_current(self, session: Session) -> bool:
        return session.pk == credential_of(self.context["request"]).session.pk


class SessionViewSet(ListMixin, ApiViewSet[Session]):
    resource = "sessions"
    queryset = Session.objects.none()
    serializer_class = SessionSerializer
    versioned = False
    ordering = ("-id",)
    rules = {"list": is_signed_in, "destroy": is_signed_in}

    def get_queryset(self) -> QuerySet[Session]:
        return Session.objects.filter(user=self.actor.id).defer("session_data")

    @extend_schema(summary="My devices", responses=SessionSerializer(many=True))
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().list(request, *args, **kwargs)

    @extend_schema(summary="Sign a device out; acts at its next request", responses={204: None})
    def destroy(self, request: Request, **_: Any) -> Response:
        revoke_session(self.get_object(), actor=self.actor)
        return Response(status=204)
