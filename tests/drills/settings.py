"""The test settings, one app more, and a middleware that can end its own process."""

from pathlib import Path

from backend.settings.base import env
from backend.settings.test import *  # noqa: F403
from backend.settings.test import CELERY_BEAT_SCHEDULE, INSTALLED_APPS, MIDDLEWARE, TENANT_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.drills.app"]
TENANT_APPS = [*TENANT_APPS, "tests.drills.app"]
MIDDLEWARE = [*MIDDLEWARE, "tests.drills.app.middleware.DieOnDemand"]
ROOT_URLCONF = "tests.drills.app.urls"

# The dispatcher's beat: as in production, or quicker where the drills' time is bounded.
CELERY_BEAT_SCHEDULE["wake-waiting-jobs"]["schedule"] = env.float(
    "DRILL_BEAT_SECONDS", CELERY_BEAT_SCHEDULE["wake-waiting-jobs"]["schedule"]
)

AREA_KEPT_SECONDS = 1.0  # a new service plan has to show in every process

# What people are mailed is kept beside the site's logs, with addresses that lead to it.
EMAIL_BACKEND = "tenants.outbox.OutboxBackend"
OUTBOX_FOLDER = Path(env.str("DRILL_FOLDER")) / "outbox"
PUBLIC_PORT = env.str("DRILL_PORT")
