"""What allauth asks of us: which stages a sign-in passes, and how secrets are kept."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest, HttpResponse

from accounts.models import User
from core.encryption import decrypt, encrypt

_TOTP = "krunet-mfa"


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in has one further stage, the TOTP code; our endpoints make the answers."""

    def get_login_stages(self) -> list[str]:
        return ["allauth.mfa.stages.AuthenticateStage"]

    def post_login(self, request: HttpRequest, user: User, **_: object) -> HttpResponse:
        return HttpResponse()


class MFAAdapter(DefaultMFAAdapter):
    """TOTP secrets lie encrypted in the database."""

    def encrypt(self, text: str) -> str:
        return encrypt(text, purpose=_TOTP)

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(encrypted_text, purpose=_TOTP)
