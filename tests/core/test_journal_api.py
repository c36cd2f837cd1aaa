"""GET /journal."""

import pytest
from django.db import transaction
from django_tenants.utils import schema_context

from core.actor import SYSTEM
from core.jobs.models import Job
from core.journal import actions as journal
from tests.client import body_of


@pytest.mark.parametrize("rows", [1, 3])
def test_list_journal__newest_first_with_values__queries_do_not_grow(
    api, rows, django_assert_num_queries
):
    with schema_context(api.area.schema_name), transaction.atomic():
        jobs = [Job.objects.create(kind="tests.x") for _ in range(rows)]
        for job in jobs:
            journal.record("tests.job.made", job, actor=SYSTEM, changes={"kind": [None, "tests.x"]})
    with django_assert_num_queries(2):
        body = body_of(api.as_("area_admin").get("/api/v1/journal"))

    made = body["items"][:rows]
    assert [each["subject_id"] for each in made] == [str(job.pk) for job in reversed(jobs)]
    assert made[0]["values"] == {"kind": [None, "tests.x"]}
