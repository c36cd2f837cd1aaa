"""The short-lived credential that a personal link is exchanged for. Signed; nothing is stored."""

from uuid import UUID

from django.core import signing

from core.area import current_schema

LIFE = 12 * 60 * 60  # seconds: long enough to answer in peace


def new_credential(link_id: UUID) -> str:
    """A credential for one link of the present area."""
    return signing.dumps(link_id.hex, salt=_salt())


def link_of(credential: str) -> UUID | None:
    """The link behind a credential of this area that still holds, or None."""
    try:
        return UUID(signing.loads(credential, salt=_salt(), max_age=LIFE))
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        return None


def _salt() -> str:
    return f"consensus.panel:{current_schema()}"
