"""Cursor lists: every row once, in order, whatever the page size."""

import pytest
from django_tenants.utils import schema_context

from core.jobs.models import Job
from tests.client import body_of


@pytest.fixture
def many(api):
    officer = api.area.people["officer"].user_id
    with schema_context(api.area.schema_name):
        for _ in range(7):
            Job.objects.create(kind="tests.count", started_by=officer)
    return api.as_("officer")


def _walk(client, limit):
    cursor, pages = None, []
    while True:
        query = {"limit": str(limit), **({"cursor": cursor} if cursor else {})}
        body = body_of(client.get("/api/v1/jobs", query))
        pages.append([each["id"] for each in body["items"]])
        cursor = body["next_cursor"]
        if cursor is None:
            return pages


@pytest.mark.parametrize("limit", [1, 3, 8, 200])
def test_list__by_pages__every_row_once_in_order(many, limit):
    pages = _walk(many, limit)
    rows = [row for page in pages for row in page]

    assert rows == sorted(rows, reverse=True)
    assert len(rows) == len(set(rows)) == 8
    assert all(len(page) == limit for page in pages[:-1])


def test_list__cursor_of_another_area__refused(many, api):
    cursor = body_of(many.get("/api/v1/jobs", {"limit": "1"}))["next_cursor"]
    elsewhere = api.on("t2").as_("officer")

    assert elsewhere.get("/api/v1/jobs", {"cursor": cursor}).status_code == 400


def test_list__fields_and_count__trimmed_and_counted(many):
    body = body_of(many.get("/api/v1/jobs", {"fields": "id,state", "count": "true"}))

    assert body["count"] == 8
    assert set(body["items"][0]) == {"id", "state"}
