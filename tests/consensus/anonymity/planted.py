"""One panelist whose name and whose answers stand nowhere else, and a study at two points of it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from consensus.actions.answers import (
    GivenRating,
    accept_invitation,
    finish_round,
    save_rating,
    save_text,
)
from consensus.actions.coding import code_fragment
from consensus.actions.items import add_item
from consensus.actions.panel import add_panelist
from consensus.actions.reports import request_report
from consensus.actions.rounds import open_certification
from consensus.actions.verdicts import conclude_study
from consensus.enums import ReportFormat
from consensus.models import CertificationAnswer, Rating, TextAnswer
from consensus.participation import PanelLink
from consensus.queries.coding import texts_of
from core.documents.models import Document
from core.jobs.actions import run_job
from core.jobs.models import Job
from tests.api.document import operations, samples
from tests.client import Api
from tests.consensus.building import Built, as_admin, build, open_then_rating
from tests.operations import address

NAME, MAIL = "ดร. ปลาบู่ทอง นามเฉพาะ", "plabuthong@unheard-of.example"
WROTE = "นกเงือกปากดำเขียนไว้เอง"  # what only this person says, in every round
PATTERN = [5, 1, 4, 2]  # and nobody else scores
UUID = re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")
STREAMED = {"leaving_archive"}  # see test_files.py
ITEMS = [f"ข้อที่ {number} ของการศึกษา" for number in range(1, 5)]


@dataclass
class Planted:
    """`person` is the tenth of ten; ids are strings."""

    built: Built
    documents: list[str] = field(default_factory=list)

    @property
    def person(self):
        return self.built.panelists[-1]

    @property
    def identity(self) -> set[str]:
        return {NAME, MAIL, str(self.person.pk), self.person.pk.hex}

    @property
    def pseudonyms(self) -> set[str]:
        """What nobody is ever told: the seat, the links, and which certification answers."""
        seat, certified = self.person.seat_id, CertificationAnswer.objects
        found = {seat, *PanelLink.objects.filter(panelist=self.person).values_list("pk", flat=True)}
        found |= {*certified.filter(round__study=self.built.study).values_list("pk", flat=True)}
        return {str(each) for each in found} | {each.hex for each in found}

    @property
    def answers(self) -> set[str]:
        """What they wrote, and the ids by which texts are coded and comments withheld."""
        said = (
            model.objects.filter(seat=self.person.seat_id).values_list("pk", flat=True)
            for model in (TextAnswer, Rating)
        )
        return {WROTE, *(str(each) for ids in said for each in ids)}

    def read_from(self, path: str) -> list[str]:
        """The addresses of an operation of this room, about this study and all that is of it."""
        study, rounds = str(self.built.study.pk), [str(each.pk) for each in self.built.rounds]
        for named, ids in (
            ("/studies/{study_id}", [study]),
            ("/studies/{id}", [study]),
            ("/rounds/{id}", rounds),
            ("/documents/{id}", self.documents),
        ):
            if named in path:
                head = named.split("{")[0]
                return [path.replace(named, f"{head}{each}") for each in ids]
        return [path] if path.endswith(("/recordings", "/journal")) else []


def plant(facilitator) -> Planted:
    """A text round coded, a rating closed, the next open; all of it reported on."""
    protocol = {**open_then_rating(), "validation": {"every_item_in": False}}
    built = build(facilitator, protocol=protocol, items=[], panel=9, certifiers=5)
    person = add_panelist(
        built.study, kind="panelist", name=NAME, email=MAIL, actor=as_admin(facilitator)
    )
    built.panelists.append(_accepted(person, built))
    planted = Planted(built)
    built.seal().open()
    for number, panelist in enumerate(built.panelists[:-1]):
        save_text(panelist, "needs", f"ควรมีระบบ {number}")
    save_text(planted.person, "needs", f"{WROTE} ในรอบแรก")
    built.close()
    answer = texts_of(built.study.pk).get(seat=planted.person.seat_id)
    for place, text in enumerate(ITEMS):
        section = ("awareness", "commitment")[place % 2]
        piece = {"text": answer.pk, "start": place, "end": place + 4}
        add_item(built.study, section=section, text=text, fragments=[piece], actor=built.actor)
    code_fragment(built.study, **piece, theme="นก", actor=built.actor)
    built.open()
    _rate(planted)
    built.close()
    built.open()
    _rate(planted)
    _report(planted, [ReportFormat.JSON])
    return planted


def end(planted: Planted, forms: Sequence[ReportFormat] = tuple(ReportFormat)) -> None:
    """Rating closed and concluded, certified, reported on again in these forms."""
    built = planted.built
    built.close()
    built.study = conclude_study(built.study, actor=built.actor, reason="พอแล้ว")
    built.rounds.append(open_certification(built.study, actor=built.actor))
    built.certify()
    built.close()
    _report(planted, forms)


def _accepted(person, built):
    accepted = accept_invitation(person, actor=built.actor)
    accepted.study = built.study
    return accepted


def _rate(planted: Planted) -> None:
    built = planted.built
    for number, panelist in enumerate(built.panelists):
        mine = panelist == planted.person
        for place, item in enumerate(built.items):
            score = PATTERN[place] if mine else 3 + (number + place) % 3
            comment = f"{WROTE} ข้อ {place}" if mine else f"ความเห็น {number}.{place}"
            save_rating(panelist, item.pk, GivenRating(rating=score, comment=comment))
        finish_round(panelist)


def _report(planted: Planted, forms: Sequence[ReportFormat]) -> None:
    """In these forms, asked for and made as by a facilitator."""
    for form in forms:
        job = request_report(
            planted.built.study, form=form, language="th", actor=planted.built.actor
        )
        run_job(job.pk)
        assert Job.objects.get(pk=job.pk).state == "succeeded"
    made = Document.objects.filter(subject_id=planted.built.study.pk)
    planted.documents = [str(pk) for pk in made.values_list("pk", flat=True)]


def reads(
    api: Api, planted: Planted, everyone: Mapping[str, Api], *, everywhere: Sequence[str] = ()
) -> Iterator[tuple[str, str, str, Any]]:
    """(who, operation, path, response): what each of these is answered of the study.

    Those in `everywhere` also read what is of no study.
    """
    for operation in operations():
        if operation.which != "area" or operation.method != "GET" or operation.id in STREAMED:
            continue
        of_study = planted.read_from(operation.path)
        sample = samples()["area", operation.id]
        other = [address(sample, operation.path, api.area.things.__getitem__)]
        of_panel = other if operation.credential == "panelCredential" else []
        for who, client in everyone.items():
            paths = of_study or of_panel or (other if who in everywhere else [])
            for path in paths:
                query = {"limit": "200"} if operation.is_list else None
                yield who, operation.id, path, client.get(path, query)


def entries(document: Any) -> list[dict[str, Any]]:
    """Every object in a JSON document, from the outside in."""
    if isinstance(document, list):
        return [each for part in document for each in entries(part)]
    if isinstance(document, dict):
        return [document, *(each for part in document.values() for each in entries(part))]
    return []
