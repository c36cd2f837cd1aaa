"""Between proving an address and a decision: more is wanted, an answer, an official document."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from core.actor import Actor
from core.journal import actions as journal
from tenants.actions.applications import (
    bound_by_address,
    bound_letters,
    locked_behind,
    mail_state,
    record_applicant,
)
from tenants.attachments import document_type
from tenants.enums import UNDER_REVIEW, ApplicationState
from tenants.errors import ApplicationStateError, NameTakenError, TooManyDocumentsError
from tenants.links import digest
from tenants.models import ApplicationDocument, AreaApplication
from tenants.queries import is_taken

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

    Raises LinkInvalidError, ApplicationStateError, NameTakenError.
    """
    row = locked_behind(token)
    if row.state != ApplicationState.MORE_WANTED:
        raise ApplicationStateError(state=row.state)
    _say(row, APPLICANT, text)
    row.state = ApplicationState.SUBMITTED
    changed = _correct(row, corrections, "state", "messages")
    record_applicant("answered", row, {"state": row.state, **changed})
    return row


@transaction.atomic
def correct_application(*, token: str, **corrections: str) -> AreaApplication:
    """Mend what was mistyped before the address is proven; a new proof goes to a new address.

    All other links then end: a stranger may have got them. Raises LinkInvalidError,
    ApplicationStateError, NameTakenError, TooManyApplicationsError, TooManyLettersError.
    """
    row = locked_behind(token)
    if row.state != ApplicationState.UNPROVEN:
        raise ApplicationStateError(state=row.state)
    is_readdressed = corrections.get("email", row.email) != row.email
    if is_readdressed:
        bound_by_address(corrections["email"])
        bound_letters(row)
    changed = _correct(row, corrections)
    if is_readdressed:
        row.links.filter(Q(proves_email=True) | ~Q(digest=digest(token))).delete()
        mail_state(row)
    record_applicant("corrected", row, changed)
    return row


@transaction.atomic
def add_document(*, token: str, file_name: str, content: bytes) -> AreaApplication:
    """Keep an official document with the application, until some time after it is decided.

    Only once the address is proven: nobody fills our disk from an address that is not theirs. The
    same file a second time is the first. Raises LinkInvalidError, ApplicationStateError,
    FileNotAcceptedError, TooManyDocumentsError.
    """
    row = locked_behind(token)
    if row.state not in UNDER_REVIEW:
        raise ApplicationStateError(state=row.state)
    kind = document_type(content)
    if row.documents.filter(content=content).exists():
        return row
    if row.documents.count() >= MOST_DOCUMENTS:
        raise TooManyDocumentsError(most=MOST_DOCUMENTS)
    document = ApplicationDocument.objects.create(
        application=row,
        file_name=file_name.replace("\x00", "")[:200] or "document",
        content_type=kind,
        content=content,
    )
    row.save_changes()
    record_applicant("document_added", row, {"document": str(document.pk)})
    return row


def _say(row: AreaApplication, who: str, text: str) -> None:
    said = {"from": who, "text": text, "at": timezone.now().isoformat()}
    row.messages = [*row.messages, said]


def _correct(
    row: AreaApplication, corrections: Mapping[str, str], *also: str
) -> dict[str, list[str]]:
    """Write what was corrected, and these fields too; what changed, before and after."""
    changed = {
        name: [getattr(row, name), value]
        for name, value in corrections.items()
        if getattr(row, name) != value
    }
    for name, (_, value) in changed.items():
        setattr(row, name, value)
    if changed.keys() & {"code", "slug"} and is_taken(code=row.code, slug=row.slug, but_by=row):
        raise NameTakenError
    try:
        with transaction.atomic():
            row.save_changes(*also, *changed)
    except IntegrityError:  # one live application per name
        raise NameTakenError from None
    return changed
