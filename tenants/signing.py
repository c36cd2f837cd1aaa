"""An area's signature under what its people carry away (decision 33).

A compact JWS with Ed25519 (RFC 7515, RFC 8037): any JOSE library verifies it with the area's public
keys, without us. Its claims are our caller's; `iss` is the area's code, `kid` the key's id.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import jwt
import orjson
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import timezone
from django_tenants.utils import schema_context
from jwt.utils import base64url_decode, base64url_encode

from core.actor import SYSTEM, Actor
from core.area import current_schema
from core.encryption import decrypt, encrypt
from core.journal import actions as journal
from tenants.models import Area, AreaKey, RevokedCertificate
from tenants.postgresql.base import PUBLIC

_ALGORITHM = "EdDSA"
_PURPOSE = "krunet-signing"


# --- Signing: in an area -----------------------------------------------------------------------
def sign(claims: Mapping[str, Any]) -> str:
    """Sign for the present area, with the key in use; the first signature makes the first key."""
    schema = current_schema()
    with schema_context(PUBLIC), transaction.atomic():
        area = Area.objects.get(schema_name=schema)
        key = _key_in_use(area)
        secret = base64url_decode(decrypt(key.secret_key, purpose=_PURPOSE))
        return jwt.PyJWS().encode(  # in UTF-8: PyJWT's own claims are twice as long in Thai
            orjson.dumps({"iss": area.code, **claims}),
            Ed25519PrivateKey.from_private_bytes(secret),
            algorithm=_ALGORITHM,
            headers={"kid": str(key.pk), "typ": ""},  # a QR code holds it: nothing more
        )


def _key_in_use(area: Area) -> AreaKey:
    made = Ed25519PrivateKey.generate()
    key, is_new = AreaKey.objects.get_or_create(  # of two at once, one finds the other's
        area=area,
        retired_at=None,
        defaults={
            "public_key": base64url_encode(made.public_key().public_bytes_raw()).decode(),
            "secret_key": encrypt(
                base64url_encode(made.private_bytes_raw()).decode(), purpose=_PURPOSE
            ),
        },
    )
    if is_new:
        journal.record("tenants.area.key_made", area, actor=SYSTEM, changes={"key": str(key.pk)})
    return key


def retire_key(area: Area, *, actor: Actor) -> None:
    """Forget the secret half of the key in use; what it signed can be verified as before.

    An area that has signed nothing yet has none; then nothing happens.
    """
    with schema_context(PUBLIC), transaction.atomic():
        in_use = AreaKey.objects.filter(area=area, retired_at=None)
        for key in in_use.select_for_update():
            key.retired_at, key.secret_key = timezone.now(), ""
            key.save_changes("retired_at", "secret_key")
            changes = {"key": str(key.pk)}
            journal.record("tenants.area.key_retired", area, actor=actor, changes=changes)


def revoke(certificate_id: UUID, *, revoked_at: datetime) -> None:
    """Tell the world that this certificate of the present area holds no more."""
    schema = current_schema()
    with schema_context(PUBLIC), transaction.atomic():
        RevokedCertificate.objects.get_or_create(
            area=Area.objects.get(schema_name=schema),
            certificate_id=certificate_id,
            defaults={"revoked_at": revoked_at},
        )


# --- Verifying: anywhere -----------------------------------------------------------------------
@dataclass(frozen=True)
class Signed:
    """What an area has signed; `revoked` is where it was revoked since."""

    area: Area
    claims: dict[str, Any]
    revoked: RevokedCertificate | None


def verified(token: str) -> Signed | None:
    """What stands in it, or None where no area of ours has signed just this."""
    with schema_context(PUBLIC):
        try:
            key = _key_named(jwt.get_unverified_header(token).get("kid", ""))
            claims = jwt.decode(token, _public(key), [_ALGORITHM], options={"require": ["jti"]})
            number = UUID(claims["jti"])
        except (jwt.PyJWTError, ObjectDoesNotExist, ValueError):
            return None
        revoked = RevokedCertificate.objects.filter(area=key.area, certificate_id=number).first()
        return Signed(key.area, claims, revoked)


def _key_named(kid: str) -> AreaKey:
    return AreaKey.objects.select_related("area").get(pk=UUID(kid))


def _public(key: AreaKey) -> jwt.PyJWK:
    return jwt.PyJWK(as_jwk(key))


def as_jwk(key: AreaKey) -> dict[str, str]:
    """The public half as others read it (RFC 8037)."""
    return {
        "kty": "OKP",
        "crv": "Ed25519",
        "x": key.public_key,
        "kid": str(key.pk),
        "alg": _ALGORITHM,
        "use": "sig",
    }
