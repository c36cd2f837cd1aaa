"""The tasks that look at all areas; what is to be done is done in each one's own schema."""

from celery import shared_task
from django_tenants.utils import schema_context

from core.jobs.actions import wake_waiting_jobs
from core.queue import enqueue
from tenants.actions.applications import forget_stale_applications
from tenants.directory import active_schemas
from tenants.postgresql.base import PUBLIC


@shared_task(name="tenants.wake_waiting_jobs")
def wake_waiting() -> int:
    """Wake jobs that nobody holds, in the public schema and in every area."""
    woken = 0
    for schema in [PUBLIC, *active_schemas()]:
        with schema_context(schema):
            woken += wake_waiting_jobs()
    return woken


@shared_task(name="tenants.in_every_area")
def in_every_area(task: str) -> None:
    """Send this task once for each area."""
    for schema in active_schemas():
        with schema_context(schema):
            enqueue(task)


@shared_task(name="tenants.everywhere")
def everywhere(task: str) -> None:
    """Send this task once for the platform and once for each area."""
    for schema in [PUBLIC, *active_schemas()]:
        with schema_context(schema):
            enqueue(task)


@shared_task(name="tenants.forget_stale_applications")
def forget_stale() -> None:
    forget_stale_applications()
