"""Long work: writing to a panel, closing a round when its time has come, making reports."""

from functools import partial
from smtplib import SMTPRecipientsRefused
from typing import Any
from uuid import UUID

from consensus.actions.messages import mail_link, next_recipient
from consensus.actions.rounds import close_if_due
from consensus.enums import ReportFormat
from consensus.models import Round, Study
from consensus.queries.rounds import still_expected
from consensus.queries.studies import studies_visible_to
from consensus.reports.forms import make_report
from consensus.rules import may_export_answers
from core.actor import Actor
from core.documents.actions import keep_document
from core.documents.kinds import document_kind
from core.jobs.registry import Progress, job_kind
from core.replica import from_replica

_REFUSED = {
    "th": "อีเมลของบางท่านถูกปฏิเสธ กรุณาตรวจสอบที่อยู่ หรือออกหนังสือแทน",
    "en": "The mail server refused an address. Check the panel's addresses, or print a letter.",
}


@job_kind("consensus.send_links")
def send_links(params: dict[str, Any], cursor: dict[str, Any], _actor: Actor) -> Progress | None:
    """Write to the next person. Killed between mail and commit, that person gets it twice.

    Reminders go to those who have not finished, so nothing is told of them: `done` is how many
    have an address, reminded or not, and no address is called refused.
    """
    round_ = Round.objects.select_related("study").get(pk=params["round"])
    after, reminder = cursor.get("after"), params["reminder"]
    person = next_recipient(round_, after=after and UUID(after), reminder=reminder)
    if person is None and (cursor or not reminder):
        return None
    problems = []
    try:
        if person is not None:
            mail_link(person, round_, reminder=reminder)
    except SMTPRecipientsRefused:
        if not reminder:
            problems = [{"pointer": "", "code": "address_refused", "detail": _REFUSED}]
    done = still_expected(round_).count() if reminder else cursor.get("done", 0) + 1
    following = {"after": str(person.pk) if person else after, "done": done}
    return Progress(done=done, cursor=following, problems=problems)


@job_kind("consensus.close_round")
def close_round_in_time(
    params: dict[str, Any], _cursor: dict[str, Any], _actor: Actor
) -> Progress | None:
    close_if_due(UUID(params["round"]))
    return None


REPORT, DATA = "consensus.report", "consensus.report_data"


@document_kind(REPORT)
def may_read_report(actor: Actor, study_id: UUID) -> bool:
    return studies_visible_to(actor).filter(pk=study_id).exists()


@document_kind(DATA)
def may_read_data(actor: Actor, study_id: UUID) -> bool:
    study = studies_visible_to(actor).filter(pk=study_id).first()
    return study is not None and may_export_answers.test(actor, study)


@job_kind("consensus.make_report")
def make_report_once(
    params: dict[str, Any], cursor: dict[str, Any], _actor: Actor
) -> Progress | None:
    if cursor:
        return None
    study, form = Study.objects.get(pk=params["study"]), ReportFormat(params["form"])
    file = from_replica(partial(make_report, study, form, params["language"]))
    return keep_document(DATA if form == ReportFormat.CSV else REPORT, study.pk, file)
