"""Celery that knows areas: a task runs in the schema its message names, or not at all."""

from typing import Any

from celery import Celery
from celery.contrib.django.task import DjangoTask
from django_tenants.utils import schema_context
from structlog.contextvars import bound_contextvars

from core.area import current_schema
from core.queue import REQUEST_HEADER, SCHEMA_HEADER


class MissingAreaError(RuntimeError):
    """A message without a schema. Running it in `public` could leak, so it does not run."""


class AreaTask(DjangoTask):  # type: ignore[type-arg]
    abstract = True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        schema = _header(self.request, SCHEMA_HEADER)
        if schema is None:
            raise MissingAreaError(f"{self.name}: message without the header {SCHEMA_HEADER}")
        if not _is_open(schema):
            return None  # its jobs are rows, and wait until it is open again
        request_id = _header(self.request, REQUEST_HEADER) or self.request.id
        with schema_context(schema), bound_contextvars(request_id=request_id, task=self.name):
            return super().__call__(*args, **kwargs)

    def apply_async(self, *args: Any, **options: Any) -> Any:
        options["headers"] = {
            SCHEMA_HEADER: current_schema(),
            **(options.get("headers") or {}),
        }
        return super().apply_async(*args, **options)


def _is_open(schema: str) -> bool:
    """False for an area that is suspended, leaving or gone: nothing is written there."""
    # Celery is loaded before Django's models are.
    from tenants.directory import area_by_schema  # noqa: PLC0415
    from tenants.enums import AreaState  # noqa: PLC0415

    if schema == "public":
        return True
    area = area_by_schema(schema)
    return area is not None and area.state == AreaState.ACTIVE


def _header(request: Any, name: str) -> str | None:
    found = (request.headers or {}).get(name) or request.get(name)
    return str(found) if found else None


class AreaCelery(Celery):
    task_cls = AreaTask  # type: ignore[assignment]
