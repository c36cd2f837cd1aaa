"""`/auth/…` for people who are not signed in yet."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.actions.emails import confirm_email
from accounts.actions.passwords import request_password_reset, reset_password
from accounts.actions.sign_in import complete_sign_in, sign_in, sign_in_with_oidc
from accounts.actions.slips import use_slip
from accounts.api.serializers import SignedInSerializer, secret_field, signed_in_body
from accounts.errors import (
    AccountExistsError,
    IssuerUnavailableError,
    LinkInvalidError,
    OidcNotSetError,
    OidcRefusedError,
    SignInExpiredError,
    SignInFailedError,
)
from accounts.models import User
from core.access import is_anyone
from core.api.serializers import Serializer
from core.api.throttling import SignInRateLimit
from core.api.views import ApiViewSet

_LOGIN = "The staff code or the e-mail address; upper and lower case are the same."


def _device_field() -> serializers.CharField:
    return serializers.CharField(
        max_length=200, required=False, help_text="A name for the list of devices."
    )


class LoginSerializer(Serializer):
    login = serializers.CharField(max_length=254, help_text=_LOGIN)


class SignInSerializer(LoginSerializer):
    password = secret_field()
    device = _device_field()
    device_token = secret_field(required=False, help_text="Of an earlier sign-in on this device.")


class OidcSignInSerializer(Serializer):
    id_token = secret_field(
        max_length=20_000, help_text="As the area's issuer made it for the app."
    )
    nonce = secret_field(required=False, help_text="That the app asked the issuer with, if any.")
    device = _device_field()


class TotpCodeSerializer(Serializer):
    pending_token = secret_field()
    code = serializers.CharField(max_length=20, help_text="From the app, or a recovery code.")


class SlipSerializer(LoginSerializer):
    code = serializers.CharField(max_length=20, help_text="As on the slip; hyphens do not count.")
    new_password = secret_field()
    device = _device_field()


class LinkSerializer(Serializer):
    token = secret_field(max_length=1000)


class NewPasswordSerializer(Serializer):
    token = secret_field()
    new_password = secret_field()


class SignInViewSet(ApiViewSet[User]):
    """Each attempt is counted by address; wrong ones slow down and then lock for a while (429)."""

    resource = "auth"
    public = True
    idempotent = False
    authentication_classes = ()
    throttle_classes = (SignInRateLimit,)
    serializer_class = SignedInSerializer
    rules = {
        "sign_in": is_anyone,
        "verify_totp": is_anyone,
        "use_slip": is_anyone,
        "request_password_reset": is_anyone,
        "confirm_password_reset": is_anyone,
        "confirm_email": is_anyone,
    }
    problems = {
        "sign_in": [SignInFailedError],
        "verify_totp": [SignInFailedError, SignInExpiredError],
        "use_slip": [SignInFailedError],
        "confirm_password_reset": [LinkInvalidError],
        "confirm_email": [LinkInvalidError, AccountExistsError],
    }

    @extend_schema(
        summary="Sign in with staff code or e-mail address and password",
        request=SignInSerializer,
        responses=SignedInSerializer,
    )
    @action(detail=False, methods=["post"], url_path="sign-in")
    def sign_in(self, request: Request) -> Response:
        given = self.validated(SignInSerializer)
        return Response(signed_in_body(sign_in(request._request, **given)))

    @extend_schema(
        summary="Complete a sign-in with the code of the authenticator app",
        request=TotpCodeSerializer,
        responses=SignedInSerializer,
    )
    @action(detail=False, methods=["post"], url_path="totp")
    def verify_totp(self, request: Request) -> Response:
        given = self.validated(TotpCodeSerializer)
        return Response(signed_in_body(complete_sign_in(request._request, **given)))

    @extend_schema(
        summary="First access with the code of a slip: choose a password and sign in",
        request=SlipSerializer,
        responses=SignedInSerializer,
    )
    @action(detail=False, methods=["post"], url_path="slip")
    def use_slip(self, request: Request) -> Response:
        given = self.validated(SlipSerializer)
        return Response(signed_in_body(use_slip(request._request, **given)))

    @extend_schema(
        summary="Ask for a letter with a link to choose a new password",
        description="The answer is the same whether or not there is such an account.",
        request=LoginSerializer,
        responses={202: None},
    )
    @action(detail=False, methods=["post"], url_path="password-reset")
    def request_password_reset(self, request: Request) -> Response:
        request_password_reset(self.validated(LoginSerializer)["login"])
        return Response(status=202)

    @extend_schema(
        summary="Choose a new password with the link of the letter",
        description="Every device is signed out. Sign in with the new password afterwards.",
        request=NewPasswordSerializer,
        responses={204: None},
    )
    @action(detail=False, methods=["post"], url_path="password-reset/confirm")
    def confirm_password_reset(self, request: Request) -> Response:
        given: dict[str, Any] = self.validated(NewPasswordSerializer)
        reset_password(token=given["token"], new=given["new_password"])
        return Response(status=204)

    @extend_schema(
        summary="Confirm an e-mail address with the link of the letter",
        request=LinkSerializer,
        responses={204: None},
    )
    @action(detail=False, methods=["post"], url_path="email/confirm")
    def confirm_email(self, request: Request) -> Response:
        confirm_email(**self.validated(LinkSerializer))
        return Response(status=204)


class OidcSignInViewSet(ApiViewSet[User]):
    """Each attempt is counted by address; wrong ones slow down and then lock for a while (429)."""

    resource = "auth"
    public = True
    idempotent = False
    authentication_classes = ()
    throttle_classes = (SignInRateLimit,)
    serializer_class = SignedInSerializer
    rules = {"sign_in_with_oidc": is_anyone}
    problems = {
        "sign_in_with_oidc": [OidcRefusedError, OidcNotSetError, IssuerUnavailableError],
    }

    @extend_schema(
        summary="Sign in with an ID token of the area's own issuer",
        description="Issuer and client id are in the directory of areas. The app signs its user in "
        "there (authorization code with PKCE) and sends the ID token here within ten minutes, "
        "once. It opens the account that has the verified e-mail address or the staff code; "
        "nobody gets an account by it. A second factor is asked for as after a password.",
        request=OidcSignInSerializer,
        responses=SignedInSerializer,
    )
    @action(detail=False, methods=["post"], url_path="oidc")
    def sign_in_with_oidc(self, request: Request) -> Response:
        given = self.validated(OidcSignInSerializer)
        return Response(signed_in_body(sign_in_with_oidc(request._request, **given)))
