"""Celery's side of jobs."""

from uuid import UUID

from celery import shared_task

from core.jobs.actions import forget_finished_jobs, run_job


@shared_task(name="core.jobs.run")
def run(job_id: str) -> None:
    run_job(UUID(job_id))


@shared_task(name="jobs.forget_finished")
def forget_finished() -> None:
    forget_finished_jobs()
