from django.apps import AppConfig

# Makes it the app that every process of Django sends its tasks to. Not in `backend/__init__.py`:
# `backend.embedded` has to load without Django.
from backend.celery import app as celery_app

__all__ = ["BackendConfig", "celery_app"]


class BackendConfig(AppConfig):
    """The project itself, as an app, for its commands: `openapi`, `demo`, `welcome`."""

    name = "backend"
