"""`make run`: everything on this machine, nothing secret."""

import environ

_env = environ.Env()

from backend.settings.base import *  # noqa: F403

DEBUG = False
SECRET_KEY = _env.str("SECRET_KEY", "development-only-key-of-no-value-to-anyone")
ALLOWED_HOSTS = ["localhost", ".localhost", "127.0.0.1"]
PUBLIC_SCHEME = "http"
PUBLIC_PORT = _env.str("PORT", "8000")
EMAIL_BACKEND = "tenants.outbox.OutboxBackend"
