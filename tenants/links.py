"""Personal links of applicants: 256 random bits, of which the database keeps a digest."""

import hashlib
import secrets
from datetime import timedelta

from django.utils import timezone

from core.addresses import platform_url
from tenants.models import ApplicationLink, AreaApplication

LASTS = timedelta(days=30)
PROOF_LASTS = timedelta(days=7)


def make_link(application: AreaApplication, *, proves_email: bool = False) -> str:
    """A fresh token that leads to this application; earlier ones stay valid."""
    token = secrets.token_urlsafe(32)
    ApplicationLink.objects.create(
        digest=digest(token),
        application=application,
        proves_email=proves_email,
        expires_at=timezone.now() + (PROOF_LASTS if proves_email else LASTS),
    )
    return token


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def proof_url(token: str) -> str:
    """What stands behind the `#` no browser sends: neither logs nor mail scanners learn it."""
    return platform_url(f"/application#prove={token}")


def status_url(token: str) -> str:
    return platform_url(f"/application#token={token}")
