"""Short-lived credentials of a panelist's page: what a personal link is exchanged for, and what a
recorder gets to enter one person's answers of one round. Signed; nothing is stored."""

from dataclasses import dataclass
from uuid import UUID

from django.core import signing

from consensus.enums import EntryWay
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
class Entry:
    """Who enters whose answers of which round, and by which way these come."""

    recorder: UUID
    panelist: UUID
    round: UUID
    way: EntryWay


def new_recorder_credential(entry: Entry) -> str:
    ids = [each.hex for each in (entry.recorder, entry.panelist, entry.round)]
    return signing.dumps([*ids, entry.way], salt=_salt("recorder"))


def entry_of(credential: str) -> Entry | None:
    """What a recorder's credential of this area that still holds says, or None."""
    try:
        *ids, way = signing.loads(credential, salt=_salt("recorder"), max_age=LIFE)
        recorder, panelist, round_ = map(UUID, ids)
        return Entry(recorder, panelist, round_, EntryWay(way))
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        return None


def _salt(of: str = "panel") -> str:
    return f"consensus.{of}:{current_schema()}"
