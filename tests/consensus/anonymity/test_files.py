"""Whatever leaves as a file: reports in every form, the leaving archive, an operator's backup.

Archive and backup read by a connection of their own, so the study is committed here.
"""

import io
import json
import zipfile
from collections.abc import Iterable, Iterator

import pytest
from django.core.management import call_command
from django_tenants.utils import schema_context

from consensus.models import Panelist, Rating
from consensus.reports.forms import TEMPLATE, make_report
from core.documents.typesetting import make_pdf
from tests.consensus.anonymity.planted import ITEMS, MAIL, NAME, UUID, WROTE, end, plant
from tests.consensus.reporting import words_of


@pytest.fixture
def planted(races):
    with schema_context(races.area.schema_name):
        found = plant(races.area.people["supervisor"].user_id)
        end(found)
        found.facts = (found.identity, found.answers, found.pseudonyms)
    return found


def _files(content: bytes, name: str) -> Iterator[tuple[str, str]]:
    """(name, text) of a file, and of all that is in it where it is an archive."""
    yield (
        name,
        words_of(content) if content.startswith(b"%PDF") else content.decode("utf-8", "replace"),
    )
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for each in archive.infolist():
                yield from _files(archive.read(each), f"{name}/{each.filename}")


def _told(facts: Iterable[str], text: str) -> list[str]:
    """Which of these stand in a text, on however many lines."""
    whole = "".join(text.split())
    return [each for each in facts if "".join(each.split()) in whole]


def test_words_of__a_report_that_tells_everything__are_all_found(planted):
    facts = set().union(*planted.facts)
    table = {"title": MAIL, "head": [NAME, "x"], "rows": [[WROTE, each] for each in facts]}
    section = {"title": NAME, "paragraphs": [WROTE], "plots": [], "wide": False}
    table |= {"widths": ["8em", "9em"], "numbers": [0, 0]}
    made = {"language": "th", "kind": "x", "made_on": "x", "foot": "x", "title": WROTE}
    pdf = make_pdf(TEMPLATE, {**made, "sections": [{**section, "tables": [table]}]})
    assert sorted(_told(facts, words_of(pdf))) == sorted(facts)


def test_reports__by_every_reader__neither_name_nor_words_nor_pseudonym(races, planted):
    facts, read = set().union(*planted.facts), []
    for document in planted.documents:
        for role in ("supervisor", "area_admin", "officer"):
            response = races.as_(role).get(f"/api/v1/documents/{document}")
            for name, told in _files(response.content, response["Content-Disposition"]):
                read.append(name)
                assert not _told(facts, told), name
                if name.endswith('.pdf"'):
                    assert _told(ITEMS, told) == ITEMS
    for wanted in ("ratings.csv", "recompute.py", ".json", ".pdf", ".xlsx"):
        assert [name for name in read if wanted in name], wanted
    with schema_context(races.area.schema_name):  # the difference of two languages is nothing
        made = [make_report(planted.built.study, "json", each).content for each in ("th", "en")]
    assert json.loads(made[0]) == json.loads(made[1])


def test_archive__of_an_area_that_leaves__reports_and_no_panel(races, planted):
    response = races.as_("area_admin").get("/api/v1/leaving/archive")
    content = b"".join(response.streaming_content)
    identity, answers, pseudonyms = planted.facts
    study, read = str(planted.built.study.pk), []
    for name, told in _files(content, "archive"):
        read.append(name)
        assert not [each for each in pseudonyms if each in told], name
        assert WROTE not in told, name
        for line in told.splitlines():
            named = any(each in line for each in identity)
            assert not (named and any(each in line for each in answers)), name
        if "journal" not in name and name != "archive":
            assert planted.person.name not in told, name
    assert [name for name in read if f"studies/{study}/report.json" in name]
    assert not [name for name in read if "consensus_rating" in name or "panelist" in name]


def test_backup__rows_in_the_order_of_random_ids__no_answer_beside_a_name(races, planted, tmp_path):
    """It holds both tables, and so what the notice says; but no line, and no order, joins them."""
    path = tmp_path / "races.zip"
    call_command("backup_area", "races", str(path))
    identity, answers, _ = planted.facts
    tables = dict(_files(path.read_bytes(), "backup"))
    told = {name: text for name, text in tables.items() if name.endswith(".copy")}
    assert any(planted.person.name in text for text in told.values())
    assert any(WROTE in text for text in told.values())
    for name, text in told.items():
        for line in text.splitlines():
            named = any(each in line for each in identity)
            assert not (named and any(each in line for each in answers)), name
    for model in ("rating", "textanswer", "certificationanswer", "panelseat"):
        lines = told[f"backup/tables/consensus_{model}.copy"].splitlines()
        ids = [line.split("\t")[0] for line in lines]
        assert ids == sorted(ids)
        assert {each[14] for each in ids if UUID.match(each)} == {"4"}
    with schema_context(races.area.schema_name):  # nor do both tables laid side by side
        panel = Panelist.objects.filter(study=planted.built.study, kind="panelist").order_by("pk")
        seats = list(panel.values_list("seat", flat=True))
        asked = Rating.objects.filter(round=planted.built.rounds[1], item=planted.built.items[0])
        assert list(asked.order_by("pk").values_list("seat", flat=True)) != seats
        assert seats != sorted(seats)
