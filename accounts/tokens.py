"""Secrets that leave this system once: links by mail and codes on paper. Kept as digests only."""

import hashlib
import secrets

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.models import User
from core.area import current_schema

# 32 signs that nobody confuses on paper or aloud: no 0, O, 1, I.
_CODE_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_CODE_GROUP = 5  # signs, of 5 bits each
_DEVICE_SALT = "accounts.device"


def digest(token: str) -> str:
    """What a table keeps of a token of 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_token() -> str:
    return secrets.token_urlsafe(32)


def new_code(groups: int = 2) -> str:
    """A code to type: `K7WQ2-9FMTA`, 25 bits a group."""
    signs = (secrets.choice(_CODE_SIGNS) for _ in range(groups * _CODE_GROUP))
    return "-".join(map("".join, zip(*[signs] * _CODE_GROUP, strict=True)))


def code_digest(code: str, user: User) -> str:
    """A code is short enough to be guessed from a plain digest, so this one needs the server's key.

    Case, spaces and hyphens do not count.
    """
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return salted_hmac(f"accounts.slip:{user.pk}", plain, algorithm="sha256").hexdigest()


def is_same(given: str, kept: str) -> bool:
    return constant_time_compare(given, kept)


def new_device_token(user: User) -> str:
    """Proof that someone has signed in to this account on this device before."""
    return signing.dumps([user.pk.hex, secrets.token_hex(8)], salt=_device_salt())


def device_of(token: str, user: User) -> str | None:
    """The device's name in a token of this area for this user, or None."""
    try:
        user_id, name = signing.loads(token, salt=_device_salt())
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return name if user_id == user.pk.hex else None


def _device_salt() -> str:
    return f"{_DEVICE_SALT}:{current_schema()}"
