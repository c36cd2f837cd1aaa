from tests.operations import Sample

_RUNNER = "cluster_coordinator"
_COMMITTEE = {"id": "committee"}
_SEATS = {"committee_id": "committee"}
_MEETING = {"id": "meeting"}
_AGENDA = {"meeting_id": "meeting"}
_PROCEDURE = {"quorum": "2/3", "majority_of": "present", "casting_vote": True}

COMMITTEES = [
    Sample("committee_rules_list", by="teacher"),
    Sample("committee_rules_get", by="teacher", path={"id": "committee_rule"}),
    Sample(
        "committee_rules_create",
        by="area_admin",
        body={
            "kind": "school",
            "title": "โรงเรียนขนาดใหญ่พิเศษ",
            "pupils_from": 2500,
            "valid_from": "2026-10-01",
            "composition": {"size": 15, "term_years": 4, "categories": {"parent": 2}},
            "procedure": _PROCEDURE,
        },
        status=201,
    ),
    Sample(
        "committee_rules_update",
        by="area_admin",
        path={"id": "committee_rule"},
        body={"procedure": _PROCEDURE},
    ),
    Sample("committees_list", by="committee_member", query={"cluster": "@cluster"}),
    Sample("committees_get", by="committee_member", path=_COMMITTEE),
    Sample(
        "committees_create",
        by=_RUNNER,
        body=lambda area: {
            "kind": "cluster",
            "cluster": area.things["cluster"],
            "name_th": "คณะกรรมการวิชาการ",
            "established_on": "2026-05-16",
        },
        status=201,
    ),
    Sample("committees_update", by=_RUNNER, path=_COMMITTEE, body={"name_en": "Committee"}),
    Sample("committees_composition", by="committee_member", path=_COMMITTEE),
    Sample("seats_list", by="committee_member", path=_SEATS),
    Sample("seats_get", by="committee_member", path={**_SEATS, "id": "parent_seat"}),
    Sample(
        "seats_create",
        by=_RUNNER,
        path=_SEATS,
        body=lambda area: {
            "category": "alumni",
            "holder_name": "สมชาย ใจดี",
            "user": area.people["teacher"].user_id,
            "term_from": "2026-05-16",
        },
        status=201,
    ),
    Sample(
        "seats_update",
        by=_RUNNER,
        path={**_SEATS, "id": "parent_seat"},
        body={"term_until": "2026-12-31"},
    ),
    Sample("meetings_list", by="committee_member", query={"committee": "@committee"}),
    Sample("meetings_get", by="committee_member", path=_MEETING),
    Sample(
        "meetings_create",
        by=_RUNNER,
        body=lambda area: {
            "committee": area.things["committee"],
            "held_at": "2026-12-01T09:00:00+07:00",
            "place": "ห้องประชุมโรงเรียน",
        },
        status=201,
    ),
    Sample("meetings_update", by=_RUNNER, path=_MEETING, body={"place": "ออนไลน์"}),
    Sample("meetings_notice", by=_RUNNER, path=_MEETING, body={}),
    Sample("meetings_open", by=_RUNNER, path=_MEETING),
    Sample("meetings_close", by=_RUNNER, path={"id": "idle_meeting"}),
    Sample("meetings_attendance", by="committee_member", path={"id": "open_meeting"}),
    Sample(
        "meetings_record_attendance",
        by=_RUNNER,
        path=_MEETING,
        body=lambda area: {"entries": [{"seat": area.things["chair_seat"], "presence": "present"}]},
    ),
    Sample(
        "meetings_adopt_minutes",
        by=_RUNNER,
        path={"id": "closed_meeting"},
        body=lambda area: {"in_meeting": area.things["open_meeting"]},
    ),
    Sample("meetings_carried_items", by="committee_member", path={"id": "open_meeting"}),
    Sample("agenda_items_list", by="committee_member", path=_AGENDA),
    Sample("agenda_items_get", by="committee_member", path={**_AGENDA, "id": "agenda_item"}),
    Sample(
        "agenda_items_create",
        by=_RUNNER,
        path=_AGENDA,
        body={"number": "4.10", "title": "แผนพัฒนา", "kind": "for_decision"},
        status=201,
    ),
    Sample(
        "agenda_items_update",
        by=_RUNNER,
        path={**_AGENDA, "id": "agenda_item"},
        body={"number": "2"},
    ),
    Sample("agenda_items_destroy", by=_RUNNER, path={**_AGENDA, "id": "agenda_item"}, status=204),
    Sample("motions_list", by="committee_member", query={"meeting": "@open_meeting"}),
    Sample("motions_get", by="committee_member", path={"id": "motion"}),
    Sample(
        "motions_create",
        by=_RUNNER,
        body=lambda area: {"agenda_item": area.things["agenda_item"], "text": "เห็นชอบ"},
        status=201,
    ),
    Sample("motions_open", by=_RUNNER, path={"id": "motion"}),
    Sample(
        "motions_vote",
        by="committee_member",
        path={"id": "open_motion"},
        body={"choice": "in_favour"},
    ),
    Sample(
        "motions_hands",
        by=_RUNNER,
        path={"id": "open_motion"},
        body={"in_favour": 3, "against": 1, "abstained": 0},
    ),
    Sample("motions_votes", by=_RUNNER, path={"id": "open_motion"}),
    Sample("motions_close", by=_RUNNER, path={"id": "open_motion"}),
    Sample(
        "motions_casting_vote",
        by=_RUNNER,
        path={"id": "tied_motion"},
        body={"choice": "in_favour"},
    ),
    Sample("motions_withdraw", by=_RUNNER, path={"id": "motion"}),
    Sample("resolutions_list", by="committee_member", query={"committee": "@committee"}),
    Sample("resolutions_get", by="committee_member", path={"id": "resolution"}),
    Sample("action_items_list", by="committee_member", query={"committee": "@committee"}),
    Sample("action_items_get", by="committee_member", path={"id": "action_item"}),
    Sample(
        "action_items_create",
        by=_RUNNER,
        body=lambda area: {
            "agenda_item": area.things["open_item"],
            "text": "ส่งหนังสือเชิญ",
            "owner_name": "เลขานุการ",
            "due_on": "2026-12-15",
        },
        status=201,
    ),
    Sample("action_items_close", by=_RUNNER, path={"id": "action_item"}, body={"outcome": "ส่งแล้ว"}),
]
