"""Celery's side of jobs."""

from uuid import UUID

from celery import shared_task

from core.jobs.actions import run_job


@shared_task(name="core.jobs.run")
def run(job_id: str) -> None:
    run_job(UUID(job_id))
