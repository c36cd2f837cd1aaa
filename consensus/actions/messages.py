"""Letters with personal links, one person at a time, so that a job can go on where it stopped."""

from uuid import UUID

from django.core.mail import EmailMessage
from django.utils import timezone, translation

from consensus.actions.links import issue_link
from consensus.enums import LinkChannel
from consensus.letters import NO_LIMIT, OPENED, REMINDER, SUBJECT, UNTIL
from consensus.models import Panelist, PanelSeat, Round
from consensus.queries.rounds import (
    answers_by_seat,
    answers_to_expect,
    is_taking_answers,
    still_expected,
)
from core.dates import thai_date
from core.text import Text, reads_english


def next_recipient(round_: Round, *, after: UUID | None, reminder: bool) -> Panelist | None:
    """Who is written to next. A reminder passes over whoever has finished by now."""
    if not is_taking_answers(round_):
        return None
    people = still_expected(round_).order_by("pk")
    if after is not None:
        people = people.filter(pk__gt=after)
    if reminder:
        people = people.exclude(seat__in=finished_seats(round_))
    return people.first()


def finished_seats(round_: Round) -> set[UUID]:
    """Pseudonyms that answered everything or said that they are done. Never shown to anyone."""
    expected = answers_to_expect(round_)
    complete = {seat for seat, given in answers_by_seat(round_).items() if given >= expected}
    done = PanelSeat.objects.filter(study=round_.study_id, finished_round=round_.number)
    return complete | set(done.values_list("pk", flat=True))


def mail_link(panelist: Panelist, round_: Round, *, reminder: bool) -> None:
    """Send a fresh personal link, in Thai and in English. Raises OSError if the mail fails."""
    message = letter_of(panelist, round_, REMINDER if reminder else OPENED)
    message.send()


def letter_of(panelist: Panelist, round_: Round, letter: Text) -> EmailMessage:
    link = issue_link(panelist, LinkChannel.MAIL)
    title = round_.study.title
    bodies = []
    for language in ("th", "en"):
        with translation.override(language):
            bodies.append(
                str(letter).format(
                    name=panelist.name,
                    title=title,
                    number=round_.number,
                    until=_until(round_),
                    link=link,
                )
            )
    subject = SUBJECT.format(title=" ".join(title.split()))  # a subject is one line
    return EmailMessage(f"{subject.th} / {subject.en}", "\n\n".join(bodies), to=[panelist.email])


def _until(round_: Round) -> str:
    if round_.closes_at is None:
        return str(NO_LIMIT)
    local = timezone.localtime(round_.closes_at)
    if reads_english():
        return str(UNTIL).format(time=f"{local.day} {local:%B %Y, %H:%M}")
    return str(UNTIL).format(time=f"{thai_date(local.date())} เวลา {local:%H:%M} น.")
