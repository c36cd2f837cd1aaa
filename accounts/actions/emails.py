"""A person's own e-mail address: it counts once its mailbox has been opened."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core import signing
from django.db import transaction
from rest_framework.exceptions import Throttled

from accounts.actions.passwords import recheck_password
from accounts.errors import AccountExistsError, LinkInvalidError
from accounts.links import personal_link
from accounts.lockout import attempt_as
from accounts.mail import EMAIL_CHANGED, EMAIL_CONFIRMATION
from accounts.models import User
from core.actor import Actor, ActorKind
from core.area import current_schema
from core.jobs.actions import start_job
from core.journal import actions as journal

MAIL_CONFIRMATION = "accounts.mail_email_confirmation"
MAIL_EMAIL_CHANGED = "accounts.mail_email_changed"
LIFE = timedelta(hours=24)


@transaction.atomic
def request_email(user: User, *, email: str, password: str, actor: Actor) -> None:
    """Ask for a letter to this address. Whether it is another account's shows nowhere."""
    row = recheck_password(user, password, "/password")
    start_job(MAIL_CONFIRMATION, {"user": str(row.pk), "email": email}, actor=actor)


def mail_confirmation(user_id: UUID, email: str) -> None:
    """The letter with the link, unless the address is taken or the letters were too many."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None or User.objects.by_login(email) is not None:
        return
    try:
        attempt_as(user.pk, "letter")  # nobody's mailbox is filled on purpose
    except Throttled:
        return
    token = signing.dumps([user.pk.hex, user.email, email], salt=_salt())
    EMAIL_CONFIRMATION.to(
        email,
        language=user.language,
        name=user.display_name,
        link=personal_link("confirm-email", token=token),
    ).send()


@transaction.atomic
def confirm_email(*, token: str) -> None:
    """Use the link of the letter: from now on this is the account's address.

    Raises LinkInvalidError, also once the address has changed since; AccountExistsError.
    """
    user_id, former, email = _read(token)
    row = User.objects.select_for_update().filter(pk=UUID(user_id), is_active=True).first()
    if row is None or row.email != former:
        raise LinkInvalidError
    if User.objects.by_login(email) is not None:
        raise AccountExistsError
    row.email = email
    row.save_changes("email")
    actor = Actor(kind=ActorKind.USER, id=row.pk)
    if former is not None:
        start_job(MAIL_EMAIL_CHANGED, {"user": str(row.pk), "former": former}, actor=actor)
    changes = {"email": [former, email]}
    journal.record("accounts.user.changed", row, actor=actor, changes=changes)


def mail_email_changed(user_id: UUID, former: str) -> None:
    """To the former address: if it was somebody else's doing, its owner should know."""
    user = User.objects.filter(pk=user_id).first()
    if user is not None:
        EMAIL_CHANGED.to(former, language=user.language, name=user.display_name).send()


def _read(token: str) -> Any:
    try:
        return signing.loads(token, salt=_salt(), max_age=LIFE)
    except signing.BadSignature:
        raise LinkInvalidError from None


def _salt() -> str:
    return f"accounts.email:{current_schema()}"
