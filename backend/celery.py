"""The Celery application: `celery -A backend`."""

import os

from tenants.celery import AreaCelery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings.development")

app = AreaCelery("krunet")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
