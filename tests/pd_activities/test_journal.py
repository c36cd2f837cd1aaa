"""Nothing that people wrote stands in the journal, where it could never be erased."""

import pytest
from django_tenants.utils import schema_context

from core.journal.models import JournalEntry
from pd_activities.models import SupervisionVisit

CANARY = "ข้อความที่ไม่ควรอยู่ในสมุดบันทึก"
LOG = {"occurred_on": "2026-06-01", "minutes": 50, "kind": "plc"}
FEEDBACK = {"held_at": "2026-06-03T10:00:00+07:00", "strengths": CANARY, "to_develop": CANARY}


def _written(api):
    """(who, method, path, body) of all that is written in words, one after the other."""
    things = api.area.things
    log, visit = f"activity-logs/{things['activity_log']}", f"visits/{things['visit']}"
    committee, meeting = f"committees/{things['committee']}", f"meetings/{things['open_meeting']}"
    items, runner = f"{meeting}/agenda-items", "cluster_coordinator"
    step = {"text": CANARY, "owner": "teacher", "due_on": "2026-07-01"}
    return [
        ("teacher", "post", "activity-logs", {**LOG, "title": CANARY, "reflection": CANARY}),
        ("teacher", "patch", log, {"title": CANARY, "reflection": CANARY}),
        ("school_director", "post", f"{log}/return", {"reason": CANARY}),
        ("supervisor", "patch", visit, {"focus": CANARY}),
        ("supervisor", "post", f"{visit}/observe", {"ratings": {"goals": 1}, "notes": CANARY}),
        ("supervisor", "post", f"{visit}/give-feedback", {**FEEDBACK, "follow_ups": [step]}),
        ("teacher", "post", f"{visit}/acknowledge", {"reply": CANARY}),
        ("supervisor", "post", f"follow-ups/{things['follow_up']}/close", {"outcome": CANARY}),
        (runner, "patch", f"{committee}/seats/{things['parent_seat']}", {"holder_name": CANARY}),
        (runner, "patch", meeting, {"minutes": CANARY}),
        (runner, "patch", f"{items}/{things['open_item']}", {"title": CANARY}),
        (runner, "post", "motions", {"agenda_item": things["open_item"], "text": CANARY}),
        (runner, "post", f"action-items/{things['action_item']}/close", {"outcome": CANARY}),
        (
            runner,
            "post",
            f"attendance/{things['interval']}/correct",
            {"joined_at": None, "left_at": None, "reason": CANARY},
        ),
    ]


def test_journal__all_that_is_written_in_words__names_it_and_does_not_hold_it(api):
    with schema_context(api.area.schema_name):
        before = JournalEntry.objects.count()
    for role, method, path, body in _written(api):
        headers = {"If_Match": "*"} if method == "patch" else {}
        answer = getattr(api.as_(role), method)(f"/api/v1/{path}", body, **headers)
        assert answer.status_code in (200, 201), (path, answer.content.decode())

    with schema_context(api.area.schema_name):
        entries = JournalEntry.objects.order_by("number")[before:]
        assert [each.verb for each in entries if CANARY in str(each.values)] == []
        assert len(entries) == len(_written(api))
        assert SupervisionVisit.objects.get(pk=api.area.things["visit"]).focus == CANARY


@pytest.mark.parametrize("category", ["religious", "parent"])
def test_journal__of_a_seat__tells_nobodys_religion(api, category):
    path = f"/api/v1/committees/{api.area.things['committee']}/seats"
    body = {"category": category, "holder_name": "x", "term_from": "2026-06-01"}
    assert api.as_("cluster_coordinator").post(path, body).status_code == 201
    with schema_context(api.area.schema_name):
        assert category not in str(JournalEntry.objects.latest("number").values)
