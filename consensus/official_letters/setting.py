"""Official letters as one PDF, a page for each person, in that person's language."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import segno
from django.utils import timezone
from django.utils.translation import override
from django_tenants.utils import schema_context

from consensus.enums import PanelKind
from consensus.models import Panelist, Study
from consensus.official_letters import wording
from consensus.protocol import parse_protocol
from consensus.queries.panel import open_round_for
from core.area import current_schema
from core.dates import thai_date
from core.documents.typesetting import make_pdf
from core.text import Text, reads_english
from tenants.models import Area
from tenants.postgresql.base import PUBLIC

_TEMPLATE = Path(__file__).with_name("letter.typ")
_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


@dataclass(frozen=True)
class LetterHead:
    """What the office writes itself: its number, who signs, whom to ask."""

    signer_name: str
    signer_position: str
    contact: str
    number: str = ""
    office_address: str = ""
    about: str = ""
    dated: date | None = None


def set_letters(study: Study, head: LetterHead, links: Iterable[tuple[Panelist, str]]) -> bytes:
    """One PDF of these people's letters, each with their link."""
    office = _office()
    letters = []
    for panelist, link in links:
        with override(panelist.language):
            letters.append(_letter(study, head, office, panelist, link))
    return make_pdf(_TEMPLATE, {"title": study.title, "letters": letters})


def _office() -> Text:
    schema = current_schema()
    with schema_context(PUBLIC):
        names = Area.objects.filter(schema_name=schema).values_list("name_th", "name_en")
        return Text(*names.get())


def _letter(
    study: Study, head: LetterHead, office: Text, panelist: Panelist, link: str
) -> dict[str, Any]:
    panelist.study, kind = study, PanelKind(panelist.kind)
    round_ = open_round_for(panelist)
    closes_at = round_ and round_.closes_at and timezone.localtime(round_.closes_at)
    until = ""
    if closes_at:
        time = f"{closes_at:%H:%M}" if reads_english() else _digits(f"{closes_at:%H.%M}")
        until = str(wording.UNTIL).format(day=_day(closes_at.date()), time=time)
    count = len(parse_protocol(study.protocol).rounds)
    rounds = _digits(str(wording.ROUNDS[count > 1]).format(n=count))
    cause = str(wording.CAUSE).format(office=office, title=study.title, about=head.about)
    purpose = str(wording.PURPOSE[kind]).format(rounds=rounds, until=until)
    recorder = str(wording.RECORDER) if study.recorders else ""
    return {
        "language": panelist.language,
        "number": f"{wording.NUMBER} {head.number}",
        "office": str(office),
        "address": head.office_address,
        "date": _day(head.dated or timezone.localdate()),
        "heads": [
            [str(wording.SUBJECT), str(wording.ABOUT[kind])],
            [str(wording.TO), panelist.name],
        ],
        "body": [
            " ".join(cause.split()),
            f"{purpose}{wording.PROMISE}{recorder}",
            str(wording.CLOSE),
        ],
        "regards": str(wording.REGARDS),
        "signer": head.signer_name,
        "position": head.signer_position,
        "contact": f"{wording.CONTACT} {head.contact}",
        "link_title": str(wording.LINK),
        "how": str(wording.HOW),
        "link": link,
        "first": str(wording.FIRST),
        "qr": segno.make(link, error="m").svg_inline(border=0),
    }


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}" if reads_english() else _digits(thai_date(day))


def _digits(told: str) -> str:
    """Thai letters count in Thai digits; addresses and numbers of files stay as they are."""
    return told if reads_english() else told.translate(_THAI_DIGITS)
