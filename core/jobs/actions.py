"""Starting, running and cancelling jobs. A lease keeps two workers off one job."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from core.actor import Actor, ActorKind
from core.errors import DomainError, QuotaExceededError
from core.jobs.models import UNFINISHED, Job, JobState
from core.jobs.registry import Progress, worker_of
from core.journal import actions as journal
from core.queue import enqueue
from core.text import Text

logger = structlog.get_logger(__name__)

# A piece holds the job's row locked however long it takes, so the lease only covers the moments
# between two pieces. It is short, so that a dead worker's job does not wait long.
LEASE = timedelta(seconds=10)
FINISHED_KEPT_FOR = timedelta(days=30)
MAX_ATTEMPTS = 5  # at one and the same piece; a mail server may be away for some minutes
RUN, RUN_NEXT = "core.jobs.run", "core.jobs.run_next"  # tasks


class JobFinishedError(DomainError):
    code = "job_finished"
    title = Text("งานเสร็จสิ้นแล้ว", "The job has ended")
    detail = Text("งานนี้จบแล้ว จึงยกเลิกไม่ได้", "The job has ended; there is nothing to cancel.")


class JobFailure(Exception):  # noqa: N818  (a normal end, told to the person)
    """Raised by a worker: this job cannot succeed; the text says why and what to do."""

    def __init__(self, detail: Text) -> None:
        super().__init__(detail.en)
        self.detail = detail


def start_job(kind: str, params: dict[str, Any], *, actor: Actor) -> Job:
    """Write the job down in the caller's transaction and wake a worker after its commit."""
    worker_of(kind)
    job = Job.objects.create(kind=kind, params=params, started_by=actor.id)
    enqueue(RUN, str(job.pk))
    return job


@transaction.atomic
def cancel_job(job: Job, *, actor: Actor) -> Job:
    """Ask a job to stop after its present piece. Raises JobFinishedError."""
    row = job.locked()
    if row.state not in UNFINISHED:
        raise JobFinishedError
    row.cancel_requested = True
    if row.state == JobState.WAITING:
        row.state, row.finished_at = JobState.CANCELLED, timezone.now()
    row.save_changes("cancel_requested", "state", "finished_at")
    journal.record("jobs.job.cancelled", row, actor=actor, changes={"kind": row.kind})
    return row


def run_next_job() -> None:
    """Do the job of this schema that nobody holds for longest, then send for another.

    The next one waits for its own message: so areas with many jobs and areas with one take turns.
    """
    with transaction.atomic():
        # Locked ones are at a piece right now, or being taken.
        found = _free_jobs().select_for_update(skip_locked=True).order_by("created_at").first()
    if found is not None:
        run_job(found.pk)
        enqueue(RUN_NEXT)


def _free_jobs() -> QuerySet[Job]:
    unheld = Q(leased_until__isnull=True) | Q(leased_until__lt=timezone.now())
    return Job.objects.filter(unheld, state__in=UNFINISHED)


def run_job(job_id: UUID) -> None:
    """Do the job from where it stands, piece by piece. Harmless if another worker holds it."""
    job = _lease(job_id)
    if job is None:
        return
    actor = Actor(kind=ActorKind.USER if job.started_by else ActorKind.SYSTEM, id=job.started_by)
    try:
        while _do_piece(job, actor):
            pass
    except JobFailure as failure:
        _fail(job, _problem("failed", failure.detail))
    except QuotaExceededError as error:
        _fail(job, _problem(error.code, error.message))
    except Exception:
        logger.exception("job_crashed", job=str(job.pk), kind=job.kind)
        _try_again_later(job)


_GAVE_UP = Text(
    "ระบบลองหลายครั้งแล้วไม่สำเร็จ กรุณาแจ้งผู้ดูแลแพลตฟอร์ม",
    "Several attempts failed. Please tell the platform's operator.",
)


def _problem(code: str, detail: Text) -> dict[str, Any]:
    return {"pointer": "", "code": code, "detail": {"th": detail.th, "en": detail.en}}


@transaction.atomic
def _lease(job_id: UUID) -> Job | None:
    job = Job.objects.select_for_update(skip_locked=True).filter(pk=job_id).first()
    now = timezone.now()
    if job is None or job.state not in UNFINISHED:
        return None
    if job.leased_until is not None and job.leased_until > now:
        return None
    if job.fruitless_attempts >= MAX_ATTEMPTS:  # nobody lived to say so
        _give_up(job)
        return None
    job.state = JobState.RUNNING
    job.attempts += 1
    job.fruitless_attempts += 1
    job.leased_until = now + LEASE
    job.save_changes("state", "attempts", "fruitless_attempts", "leased_until")
    return job


def _do_piece(job: Job, actor: Actor) -> bool:
    """One piece in one transaction, with its progress. True while there is more."""
    with transaction.atomic():
        # Whoever resumed this job after our lease ran out has raised `attempts`: then it is theirs.
        held = Job.objects.select_for_update().filter(pk=job.pk, attempts=job.attempts).first()
        if held is None or held.state != JobState.RUNNING:
            return False
        if held.cancel_requested:
            _close(held, JobState.CANCELLED)
            return False
        progress = worker_of(held.kind)(held.params, held.cursor, actor)
        if progress is None:
            _close(held, JobState.SUCCEEDED)
            return False
        _note(held, progress)
        if progress.is_last:
            _close(held, JobState.SUCCEEDED)
        return not progress.is_last


def _note(job: Job, progress: Progress) -> None:
    job.done = progress.done
    job.total = progress.total if progress.total is not None else job.total
    job.cursor = progress.cursor
    job.problems = [*job.problems, *progress.problems]
    if progress.result is not None:
        job.result = progress.result
    job.fruitless_attempts = 0
    job.leased_until = timezone.now() + LEASE
    job.save_changes(
        "done", "total", "cursor", "problems", "result", "fruitless_attempts", "leased_until"
    )


def _close(job: Job, state: JobState, *, problem: dict[str, Any] | None = None) -> None:
    job.state, job.finished_at, job.leased_until = state, timezone.now(), None
    if problem is not None:
        job.problems = [*job.problems, problem]
    job.save_changes("state", "finished_at", "leased_until", "problems")


@transaction.atomic
def _fail(job: Job, problem: dict[str, Any]) -> None:
    held = job.locked()
    if _is_still_ours(held, job):
        _close(held, JobState.FAILED, problem=problem)


@transaction.atomic
def _try_again_later(job: Job) -> None:
    """The dispatcher wakes the next attempt once the lease has run out; each waits longer."""
    held = job.locked()
    if not _is_still_ours(held, job):
        return
    if held.fruitless_attempts >= MAX_ATTEMPTS:
        _give_up(held)
        return
    pause = LEASE * 3 ** (held.fruitless_attempts - 1)
    held.leased_until = timezone.now() + pause
    held.save_changes("leased_until")


def _is_still_ours(held: Job, job: Job) -> bool:
    return held.attempts == job.attempts and held.state in UNFINISHED


def _give_up(held: Job) -> None:
    _close(held, JobState.FAILED, problem=_problem("internal_error", _GAVE_UP))


@transaction.atomic
def forget_finished_jobs() -> int:
    """Delete this schema's jobs that ended long ago, with what people asked of them; how many."""
    old = Job.objects.filter(finished_at__lt=timezone.now() - FINISHED_KEPT_FOR)
    return old.delete()[0]
