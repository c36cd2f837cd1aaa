"""The session of an operator in Django's admin: shorter than that of a phone."""

from datetime import timedelta

from accounts.actions.sign_in import person, sign_out
from accounts.flows import SignedIn
from accounts.models import Session
from accounts.queries import is_operator_today
from accounts.sessions import SessionStore
from accounts.tokens import digest
from core.errors import NotAllowedError

ADMIN_SESSION = timedelta(hours=8)


def open_admin_session(signed_in: SignedIn) -> None:
    """Let a fresh session last for the day; raise NotAllowedError, and end it, for others."""
    if not is_operator_today(signed_in.user.pk):
        session = Session.objects.get(session_key=digest(signed_in.token))
        sign_out(session, actor=person(signed_in.user))
        raise NotAllowedError
    store = SessionStore(signed_in.token)
    store.set_expiry(int(ADMIN_SESSION.total_seconds()))
    store.save()
