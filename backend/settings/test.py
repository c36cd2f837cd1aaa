"""The test suite: real servers, cheap password hashes, no other differences."""

import os

os.environ.setdefault("DATABASE_URL", "postgres://krunet@127.0.0.1/krunet")
os.environ.setdefault("REDIS_URL", "redis://127.0.0.1:6379/0")

from backend.settings.base import *  # noqa: F403
from backend.settings.base import RATE_LIMITS

SECRET_KEY = "test-only"
ALLOWED_HOSTS = ["localhost", ".localhost", "127.0.0.1", "testserver"]
PUBLIC_SCHEME = "http"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SIGN_IN_FAILURES = {"account": (1_000_000, 1_000_000), "address": (1_000_000, 1_000_000)}
RATE_LIMITS = dict.fromkeys(RATE_LIMITS, 1_000_000)

OUTBOUND_TO_PRIVATE = True  # issuers of tests are on this machine
AREA_KEPT_SECONDS = 3_600.0  # so that no pinned query count depends on the clock
