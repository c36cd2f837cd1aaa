"""The process of the live stream: `python manage.py streams`. Everything else is WSGI."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings.production")
django.setup()

from monitoring.streams.server import StreamServer  # noqa: E402  (needs the apps)

application = StreamServer()
