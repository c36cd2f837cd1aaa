"""How people sign in to an area, beside their passwords: by an OpenID Connect issuer of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from rest_framework import serializers

from accounts.enums import OidcMatch
from core.api.serializers import Serializer
from core.area_settings.kinds import (
    IN_OFFICE,
    TELLS_DIRECTORY,
    SettingDocument,
    SettingKind,
    register_kind,
)
from core.area_settings.queries import setting_on
from core.errors import invalid
from core.outbound import is_public_url
from core.text import Text
from tenants.publishing import Facts, tells_directory

_DOMAIN = r"^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$"


class OidcSerializer(Serializer):
    issuer = serializers.URLField(
        max_length=300,
        help_text="its address, exactly as `iss` of its tokens says; keys are read from "
        "/.well-known/openid-configuration below it",
    )
    client_id = serializers.CharField(
        max_length=200, help_text="of the app, a public client with PKCE: there is no secret"
    )
    match = serializers.ChoiceField(choices=OidcMatch.choices, help_text="whose account it opens")
    claim = serializers.CharField(
        max_length=60,
        allow_blank=True,
        help_text="that holds the staff code; empty where e-mail addresses are matched",
    )
    email_domains = serializers.ListField(
        child=serializers.RegexField(_DOMAIN, max_length=253),
        max_length=20,
        help_text="of addresses that are taken, such as `example.go.th`; empty: all",
    )


class SignInMethodsSerializer(Serializer):
    """Staff code or e-mail address with a password always work."""

    oidc = OidcSerializer(allow_null=True, help_text="null: no single sign-on")


@dataclass(frozen=True)
class Oidc:
    issuer: str
    client_id: str
    match: str
    claim: str
    email_domains: tuple[str, ...]


@dataclass(frozen=True)
class SignInMethods(SettingDocument):
    oidc: Oidc | None = None

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        given = document["oidc"]
        if given is None:
            return cls()
        return cls(Oidc(**{**given, "email_domains": tuple(given["email_domains"])}))

    def check(self) -> None:
        if self.oidc is not None:
            _check(self.oidc)


def _check(oidc: Oidc) -> None:
    if not is_public_url(oidc.issuer) or "?" in oidc.issuer:
        raise invalid(
            "/oidc/issuer", "not_https", "ต้องเป็นที่อยู่ https", "Must be a plain https address."
        )
    by_code = oidc.match == OidcMatch.STAFF_CODE
    if by_code != bool(oidc.claim):
        raise invalid(
            "/oidc/claim",
            "does_not_fit",
            "ระบุเฉพาะเมื่อจับคู่ด้วยรหัสบุคลากร",
            "Needed where staff codes are matched, and only there.",
        )


SIGN_IN = register_kind(
    SettingKind(
        code="sign_in",
        text=Text("การลงชื่อเข้าใช้", "Sign-in"),
        document=SignInMethods,
        shape=SignInMethodsSerializer,
        readers=IN_OFFICE,
        then=TELLS_DIRECTORY,
    )
)


@tells_directory
def _issuer() -> Facts:
    oidc = setting_on(SIGN_IN).oidc
    return {
        "oidc_issuer": oidc.issuer if oidc else "",
        "oidc_client_id": oidc.client_id if oidc else "",
    }
