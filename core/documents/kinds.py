"""Which kinds of documents there are, and who may read each."""

from collections.abc import Callable
from uuid import UUID

from core.actor import Actor
from core.documents.models import Document

# Told the reader and what the document is about; asked anew each time.
MayRead = Callable[[Actor, UUID], bool]

_readers: dict[str, MayRead] = {}


def document_kind(name: str) -> Callable[[MayRead], MayRead]:
    """Register who may read a kind: `@document_kind("consensus.report")`."""

    def register(may_read: MayRead) -> MayRead:
        _readers[name] = may_read
        return may_read

    return register


def may_read(actor: Actor, document: Document) -> bool:
    """A kind that no room knows any more is read by nobody."""
    known = _readers.get(document.kind)
    return known is not None and known(actor, document.subject_id)
