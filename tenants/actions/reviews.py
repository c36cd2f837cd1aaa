"""Between proving an address and a decision: more is wanted, an answer, an official document."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from core.actor import Actor, ActorKind
from core.journal import actions as journal
from tenants.actions.applications import UNDER_REVIEW, mail_state
from tenants.enums import ApplicationState
from tenants.errors import ApplicationStateError, NameTakenError, TooManyDocumentsError
from tenants.letters import document_type
from tenants.models import ApplicationDocument, ApplicationLink, AreaApplication
from tenants.queries import application_behind

MOST_DOCUMENTS = 3
OPERATOR, APPLICANT = "operator", "applicant"


@transaction.atomic
def ask_for_more(application: AreaApplication, *, text: str, actor: Actor) -> AreaApplication:
    """Ask the applicant something; the application waits, and keeps its name.

    Raises ApplicationStateError.
    """
    row = application.locked()
    if row.state not in UNDER_REVIEW:
        raise ApplicationStateError(state=row.state)
    _say(row, OPERATOR, text)
    row.state = ApplicationState.MORE_WANTED
    row.save_changes("state", "messages")
    mail_state(row)
    journal.record("tenants.application.asked", row, actor=actor, changes={"state": row.state})
    return row


@transaction.atomic
def answer_question(*, token: str, text: str, **corrections: str) -> AreaApplication:
    """Answer, correct what was wrong, and go back to review.

    Raises LinkInvalidError, ApplicationStateError.
    """
    row = application_behind(token).locked()
    if row.state != ApplicationState.MORE_WANTED:
        raise ApplicationStateError(state=row.state)
    _say(row, APPLICANT, text)
    row.state = ApplicationState.SUBMITTED
    changed = _corrected(row, corrections)
    row.save_changes("state", "messages", *changed)
    _record(row, "answered", {"state": row.state, **changed})
    return row


@transaction.atomic
def correct_application(*, token: str, **corrections: str) -> AreaApplication:
    """Mend what was mistyped before the address is proven; a new proof goes to the address.

    Earlier proofs end: one that went to a stranger's address proves nothing. Raises
    LinkInvalidError, ApplicationStateError, NameTakenError.
    """
    row = application_behind(token).locked()
    if row.state != ApplicationState.UNPROVEN:
        raise ApplicationStateError(state=row.state)
    changed = _corrected(row, corrections)
    try:
        with transaction.atomic():
            row.save_changes(*changed)
    except IntegrityError:
        raise NameTakenError from None
    ApplicationLink.objects.filter(application=row, proves_email=True).delete()
    mail_state(row)
    _record(row, "corrected", changed)
    return row


@transaction.atomic
def add_document(*, token: str, file_name: str, content: bytes) -> AreaApplication:
    """Keep an official document with the application, until some time after it is decided.

    Raises LinkInvalidError, ApplicationStateError, FileNotAcceptedError, TooManyDocumentsError.
    """
    row = application_behind(token).locked()
    if row.state not in (ApplicationState.UNPROVEN, *UNDER_REVIEW):
        raise ApplicationStateError(state=row.state)
    kind = document_type(content)
    if row.documents.count() >= MOST_DOCUMENTS:
        raise TooManyDocumentsError(most=MOST_DOCUMENTS)
    document = ApplicationDocument.objects.create(
        application=row,
        file_name=file_name.replace("\x00", "")[:200] or "document",
        content_type=kind,
        content=content,
    )
    row.save_changes()
    _record(row, "document_added", {"document": str(document.pk)})
    return row


def _say(row: AreaApplication, who: str, text: str) -> None:
    said = {"from": who, "text": text, "at": timezone.now().isoformat()}
    row.messages = [*row.messages, said]


def _corrected(row: AreaApplication, corrections: Mapping[str, str]) -> dict[str, list[str]]:
    changed = {
        name: [getattr(row, name), value]
        for name, value in corrections.items()
        if getattr(row, name) != value
    }
    for name, (_, value) in changed.items():
        setattr(row, name, value)
    return changed


def _record(row: AreaApplication, what: str, changes: Mapping[str, Any]) -> None:
    applicant = Actor(kind=ActorKind.LINK, id=row.pk)
    journal.record(f"tenants.application.{what}", row, actor=applicant, changes=changes)
