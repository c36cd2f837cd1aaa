"""Secrets that lie encrypted in the database, under keys made from SECRET_KEY."""

import base64
import hashlib

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def encrypt(text: str, *, purpose: str) -> str:
    return _cipher(purpose).encrypt(text.encode()).decode()


def decrypt(encrypted: str, *, purpose: str) -> str:
    """What was encrypted for this purpose, also under one of SECRET_KEY_FALLBACKS.

    Raises cryptography.fernet.InvalidToken where none of the keys fits.
    """
    return _cipher(purpose).decrypt(encrypted.encode()).decode()


def _cipher(purpose: str) -> MultiFernet:
    keys = [str(settings.SECRET_KEY), *map(str, settings.SECRET_KEY_FALLBACKS)]
    return MultiFernet([Fernet(_key_of(each, purpose)) for each in keys])


def _key_of(secret: str, purpose: str) -> bytes:
    made = hashlib.blake2b(secret.encode(), digest_size=32, person=purpose.encode())
    return base64.urlsafe_b64encode(made.digest())
