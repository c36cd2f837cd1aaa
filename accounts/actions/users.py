"""Changing accounts: one's own, and by administrators."""

from typing import Any

from django.db import transaction

from accounts.actions.grants import keep_a_chief
from accounts.models import User
from core.actor import Actor
from core.errors import invalid
from core.journal import actions as journal
from core.quotas import Quota, take


@transaction.atomic
def change_user(user: User, changes: dict[str, Any], *, actor: Actor) -> User:
    """Change an account. Closing one signs its devices out at once and frees its seat.

    Raises StaleVersionError, LastChiefError, QuotaExceededError, InvalidInputError.
    """
    if changes.get("is_active") and not user.is_active:
        take(Quota.USERS)
    row = user.locked_unchanged()
    if "email" in changes and changes["email"] is None and row.username is None:
        raise invalid(
            "/email",
            "needed",
            "บัญชีนี้ไม่มีรหัสบุคลากร จึงต้องมีอีเมล",
            "This account has no staff code, so it needs an address.",
        )
    is_closing = row.is_active and changes.get("is_active") is False
    if is_closing:
        keep_a_chief(without_user=row)
    before = {name: [getattr(row, name), new] for name, new in changes.items()}
    for name, new in changes.items():
        setattr(row, name, new)
    row.save_changes(*changes)
    if is_closing:
        row.sessions.all().delete()
    journal.record("accounts.user.changed", row, actor=actor, changes=before)
    return row


@transaction.atomic
def change_own_account(user: User, changes: dict[str, Any], *, actor: Actor) -> User:
    """Change one's own name or language; the last change wins."""
    row = user.locked()
    before = {name: [getattr(row, name), new] for name, new in changes.items()}
    for name, new in changes.items():
        setattr(row, name, new)
    row.save_changes(*changes)
    journal.record("accounts.user.changed", row, actor=actor, changes=before)
    return row
