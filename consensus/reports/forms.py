"""The forms in which a report leaves."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from consensus.enums import ReportFormat
from consensus.models import Study
from consensus.reports.contents import report_of
from consensus.reports.data_package import data_package
from consensus.reports.item_sections import items_section, robustness_section
from consensus.reports.layout import Section, Table, shown
from consensus.reports.sections import (
    certification_section,
    checklist_section,
    day,
    deviation_section,
    flow_section,
    heading,
    protocol_section,
    reading_section,
    study_section,
)
from core.api.renderers import dump_json
from core.documents.files import MadeFile
from core.documents.sheets import Sheet, make_xlsx
from core.documents.typesetting import make_pdf
from core.text import reads_english

_SECTIONS = (
    study_section,
    protocol_section,
    flow_section,
    items_section,
    robustness_section,
    certification_section,
    deviation_section,
    checklist_section,
    reading_section,
)
TEMPLATE = Path(__file__).with_name("report.typ")


def make_report(study: Study, wanted: ReportFormat, language: str) -> MadeFile:
    """The report of a study in this form; `language` is th or en."""
    name = f"delphi-{study.seal[:8]}-{timezone.localdate():%Y%m%d}"
    with override(language):
        match wanted:
            case ReportFormat.JSON:
                return MadeFile(f"{name}.json", dump_json(report_of(study)))
            case ReportFormat.CSV:
                return MadeFile(f"{name}-data.zip", data_package(study))
            case ReportFormat.XLSX:
                return MadeFile(f"{name}-{language}.xlsx", _workbook(report_of(study)))
            case ReportFormat.PDF:
                return MadeFile(f"{name}-{language}.pdf", _pdf(report_of(study)))


def _sections(content: Mapping[str, Any]) -> list[Section]:
    return [make(content) for make in _SECTIONS]


def _workbook(content: Mapping[str, Any]) -> bytes:
    sheets = []
    for section in _sections(content):
        if section.paragraphs:
            note = [[paragraph] for paragraph in section.paragraphs]
            sheets.append(Sheet(section.title.split(". ")[-1], [section.title], note))
        sheets += [
            Sheet(table.title or section.title.split(". ")[-1], table.head, table.rows)
            for table in section.tables
        ]
    return make_xlsx(sheets)


def _pdf(content: Mapping[str, Any]) -> bytes:
    seal = content["seal"]["sha256"]
    data = {
        "language": "en" if reads_english() else "th",
        "kind": heading("report"),
        "title": content["study"]["title"],
        "made_on": day(timezone.now()),
        "foot": f"KruNet · {seal[:16]}…",
        "sections": [_section(each) for each in _sections(content)],
    }
    return make_pdf(TEMPLATE, data)


def _section(section: Section) -> dict[str, Any]:
    return {**vars(section), "tables": [_table(each) for each in section.tables]}


def _table(table: Table) -> dict[str, Any]:
    return {**vars(table), "rows": [[shown(cell) for cell in row] for row in table.rows]}
