"""Committees: rules that an area starts with, composition, seats and terms."""

from datetime import date

import pytest
from django_tenants.utils import schema_context

from clusters.models import School
from core.journal.models import JournalEntry
from pd_activities.actions.committees import _usual_end
from pd_activities.models import CommitteeRule
from tests.client import body_of


def _found(api, **more):
    body = {
        "kind": "school",
        "school": api.area.things["school"],
        "name_th": "คณะกรรมการสถานศึกษา",
        "established_on": "2026-05-16",
        **more,
    }
    return api.as_("school_director").post("/api/v1/committees", body)


@pytest.mark.parametrize(("pupils", "size", "experts"), [(300, 9, 1), (301, 15, 6), (None, 9, 1)])
def test_found_committee__school__rule_by_number_of_pupils(api, pupils, size, experts):
    with schema_context(api.area.schema_name):
        School.objects.filter(pk=api.area.things["school"]).update(pupil_count=pupils)

    made = body_of(_found(api))

    assert made["composition"]["size"] == size
    assert made["composition"]["categories"]["expert"] == experts
    assert sum(made["composition"]["categories"].values()) == size
    assert made["procedure"]["quorum"] == "1/2"


def test_found_committee__no_rule_that_day__conflict_unless_given(api):
    with schema_context(api.area.schema_name):
        CommitteeRule.objects.update(valid_until=date(2020, 1, 1))
    assert body_of(_found(api))["code"] == "no_committee_rule"
    procedure = {"quorum": "1/2", "majority_of": "votes_cast", "casting_vote": True}
    assert _found(api, composition={}, procedure=procedure).status_code == 201


def test_found_committee__kind_and_body_differ__400(api):
    response = _found(api, kind="cluster")
    assert body_of(response)["errors"][0]["pointer"] == "/cluster"


def test_found_committee__of_another_school__403(api):
    assert _found(api, school=api.area.things["other_school"]).status_code == 403


@pytest.mark.parametrize("quorum", ["0/2", "3/2", "1/0", "half", "1/2/3"])
def test_procedure__quorum_no_fraction_up_to_one__400(api, quorum):
    procedure = {"quorum": quorum, "majority_of": "votes_cast", "casting_vote": True}
    assert _found(api, procedure=procedure).status_code == 400


def test_composition__what_is_missing(api):
    director = api.as_("school_director")
    committee = f"/api/v1/committees/{body_of(_found(api))['id']}"
    for category, role in (("chair", "chair"), ("parent", "member"), ("parent", "member")):
        seat = {"category": category, "role": role, "holder_name": "ก", "term_from": "2026-05-16"}
        made = body_of(director.post(f"{committee}/seats", seat))
        assert made["term_until"] == "2030-05-15"

    report = body_of(director.get(f"{committee}/composition"))

    missing = {each["category"]: each["missing"] for each in report["gaps"]}
    assert (report["filled"], report["size"], report["complete"]) == (3, 9, False)
    assert missing["parent"] == -1
    assert missing["secretary"] == 1
    assert "chair" not in missing


def test_seats__second_chair_or_second_seat_of_a_person__conflict(api):
    runner = api.as_("cluster_coordinator")
    path = f"/api/v1/committees/{api.area.things['committee']}/seats"
    seat = {"category": "other", "holder_name": "ก", "term_from": "2026-05-16"}

    assert runner.post(path, {**seat, "role": "chair"}).status_code == 409
    member = api.area.people["committee_member"].user_id
    assert runner.post(path, {**seat, "user": member}).status_code == 409


def test_seats__chair_whose_term_ended__makes_room(api):
    runner = api.as_("cluster_coordinator")
    path = f"/api/v1/committees/{api.area.things['committee']}/seats"
    chair = f"{path}/{api.area.things['chair_seat']}"
    assert runner.patch(chair, {"term_until": "2026-06-30"}, If_Match="*").status_code == 200
    seat = {"category": "chair", "role": "chair", "holder_name": "ข", "term_from": "2026-07-01"}
    assert runner.post(path, seat).status_code == 201

    on = {"role": "chair", "on": "2026-06-30"}
    assert [each["holder_name"] for each in body_of(runner.get(path, on))["items"]] == [
        "กรรมการ chair"
    ]


def test_seats__term_ends_before_it_begins_or_unknown_user__400(api):
    runner = api.as_("cluster_coordinator")
    path = f"/api/v1/committees/{api.area.things['committee']}/seats"
    seat = {"category": "other", "holder_name": "ก", "term_from": "2026-05-16"}
    early = runner.post(path, {**seat, "term_until": "2026-05-15"})
    nobody = runner.post(path, {**seat, "user": api.area.things["committee"]})

    assert body_of(early)["errors"][0]["pointer"] == "/term_until"
    assert body_of(nobody)["errors"][0]["pointer"] == "/user"


def test_update_rule__ends_before_it_begins__400(api):
    path = f"/api/v1/committee-rules/{api.area.things['committee_rule']}"
    response = api.as_("area_admin").patch(path, {"valid_until": "2000-01-01"}, If_Match="*")
    assert body_of(response)["errors"][0]["pointer"] == "/valid_until"


def test_update_committee__journal_keeps_the_rule_before(api):
    committee = api.area.things["committee"]
    procedure = {"quorum": "2/3", "majority_of": "votes_cast", "casting_vote": True}
    api.as_("cluster_coordinator").patch(
        f"/api/v1/committees/{committee}", {"procedure": procedure}, If_Match="*"
    )
    with schema_context(api.area.schema_name):
        entry = JournalEntry.objects.filter(subject_id=committee).latest("number")
    assert entry.verb == "pd_activities.committee.updated"
    assert entry.values["procedure"][0]["quorum"] == "1/2"
    assert entry.cluster_id == api.area.things["cluster"]


@pytest.mark.parametrize(
    ("begins", "ends"),
    [
        (date(2026, 5, 16), date(2030, 5, 15)),
        (date(2028, 3, 1), date(2032, 2, 29)),
        (date(2027, 3, 1), date(2031, 2, 28)),
        (date(2026, 1, 1), date(2029, 12, 31)),
        (date(2028, 2, 29), date(2032, 2, 29)),
    ],
)
def test_usual_end__four_years__the_day_before(begins, ends):
    assert _usual_end(begins, 4) == ends
