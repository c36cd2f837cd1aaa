"""What allauth asks of us: which stages a sign-in passes, and how secrets are kept."""

import base64
import hashlib

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in has one further stage, the TOTP code; our endpoints make the answers."""

    def get_login_stages(self) -> list[str]:
        return ["allauth.mfa.stages.AuthenticateStage"]

    def post_login(self, request: HttpRequest, user: User, **_: object) -> HttpResponse:
        return HttpResponse()


class MFAAdapter(DefaultMFAAdapter):
    """TOTP secrets lie encrypted in the database, with a key made from SECRET_KEY."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> MultiFernet:
    keys = [str(settings.SECRET_KEY), *map(str, settings.SECRET_KEY_FALLBACKS)]
    return MultiFernet([Fernet(_key_of(each)) for each in keys])


def _key_of(secret: str) -> bytes:
    made = hashlib.blake2b(secret.encode(), digest_size=32, person=b"krunet-mfa")
    return base64.urlsafe_b64encode(made.digest())
