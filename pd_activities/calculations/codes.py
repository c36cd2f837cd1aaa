"""Check-in codes that rotate: what a session's screen shows in one window of time.

A code is an HMAC of the window's number under the session's secret. The one in the QR names its
window; the one to type is short, so it is looked for around the moment when it was seen.
"""

import base64
import hashlib
import hmac
import re
from datetime import UTC, datetime, timedelta

WINDOW = timedelta(seconds=30)
TYPED_DIGITS = 8

_QR_CODE = re.compile(r"([0-9A-F]{1,12})-([A-Z2-7]{16})")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def window_of(moment: datetime) -> int:
    """The number of the window that this moment lies in."""
    return (moment - _EPOCH) // WINDOW


def window_start(window: int) -> datetime:
    return _EPOCH + window * WINDOW


def qr_code(secret: bytes, window: int) -> str:
    mac = base64.b32encode(_mac(secret, window)[:10]).decode()
    return f"{window:X}-{mac}"


def typed_code(secret: bytes, window: int) -> str:
    number = int.from_bytes(_mac(secret, window)[-8:])
    return f"{number % 10**TYPED_DIGITS:0{TYPED_DIGITS}}"


def window_of_qr_code(secret: bytes, code: str) -> int | None:
    """The window whose QR showed this code; None if no window of this session did."""
    match = _QR_CODE.fullmatch(code)
    if match is None:
        return None
    window = int(match[1], 16)
    return window if hmac.compare_digest(qr_code(secret, window), code) else None


def window_of_typed_code(
    secret: bytes, code: str, seen_at: datetime, tolerance: timedelta
) -> int | None:
    """The newest window within `tolerance` of the moment that showed this code to type."""
    newest, oldest = window_of(seen_at + tolerance), window_of(seen_at - tolerance)
    for window in range(newest, oldest - 1, -1):
        if hmac.compare_digest(typed_code(secret, window), code):
            return window
    return None


def _mac(secret: bytes, window: int) -> bytes:
    return hmac.digest(secret, window.to_bytes(8), hashlib.sha256)
