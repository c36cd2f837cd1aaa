"""Celery's side of jobs."""

from uuid import UUID

from celery import shared_task

from core.jobs.actions import RUN, RUN_NEXT, forget_finished_jobs, run_job, run_next_job


@shared_task(name=RUN)
def run(job_id: str) -> None:
    run_job(UUID(job_id))


@shared_task(name=RUN_NEXT)
def run_next() -> None:
    run_next_job()


@shared_task(name="core.jobs.forget_finished")
def forget_finished() -> None:
    forget_finished_jobs()
