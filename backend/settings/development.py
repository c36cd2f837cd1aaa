"""`make run`: everything on this machine, nothing secret."""

import os

from backend.settings.base import *  # noqa: F403
from backend.settings.base import BASE_DIR, env

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY", "development-only-key-of-no-value-to-anyone")
ALLOWED_HOSTS = ["localhost", ".localhost", "127.0.0.1"]
PUBLIC_SCHEME = "http"
PUBLIC_PORT = env.str("PORT", "8000")
EMAIL_BACKEND = "tenants.outbox.OutboxBackend"
OUTBOX_FOLDER = BASE_DIR / ".krunet" / "outbox"  # mails are kept, not sent: GET /outbox

# One person enters a whole area in the demonstration.
RATE_LIMITS = {
    **RATE_LIMITS,
    "person": 60_000,
    "sign_in": 600,
    "application": 600,
    "letters": 6_000,
}

# `manage.py prepare` makes this operator; the demonstration signs in as it.
os.environ.setdefault("OPERATOR_EMAIL", "operator@krunet.example")
os.environ.setdefault("OPERATOR_PASSWORD", "krunet-demo-2569")
