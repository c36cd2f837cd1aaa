"""Meetings: numbers, agenda, attendance, quorum, minutes, what is carried over."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import schema_context

from pd_activities.models import Committee
from tests.client import body_of


def _url(api, thing, verb=""):
    return f"/api/v1/meetings/{api.area.things[thing]}{verb}"


def _called(client, committee, held_at):
    response = client.post(
        "/api/v1/meetings", {"committee": committee, "held_at": held_at, "place": "ห้องประชุม"}
    )
    assert response.status_code == 201
    return body_of(response)


@pytest.fixture
def runner(api):
    return api.as_("cluster_coordinator")


def test_journey__notice_to_adopted_minutes(api, runner):
    """A committee decides: notice, agenda, quorum, motion, vote, minutes, action item."""
    things = api.area.things
    committee = things["committee"]
    meeting = _called(runner, committee, "2027-01-12T09:00:00+07:00")
    assert meeting["reference"] == "1/2570"
    path = f"/api/v1/meetings/{meeting['id']}"
    runner.post(f"{path}/notice", {})
    item = body_of(
        runner.post(
            f"{path}/agenda-items", {"number": "4.2", "title": "แผน", "kind": "for_decision"}
        )
    )
    runner.post(f"{path}/open")
    seats = [things[f"{each}_seat"] for each in ("chair", "member", "parent", "expert")]
    entries = [{"seat": seat, "presence": "present"} for seat in seats]
    attended = body_of(runner.put(f"{path}/attendance", {"entries": entries}, If_Match="*"))
    assert attended["quorum"] == {
        "filled": 5,
        "present": 4,
        "least": 3,
        "fraction": "1/2",
        "is_quorate": True,
    }
    motion = body_of(
        runner.post("/api/v1/motions", {"agenda_item": item["id"], "text": "เห็นชอบแผน"})
    )
    vote = f"/api/v1/motions/{motion['id']}"
    runner.post(f"{vote}/open")
    runner.post(f"{vote}/vote", {"choice": "recused", "seat": things["expert_seat"]})
    api.as_("committee_member").post(f"{vote}/vote", {"choice": "against"})
    runner.post(f"{vote}/hands", {"in_favour": 2, "against": 0, "abstained": 0})
    decided = body_of(runner.post(f"{vote}/close"))
    assert decided["status"] == "carried"
    assert (decided["in_favour_count"], decided["against_count"]) == (2, 1)
    assert decided["present_count"] == 3
    found = body_of(runner.get("/api/v1/resolutions", {"meeting": meeting["id"]}))["items"]
    assert [each["reference"] for each in found] == ["1/2570-4.2"]
    owed = {"agenda_item": item["id"], "text": "x", "owner_name": "ครูใหญ่", "due_on": "2027-02-01"}
    owed = body_of(runner.post("/api/v1/action-items", owed))
    runner.patch(path, {"minutes": "ที่ประชุมเห็นชอบ"}, If_Match="*")
    assert body_of(runner.post(f"{path}/close"))["status"] == "closed"

    following = _called(runner, committee, "2027-02-12T09:00:00+07:00")
    later = f"/api/v1/meetings/{following['id']}"
    carried = [each["id"] for each in body_of(runner.get(f"{later}/carried-items"))]
    assert owed["id"] in carried
    runner.post(f"{later}/open")
    runner.put(f"{later}/attendance", {"entries": entries}, If_Match="*")
    adopted = body_of(runner.post(f"{path}/adopt-minutes", {"in_meeting": following["id"]}))
    assert adopted["status"] == "minutes_adopted"
    assert adopted["minutes_adopted_in"] == following["id"]


def test_carried_items__closed__no_longer_carried(api, runner):
    path = _url(api, "open_meeting", "/carried-items")
    assert [each["reference"] for each in body_of(runner.get(path))] == ["1/2569-4.2"]

    closing = f"/api/v1/action-items/{api.area.things['action_item']}/close"
    assert body_of(runner.post(closing, {"outcome": "ส่งแล้ว"}))["status"] == "done"

    later = _called(runner, api.area.things["committee"], "2027-03-01T09:00:00+07:00")
    assert body_of(runner.get(f"/api/v1/meetings/{later['id']}/carried-items")) == []
    assert body_of(runner.post(closing, {"outcome": "อีก"}))["code"] == "action_item_done"


def test_call_meeting__numbers_follow_the_buddhist_year_in_bangkok(api, runner):
    committee = api.area.things["committee"]
    last_of_year = _called(runner, committee, "2026-12-31T23:59:00+07:00")
    new_year = _called(runner, committee, "2026-12-31T17:30:00+00:00")  # 00:30 in Bangkok

    assert (last_of_year["reference"], new_year["reference"]) == ("5/2569", "1/2570")


@pytest.mark.parametrize("year", ["1999", "2569", "2300"])
def test_call_meeting__no_year_of_ours__400(api, runner, year):
    with schema_context(api.area.schema_name):
        Committee.objects.update(established_on="1990-01-01")
    body = {"committee": api.area.things["committee"], "place": "x"}
    response = runner.post("/api/v1/meetings", {**body, "held_at": f"{year}-06-10T09:00:00+07:00"})
    assert response.status_code == 400
    assert body_of(response)["errors"][0]["pointer"] == "/held_at"


def test_plan_visit__buddhist_year__400(api):
    body = {"teacher": api.area.things["teacher"], "planned_on": "2569-06-02"}
    response = api.as_("supervisor").post("/api/v1/visits", body)
    assert body_of(response)["errors"][0]["detail"] == "Must be a year CE."


def test_call_meeting__committee_dissolved__400(api, runner):
    committee = api.area.things["committee"]
    runner.patch(f"/api/v1/committees/{committee}", {"dissolved_on": "2026-11-30"}, If_Match="*")
    response = runner.post(
        "/api/v1/meetings",
        {"committee": committee, "held_at": "2026-12-01T09:00:00+07:00", "place": "x"},
    )
    assert body_of(response)["errors"][0]["pointer"] == "/held_at"


def test_update_meeting__other_year__conflict(api, runner):
    response = runner.patch(
        _url(api, "meeting"), {"held_at": "2027-01-05T09:00:00+07:00"}, If_Match="*"
    )
    assert body_of(response)["code"] == "meeting_year_fixed"


@pytest.mark.parametrize(
    ("thing", "method", "verb", "body"),
    [
        ("open_meeting", "PATCH", "", {"place": "x"}),
        ("meeting", "PATCH", "", {"minutes": "x"}),
        ("open_meeting", "POST", "/notice", {}),
        ("closed_meeting", "POST", "/open", None),
        ("meeting", "POST", "/close", None),
        ("closed_meeting", "PUT", "/attendance", {"entries": []}),
        ("open_meeting", "POST", "/adopt-minutes", "meeting"),
        ("closed_meeting", "POST", "/adopt-minutes", "meeting"),
        (
            "closed_meeting",
            "POST",
            "/agenda-items",
            {"number": "9", "title": "x", "kind": "other"},
        ),
    ],
)
def test_meeting__step_out_of_order__conflict(api, runner, thing, method, verb, body):
    if isinstance(body, str):
        body = {"in_meeting": api.area.things[body]}
    headers = {"If-Match": "*"} if method != "POST" else {}
    response = runner.send(method, _url(api, thing, verb), body=body, headers=headers)

    assert response.status_code in (400, 409)
    if response.status_code == 409:
        assert body_of(response)["code"] == "meeting_status"


def test_close_meeting__undecided_motions__conflict(api, runner):
    response = runner.post(_url(api, "open_meeting", "/close"))

    assert body_of(response)["code"] == "motions_open"
    assert "2 motions" in body_of(response)["detail"]


def test_adopt_minutes__later_meeting_without_quorum__conflict(api, runner):
    entries = [{"seat": api.area.things["chair_seat"], "presence": "present"}]
    runner.put(_url(api, "open_meeting", "/attendance"), {"entries": entries}, If_Match="*")
    response = runner.post(
        _url(api, "closed_meeting", "/adopt-minutes"),
        {"in_meeting": api.area.things["open_meeting"]},
    )
    assert body_of(response)["code"] == "no_quorum"
    assert "1 of 5" in body_of(response)["detail"]


@pytest.mark.parametrize("named", ["closed_meeting", "meeting_unknown"])
def test_adopt_minutes__not_a_later_meeting__400(api, runner, named):
    other = api.area.things.get(named, "01936f2e-7c1a-7d6e-9b5f-3f2a1c0d4e5b")
    response = runner.post(_url(api, "closed_meeting", "/adopt-minutes"), {"in_meeting": other})
    assert body_of(response)["errors"][0]["pointer"] == "/in_meeting"


def test_attendance__seat_twice_or_strange__400(api, runner):
    seat = {"seat": api.area.things["chair_seat"], "presence": "present"}
    for entries in ([seat, seat], [{**seat, "seat": api.area.things["committee"]}]):
        response = runner.put(
            _url(api, "meeting", "/attendance"), {"entries": entries}, If_Match="*"
        )
        assert body_of(response)["errors"][0]["pointer"] == "/entries"


def test_attendance__excused_and_recused__do_not_count(api, runner):
    seats = ("chair", "member", "parent", "expert", "religious")
    presence = ("present", "excused", "recused", "absent", "present")
    entries = [
        {"seat": api.area.things[f"{seat}_seat"], "presence": each}
        for seat, each in zip(seats, presence, strict=True)
    ]
    path = _url(api, "meeting", "/attendance")
    runner.put(path, {"entries": entries}, If_Match="*")
    quorum = body_of(api.as_("committee_member").get(path))["quorum"]

    assert (quorum["present"], quorum["is_quorate"]) == (2, False)


def test_quorum__rule_changed_after_opening__the_old_one_holds(api, runner):
    strict = {"quorum": "1/1", "majority_of": "present", "casting_vote": False}
    committee = f"/api/v1/committees/{api.area.things['committee']}"
    assert runner.patch(committee, {"procedure": strict}, If_Match="*").status_code == 200

    held = body_of(runner.get(_url(api, "open_meeting", "/attendance")))["quorum"]
    coming = body_of(runner.get(_url(api, "meeting", "/attendance")))["quorum"]
    assert (held["fraction"], coming["fraction"]) == ("1/2", "1")


def test_agenda__numbers_in_their_order_and_once(api, runner):
    path = _url(api, "meeting", "/agenda-items")
    for number in ("4.10", "4.9", "3"):
        body = {"number": number, "title": "x", "kind": "for_decision"}
        assert runner.post(path, body).status_code == 201
    again = runner.post(path, {"number": "4.9", "title": "x", "kind": "other"})

    found = [each["number"] for each in body_of(runner.get(path))["items"]]
    assert found == ["1", "3", "4.9", "4.10"]
    assert again.status_code == 409


def test_agenda_item__with_a_motion__keeps_its_number_and_place(api, runner):
    path = _url(api, "open_meeting", f"/agenda-items/{api.area.things['open_item']}")

    renumbered = runner.patch(path, {"number": "7"}, If_Match="*")
    retitled = runner.patch(path, {"title": "ชื่อใหม่"}, If_Match="*")
    removed = runner.delete(path, If_Match="*")

    assert body_of(renumbered)["code"] == body_of(removed)["code"] == "agenda_item_in_use"
    assert body_of(retitled)["title"] == "ชื่อใหม่"


def test_agenda_item__with_an_action_item__keeps_its_number(api, runner):
    agenda = _url(api, "idle_meeting", "/agenda-items")
    item = body_of(runner.post(agenda, {"number": "2", "title": "x", "kind": "other"}))["id"]
    owed = {"agenda_item": item, "text": "x", "owner_name": "y", "due_on": "2026-12-01"}
    assert body_of(runner.post("/api/v1/action-items", owed))["reference"].endswith("-2")

    renumbered = runner.patch(f"{agenda}/{item}", {"number": "7"}, If_Match="*")
    assert body_of(renumbered)["code"] == "agenda_item_in_use"


def test_agenda_item__meeting_closed__conflict(api, runner):
    agenda = _url(api, "closed_meeting", "/agenda-items")
    item = body_of(runner.get(agenda))["items"][0]["id"]

    changed = runner.patch(f"{agenda}/{item}", {"title": "x"}, If_Match="*")
    removed = runner.delete(f"{agenda}/{item}", If_Match="*")
    assert body_of(changed)["code"] == body_of(removed)["code"] == "meeting_status"


def test_agenda_item__of_another_meeting__404(api, runner):
    path = _url(api, "meeting", f"/agenda-items/{api.area.things['open_item']}")
    assert runner.get(path).status_code == 404


def test_add_action_item__meeting_not_begun__conflict(api, runner):
    body = {
        "agenda_item": api.area.things["agenda_item"],
        "text": "x",
        "owner_name": "y",
        "due_on": "2026-12-01",
    }
    assert body_of(runner.post("/api/v1/action-items", body))["code"] == "meeting_status"


@pytest.mark.parametrize(
    "path", ["meetings", "motions", "action-items", "committees", "resolutions"]
)
def test_list__queries_equal_with_one_and_three(api, runner, path):
    counts = []
    for limit in (1, 3):
        with CaptureQueriesContext(connection) as captured:
            assert body_of(runner.get(f"/api/v1/{path}", {"limit": limit}))["items"]
        counts.append(len(captured))
    assert counts[0] == counts[1]
