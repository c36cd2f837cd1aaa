"""What is measured: as in production, on a database of its own and without limits of rate."""

from backend.settings.base import *  # noqa: F403
from backend.settings.base import DATABASES, RATE_LIMITS

_SUFFIX = "_bench"

SECRET_KEY = "benchmark-only"
ALLOWED_HOSTS = ["localhost", ".localhost", "127.0.0.1"]
PUBLIC_SCHEME = "http"
ROOT_URLCONF = "tests.benchmarks.urls"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
RATE_LIMITS = dict.fromkeys(RATE_LIMITS, 1_000_000_000)  # counted all the same
for _each in DATABASES.values():
    _each["NAME"] = _each["NAME"].removesuffix(_SUFFIX) + _SUFFIX
