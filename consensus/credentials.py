"""Short-lived credentials of a panelist's page: what a personal link is exchanged for, and what a
recorder gets to enter one person's answers of one round. Signed; nothing is stored."""

from dataclasses import dataclass
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


@dataclass(frozen=True)
class Entering:
    """What a recorder's credential says: who enters whose answers of which round, and the way."""

    recorder: UUID
    panelist: UUID
    round: UUID
    way: str


def new_recorder_credential(entering: Entering) -> str:
    ids = [each.hex for each in (entering.recorder, entering.panelist, entering.round)]
    return signing.dumps([*ids, entering.way], salt=_salt("recorder"))


def entering_of(credential: str) -> Entering | None:
    """What a recorder's credential of this area that still holds says, or None."""
    try:
        *ids, way = signing.loads(credential, salt=_salt("recorder"), max_age=LIFE)
        recorder, panelist, round_ = map(UUID, ids)
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        return None
    return Entering(recorder, panelist, round_, way)


def _salt(of: str = "panel") -> str:
    return f"consensus.{of}:{current_schema()}"
