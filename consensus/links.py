"""Personal links: 256 random bits, kept as a digest; and the credential they are exchanged for."""

import hashlib
import secrets
from uuid import UUID

from django.core import signing

from core.addresses import area_url
from core.area import current_schema
from tenants.directory import area_by_schema

CREDENTIAL_LIFE = 12 * 60 * 60  # seconds: long enough to answer in peace


def new_token() -> str:
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What the table keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def panel_address(token: str) -> str:
    """The page of the present area that the link opens.

    The token stands behind the `#`, which browsers do not send: no log and no scanner of links in
    mails learns it.
    """
    area = area_by_schema(current_schema())
    return area_url(area.slug if area else "", f"/panel#token={token}")


def new_credential(link_id: UUID) -> str:
    """A signed credential for one link of this area; it stores nothing."""
    return signing.dumps(link_id.hex, salt=_salt())


def link_of(credential: str) -> UUID | None:
    """The link behind a credential of this area that still holds, or None."""
    try:
        return UUID(signing.loads(credential, salt=_salt(), max_age=CREDENTIAL_LIFE))
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        return None


def _salt() -> str:
    return f"consensus.panel:{current_schema()}"
