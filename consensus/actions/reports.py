"""Asking for a report; a job makes it."""

from django.db import transaction

from consensus.actions.recording import record_study
from consensus.enums import ReportFormat
from consensus.errors import RoundNotClosedError
from consensus.models import Study
from consensus.queries.rounds import closed_rounds
from consensus.rules import may_export_answers
from core.access import require
from core.actor import Actor
from core.jobs.actions import start_job
from core.jobs.models import Job
from core.languages import usual_language


@transaction.atomic
def request_report(study: Study, *, form: ReportFormat, language: str | None, actor: Actor) -> Job:
    """Let a job make the report, in the area's language if none is named.

    The journal tells who asked for which form.

    Raises RoundNotClosedError before any round has closed, NotAllowedError.
    """
    if form == ReportFormat.CSV:
        require(may_export_answers, actor, study)
    if not closed_rounds(study.pk).exists():
        raise RoundNotClosedError
    language = language or usual_language()
    params = {"study": str(study.pk), "form": form, "language": language}
    job: Job = start_job("consensus.make_report", params, actor=actor)
    record_study("report_requested", study, actor, {"form": form, "language": language})
    return job
