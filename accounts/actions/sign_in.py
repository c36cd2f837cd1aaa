"""Signing in, by password and TOTP, and out."""

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.http import HttpRequest

from accounts.actions.totp import authenticator_for
from accounts.errors import (
    IssuerUnavailableError,
    OidcNotSetError,
    OidcRefusedError,
    SignInFailedError,
)
from accounts.flows import SignedIn, begin_sign_in, pending_sign_in
from accounts.lockout import attempt_as, attempt_from, attempt_sign_in
from accounts.models import Session, User
from accounts.oidc import checked_claims, spend, user_of
from accounts.sign_in_settings import SIGN_IN
from core.actor import Actor, ActorKind
from core.area_settings.queries import setting_on
from core.journal import actions as journal
from core.proxy import client_address


def person(user: User) -> Actor:
    """The actor of what someone does before they are signed in."""
    return Actor(kind=ActorKind.USER, id=user.pk)


def sign_in(
    request: HttpRequest, *, login: str, password: str, device: str = "", device_token: str = ""
) -> SignedIn:
    """Sign in with a staff code or an e-mail address. Raises SignInFailedError, Throttled.

    Takes the same time whether or not the account exists.
    """
    user = User.objects.by_login(login)
    attempt = attempt_sign_in(
        login, user, address=client_address(request), device_token=device_token
    )
    if user is None:
        make_password(password)
        raise SignInFailedError
    if not user.check_password(password) or not user.is_active:
        raise SignInFailedError
    attempt.succeeded()
    return open_session(request, user, method="password", device=device)


def sign_in_with_oidc(
    request: HttpRequest, *, id_token: str, nonce: str = "", device: str = ""
) -> SignedIn:
    """Sign in whom an ID token of the area's issuer speaks of; nobody gets an account by it.

    Raises OidcNotSetError, OidcRefusedError, IssuerUnavailableError, Throttled.
    """
    oidc = setting_on(SIGN_IN).oidc
    if oidc is None:
        raise OidcNotSetError
    attempt = attempt_from(client_address(request), "oidc")
    try:
        claims = checked_claims(id_token, oidc, nonce=nonce)
    except IssuerUnavailableError:
        attempt.succeeded()  # nobody's fault here
        raise
    user = user_of(claims, oidc)
    if user is None or not user.is_active or not spend(id_token):
        raise OidcRefusedError
    attempt.succeeded()
    return open_session(request, user, method="oidc", device=device)


@transaction.atomic
def open_session(request: HttpRequest, user: User, *, method: str, device: str = "") -> SignedIn:
    """Sign in someone who has proved who they are, as far as TOTP allows."""
    signed_in = begin_sign_in(request, user, method=method, device=device)
    if signed_in.is_complete:
        journal.record("accounts.user.signed_in", user, actor=person(user))
    return signed_in


@transaction.atomic
def complete_sign_in(request: HttpRequest, *, pending_token: str, code: str) -> SignedIn:
    """The second step, where TOTP is on. Raises SignInExpiredError, SignInFailedError, Throttled.

    `code` comes from the authenticator app or is a recovery code.
    """
    with pending_sign_in(request, pending_token) as pending:
        attempt = attempt_as(pending.user.pk, "code")
        authenticator = authenticator_for(pending.user, code)
        if authenticator is None:
            raise SignInFailedError
        attempt.succeeded()
        signed_in = pending.complete(authenticator)
    journal.record("accounts.user.signed_in", pending.user, actor=person(pending.user))
    return signed_in


@transaction.atomic
def sign_out(session: Session, *, actor: Actor) -> None:
    Session.objects.filter(pk=session.pk).delete()
    journal.record("accounts.user.signed_out", session, actor=actor)


@transaction.atomic
def revoke_session(session: Session, *, actor: Actor) -> None:
    """Sign a device out; its token is worth nothing from the next request on."""
    Session.objects.filter(pk=session.pk).delete()
    journal.record("accounts.session.revoked", session, actor=actor)
