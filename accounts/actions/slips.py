"""First access without e-mail: a one-time code on a slip of paper, with a QR code."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import segno
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from accounts.actions.grants import unknown_user
from accounts.actions.passwords import check_new_password, set_password
from accounts.actions.sign_in import open_session, person
from accounts.errors import SignInFailedError
from accounts.flows import SignedIn
from accounts.links import personal_link
from accounts.lockout import attempt_sign_in
from accounts.models import AccessSlip, User
from accounts.queries import users_visible_to
from accounts.rules import may_issue_slip
from accounts.tokens import code_digest, is_same, new_code
from core.access import require
from core.actor import Actor
from core.journal import actions as journal
from core.proxy import client_address

VALID_DAYS = 30


@dataclass(frozen=True)
class IssuedSlip:
    """What is printed; the code is told only now."""

    user_id: UUID
    display_name: str
    login: str
    code: str
    expires_at: datetime
    link: str
    qr_svg: str


@transaction.atomic
def issue_slip(user_id: UUID, *, actor: Actor) -> IssuedSlip:
    """A slip for someone's account; an earlier slip of it is worth nothing any more."""
    user = users_visible_to(actor).filter(pk=user_id, is_active=True).first()
    if user is None:
        raise unknown_user()
    require(may_issue_slip, actor, user)
    code, expires_at = new_code(), timezone.now() + timedelta(days=VALID_DAYS)
    AccessSlip.objects.update_or_create(
        user=user,
        defaults={"code_digest": code_digest(code, user), "expires_at": expires_at},
    )
    journal.record("accounts.slip.issued", user, actor=actor)
    login = user.username or str(user.email)
    link = personal_link("first-access", login=login, code=code)
    return IssuedSlip(
        user_id=user.pk,
        display_name=user.display_name,
        login=login,
        code=code,
        expires_at=expires_at,
        link=link,
        qr_svg=segno.make(link, error="m").svg_inline(scale=4),
    )


def use_slip(
    request: HttpRequest, *, login: str, code: str, new_password: str, device: str = ""
) -> SignedIn:
    """Choose a password with the code of a slip, and sign in. Works once.

    Raises SignInFailedError, Throttled, InvalidInputError; a password that is refused leaves the
    slip usable.
    """
    user = User.objects.by_login(login)
    attempt = attempt_sign_in(login, user, address=client_address(request), device_token="")
    if user is None:
        make_password(new_password)
        raise SignInFailedError
    with transaction.atomic():
        row = user.locked()
        if not _is_right(row, code):
            make_password(new_password)
            raise SignInFailedError
        check_new_password(new_password, row, "/new_password")
        set_password(row, new_password)
        row.sessions.all().delete()
        signed_in = open_session(request, row, method="slip", device=device)
        journal.record("accounts.slip.used", row, actor=person(row))
    attempt.succeeded()
    return signed_in


def _is_right(user: User, code: str) -> bool:
    slip = AccessSlip.objects.filter(user=user, expires_at__gt=timezone.now()).first()
    given = code_digest(code, user)
    return slip is not None and user.is_active and is_same(given, slip.code_digest)
