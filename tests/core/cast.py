"""A job that the officer (or the operator) started."""

from core.jobs.models import Job
from tests.world import TestArea


def add(area: TestArea) -> None:
    starter = area.people.get("officer") or area.people["operator"]
    area.things["job"] = Job.objects.create(kind="tests.nothing", started_by=starter.user_id).pk
