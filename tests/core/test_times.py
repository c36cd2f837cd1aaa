"""Times: any offset comes in, UTC goes out. `tests/contract.py` holds every answer to it."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from core.api.renderers import dump_json
from core.api.serializers import DateTimeField
from tests.client import body_of

BANGKOK = timezone(timedelta(hours=7))
LOG = {
    "occurred_on": "2026-06-18",
    "started_at": "2026-06-18T15:00:00+07:00",
    "ended_at": "2026-06-18T15:50:00+07:00",
    "minutes": 50,
    "kind": "plc",
    "title": "วง PLC",
}


def test_times__as_posted_listed_and_read_again__the_same_text(api):
    teacher = api.as_("teacher")
    posted = body_of(teacher.post("/api/v1/activity-logs", LOG))
    read = body_of(teacher.get(f"/api/v1/activity-logs/{posted['id']}"))
    items = body_of(teacher.get("/api/v1/activity-logs"))["items"]
    listed = next(item for item in items if item["id"] == posted["id"])

    assert posted["started_at"] == "2026-06-18T08:00:00Z"
    for name in ("started_at", "ended_at", "created_at", "updated_at"):
        assert posted[name] == read[name] == listed[name]


def test_times__without_offset__refused(api):
    response = api.as_("teacher").post(
        "/api/v1/activity-logs", {**LOG, "started_at": "2026-06-18T15:00:00"}
    )
    problem = body_of(response)["errors"][0]
    assert (response.status_code, problem["pointer"], problem["code"]) == (
        400,
        "/started_at",
        "no_offset",
    )


@pytest.mark.parametrize(
    "held", [datetime(2026, 6, 18, 15, tzinfo=BANGKOK), "2026-06-18T15:00:00+07:00"]
)
def test_date_time_field__any_offset__utc(held):
    assert DateTimeField().to_representation(held) == "2026-06-18T08:00:00Z"


def test_dump_json__utc__written_with_z():
    assert dump_json(datetime(2026, 6, 18, 8, tzinfo=UTC)) == b'"2026-06-18T08:00:00Z"'
