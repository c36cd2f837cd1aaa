"""Shapes that several endpoints of this room share."""

from typing import Any

from rest_framework import serializers

from accounts.enums import Role, Scope
from accounts.flows import SignedIn
from accounts.models import User
from accounts.tokens import new_device_token
from core.api.serializers import ModelSerializer, Serializer

SECRET_LENGTH = 256


def secret_field(**options: Any) -> serializers.CharField:
    """A password or token: taken as it is, spaces included."""
    return serializers.CharField(
        **{"max_length": SECRET_LENGTH, "trim_whitespace": False, **options}
    )


class UsernameField(serializers.RegexField):
    """A staff code: no "@", so that it is never taken for an address, and no spaces."""

    def __init__(self, **options: Any) -> None:
        super().__init__(r"^[^\s@]+$", max_length=60, **options)


class UserSerializer(ModelSerializer):
    class Meta:
        model = User
        fields = (
            "id",
            "version",
            "username",
            "email",
            "display_name",
            "language",
            "is_active",
            "created_at",
        )
        read_only_fields = ("id", "version", "username", "created_at")


class HeldRoleSerializer(Serializer):
    role = serializers.ChoiceField(choices=Role.choices)
    scope = serializers.ChoiceField(choices=Scope.choices)
    scope_id = serializers.UUIDField(allow_null=True)


class SignedInSerializer(Serializer):
    """Either `session_token`, or `mfa_required` with a `pending_token` for the second step."""

    mfa_required = serializers.BooleanField()
    session_token = serializers.CharField(allow_null=True)
    pending_token = serializers.CharField(allow_null=True)
    device_token = serializers.CharField(
        allow_null=True,
        help_text="Keep it on the device and send it with the next sign-in: then wrong attempts "
        "of others at the same address do not make this device wait.",
    )
    user = UserSerializer(allow_null=True)


def signed_in_body(signed_in: SignedIn) -> dict[str, object]:
    done = signed_in.is_complete
    return {
        "mfa_required": not done,
        "session_token": signed_in.token if done else None,
        "pending_token": None if done else signed_in.token,
        "device_token": new_device_token(signed_in.user) if done else None,
        "user": UserSerializer(signed_in.user).data if done else None,
    }
