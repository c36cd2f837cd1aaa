"""The one task that looks at all areas; everything it finds is done in the area's own schema."""

from celery import shared_task
from django_tenants.utils import schema_context

from core.jobs.actions import wake_waiting_jobs
from tenants.directory import active_schemas


@shared_task(name="tenants.wake_waiting_jobs")
def wake_waiting() -> int:
    """Wake jobs that nobody holds, in the public schema and in every area."""
    woken = 0
    for schema in ["public", *active_schemas()]:
        with schema_context(schema):
            woken += wake_waiting_jobs()
    return woken
