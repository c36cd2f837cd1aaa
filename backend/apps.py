from typing import Any, cast

from django.apps import AppConfig
from django.db.models import DO_NOTHING, ForeignKey

# Makes it the app that every process of Django sends its tasks to. Not in `backend/__init__.py`:
# `backend.embedded` has to load without Django.
from backend.celery import app as celery_app

__all__ = ["BackendConfig", "celery_app"]


class BackendConfig(AppConfig):
    """The project itself, as an app, for its commands: `openapi`, `demo`, `welcome`."""

    name = "backend"

    def ready(self) -> None:
        """Do without the log that Django's admin keeps: there nothing is changed, and the journal
        tells of the rest.

        It has no table (MIGRATION_MODULES). Deleting a user must not look for its rows there, in
        an area least of all.
        """
        from django.contrib.admin.models import LogEntry  # noqa: PLC0415  (models load before this)

        LogEntry._meta.managed = False
        for name in ("user", "content_type"):
            key = cast("ForeignKey[Any, Any]", LogEntry._meta.get_field(name))
            key.remote_field.on_delete = DO_NOTHING
