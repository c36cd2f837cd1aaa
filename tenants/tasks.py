"""The tasks that look at all areas; what is to be done is done in each one's own schema."""

from celery import shared_task
from django_tenants.utils import schema_context

from core.jobs.actions import RUN_NEXT
from core.queue import enqueue, schemas_waiting_for
from tenants.actions.applications import forget_stale_applications, resume_failed
from tenants.actions.leaving import start_deletions
from tenants.actions.usage import count_usage
from tenants.directory import active_schemas
from tenants.postgresql.base import PUBLIC
from tenants.waiting import schemas_with_free_jobs


@shared_task(name="tenants.wake_waiting_jobs")
def wake_waiting() -> int:
    """One message for each schema with a job that nobody holds; the number of those sent.

    None where one waits already, so that they do not pile up while all workers are busy.
    """
    sent_for = schemas_waiting_for(RUN_NEXT)
    unheld = [schema for schema in schemas_with_free_jobs() if schema not in sent_for]
    for schema in unheld:
        with schema_context(schema):
            enqueue(RUN_NEXT)
    return len(unheld)


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


@shared_task(name="tenants.count_usage")
def count_usage_here() -> None:
    """Runs in each area, for its month."""
    count_usage()


@shared_task(name="tenants.resume_failed")
def resume_failed_applications() -> None:
    resume_failed()


@shared_task(name="tenants.delete_left_areas")
def delete_left_areas() -> None:
    start_deletions()
