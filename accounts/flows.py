"""allauth's headless sign-in, run for our own endpoints and our own sessions.

allauth keeps its state in `request.session` and answers with pages or with JSON of its own. Here
it gets one of our sessions for the time of a call, and its answers are dropped.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import SimpleNamespace

from allauth.account import app_settings
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.stagekit import get_pending_stage
from allauth.account.models import Login
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from accounts.errors import SignInExpiredError
from accounts.models import User
from accounts.sessions import SessionStore
from core.proxy import client_address

_DEVICE_LENGTH = 200
_BEGUN_WITH = "accounts.begun_with"  # a digest of the password with which the sign-in began


@dataclass(frozen=True)
class SignedIn:
    """How far a sign-in has come: a session, or a pending one that still needs the TOTP code."""

    user: User
    token: str
    is_complete: bool


def begin_sign_in(request: HttpRequest, user: User, *, method: str, device: str = "") -> SignedIn:
    """Sign in someone who has proved who they are by `method`, as far as TOTP allows.

    `device` is the name for the list of devices; without one, the User-Agent stands there.
    """
    named = device or request.headers.get("User-Agent", "")
    store = SessionStore(device=named[:_DEVICE_LENGTH], address=client_address(request) or None)
    with _lent_to_allauth(request, store):
        record_authentication(request, user, method=method)
        store[_BEGUN_WITH] = user.get_session_auth_hash()
        perform_login(request, Login(user=user))
        return _outcome(request, store, user)


@contextmanager
def pending_sign_in(request: HttpRequest, token: str) -> Iterator["PendingSignIn"]:
    """The sign-in that a pending token stands for. Raises SignInExpiredError."""
    store = SessionStore(token)
    with _lent_to_allauth(request, store):
        stage = get_pending_stage(request)
        if stage is None or not _still_holds(store, stage.login.user):
            raise SignInExpiredError
        yield PendingSignIn(request, store, stage)


class PendingSignIn:
    def __init__(self, request: HttpRequest, store: SessionStore, stage: AuthenticateStage) -> None:
        self._request = request
        self._store = store
        self._stage = stage
        self.user: User = stage.login.user

    def complete(self, authenticator: Authenticator) -> SignedIn:
        """The code was right: exchange the pending session for a real one."""
        authenticator.record_usage()
        record_authentication(
            self._request, self.user, "mfa", id=authenticator.pk, type=authenticator.type
        )
        self._stage.exit()
        return _outcome(self._request, self._store, self.user)


def _still_holds(store: SessionStore, user: User | None) -> bool:
    """False once the account is closed or its password is another: then start again."""
    if user is None or not user.is_active:
        return False
    return constant_time_compare(store.get(_BEGUN_WITH, ""), user.get_session_auth_hash())


def _outcome(request: HttpRequest, store: SessionStore, user: User) -> SignedIn:
    is_complete = bool(request.user.is_authenticated)
    store.set_expiry(None if is_complete else app_settings.LOGIN_TIMEOUT)
    store.save()
    return SignedIn(user=user, token=str(store.session_key), is_complete=is_complete)


@contextmanager
def _lent_to_allauth(request: HttpRequest, store: SessionStore) -> Iterator[None]:
    kept = request.session, request.user
    request.session, request.user = store, AnonymousUser()
    request.allauth.headless = SimpleNamespace(client="app")  # type: ignore[attr-defined]
    try:
        yield
    finally:
        request.session, request.user = kept
        del request.allauth.headless  # type: ignore[attr-defined]
        request.META["CSRF_COOKIE_NEEDS_UPDATE"] = False  # signing in rotates it; we use none
