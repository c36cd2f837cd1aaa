"""The second factor: codes of an authenticator app, and recovery codes on paper."""

from dataclasses import dataclass

import segno
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    SECRET_SESSION_KEY,
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt, encrypt, is_mfa_enabled
from django.db import transaction

from accounts.actions.passwords import recheck_password
from accounts.errors import TotpActiveError, TotpNotActiveError
from accounts.lockout import attempt_as
from accounts.models import User
from accounts.sessions import SessionStore
from core.actor import Actor
from core.errors import InvalidInputError, invalid
from core.journal import actions as journal

_LAST = "last_counter"  # in the authenticator's data: the newest code that was used


@dataclass(frozen=True)
class TotpSetup:
    secret: str
    uri: str
    qr_svg: str


def set_up_totp(user: User, token: str) -> TotpSetup:
    """A secret for the authenticator app; it counts once a code of it has been seen."""
    if is_mfa_enabled(user):
        raise TotpActiveError
    secret = generate_totp_secret()
    store = SessionStore(token)
    store[SECRET_SESSION_KEY] = encrypt(secret)
    store.save()
    uri = get_adapter().build_totp_url(user, secret)
    return TotpSetup(secret=secret, uri=uri, qr_svg=segno.make(uri).svg_inline(scale=4))


@transaction.atomic
def activate_totp(user: User, token: str, *, code: str, actor: Actor) -> list[str]:
    """Turn TOTP on; the recovery codes are told this once."""
    attempt = attempt_as(user.pk, "code")
    store = SessionStore(token)
    kept = store.get(SECRET_SESSION_KEY)
    if kept is None:
        raise TotpNotActiveError
    user.locked()
    if is_mfa_enabled(user):
        raise TotpActiveError
    secret = decrypt(kept)
    counter = _counter_of(secret, code)
    if counter is None:
        raise _wrong_code()
    attempt.succeeded()
    authenticator = TOTP.activate(user, secret).instance
    authenticator.data[_LAST] = counter
    authenticator.save()
    del store[SECRET_SESSION_KEY]
    store.save()
    codes: list[str] = RecoveryCodes.activate(user).get_unused_codes()
    journal.record("accounts.totp.activated", user, actor=actor)
    return codes


@transaction.atomic
def deactivate_totp(user: User, *, password: str, actor: Actor) -> None:
    """Turn one's own TOTP off, after the password was given again."""
    recheck_password(user, password, "/password")
    _remove_totp(user)
    journal.record("accounts.totp.deactivated", user, actor=actor)


@transaction.atomic
def remove_totp(user: User, *, actor: Actor) -> None:
    """An administrator's help for someone who has lost both the phone and the recovery codes."""
    _remove_totp(user)
    journal.record("accounts.totp.removed", user, actor=actor)


def authenticator_for(user: User, code: str) -> Authenticator | None:
    """The TOTP or the recovery codes that this code belongs to; each code works once.

    The used code is remembered in the row itself, so that neither two requests at once nor a
    cache that is away can use it twice. Call in a transaction.
    """
    rows = Authenticator.objects.select_for_update().filter(user=user).order_by("pk")
    for row in rows:
        if row.type == Authenticator.Type.TOTP and _spend_totp(row, code):
            return row
        if row.type == Authenticator.Type.RECOVERY_CODES and row.wrap().validate_code(code):
            return row
    return None


def _spend_totp(row: Authenticator, code: str) -> bool:
    counter = _counter_of(decrypt(row.data["secret"]), code)
    if counter is None or counter <= row.data.get(_LAST, 0):
        return False
    row.data[_LAST] = counter
    row.save(update_fields=["data"])
    return True


def _counter_of(secret: str, code: str) -> int | None:
    """The period to which a code belongs, if that is about now."""
    counter: int
    for counter in yield_hotp_counters_from_time():
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, counter))):
            return counter
    return None


def _remove_totp(user: User) -> None:
    deleted, _ = Authenticator.objects.filter(user=user).delete()
    if not deleted:
        raise TotpNotActiveError


def _wrong_code() -> InvalidInputError:
    return invalid(
        "/code",
        "incorrect_code",
        "รหัสไม่ถูกต้อง กรุณาตรวจสอบเวลาในโทรศัพท์แล้วใส่รหัสล่าสุด",
        "Not the present code. Check the clock of the phone and type the newest code.",
    )
