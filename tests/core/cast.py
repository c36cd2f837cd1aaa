"""A job that the officer (or the operator) started; in an area, an import, a document and a
setting that has not begun."""

from datetime import date

from core.area_settings.models import SettingVersion
from core.documents.kinds import document_kind
from core.documents.models import Document
from core.imports.enums import ImportState
from core.imports.models import ImportBatch
from core.jobs.models import Job
from tests.world import TestArea


@document_kind("tests.document")
def _may_read(actor, _subject_id):
    return actor.has("officer")


def add(area: TestArea) -> None:
    starter = area.people.get("officer") or area.people["operator"]
    area.things["job"] = Job.objects.create(kind="tests.nothing", started_by=starter.user_id).pk
    if area.schema_name != "public":
        area.things["import"] = ImportBatch.objects.create(
            kind="schools", file_name=f"{area.slug}.csv", state=ImportState.CHECKED
        ).pk
        area.things["setting_version"] = SettingVersion.objects.create(
            kind="languages",
            number=1,
            valid_from=date(2099, 1, 1),
            document={"default": "en"},
            reason="",
        ).pk
        area.things["document"] = Document.objects.create(
            kind="tests.document",
            subject_id=area.things["job"],
            file_name="รายงาน.json",
            content_type="application/json",
            content=b'{"area": "%s"}' % area.slug.encode(),
        ).pk
