"""A job that the officer (or the operator) started; in an area, an import that is checked."""

from core.imports.enums import ImportState
from core.imports.models import ImportBatch
from core.jobs.models import Job
from tests.world import TestArea


def add(area: TestArea) -> None:
    starter = area.people.get("officer") or area.people["operator"]
    area.things["job"] = Job.objects.create(kind="tests.nothing", started_by=starter.user_id).pk
    if area.schema_name != "public":
        area.things["import"] = ImportBatch.objects.create(
            kind="schools", file_name=f"{area.slug}.csv", state=ImportState.CHECKED
        ).pk
