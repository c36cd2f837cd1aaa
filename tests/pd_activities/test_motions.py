"""Votes: no quorum, no vote; a seat votes once; ties; conflicts of interest."""

from datetime import date

import pytest
from django.db import transaction
from django_tenants.utils import schema_context

from pd_activities.actions import motions
from pd_activities.errors.committees import MotionStatusError
from pd_activities.models import Committee, Motion, Seat, Vote
from tests.client import body_of
from tests.pd_activities.committee_cast import runner_of


def _url(api, thing, verb=""):
    return f"/api/v1/motions/{api.area.things[thing]}{verb}"


@pytest.fixture
def runner(api):
    return api.as_("cluster_coordinator")


@pytest.fixture
def member(api):
    return api.as_("committee_member")


def _attend(api, runner, *seats):
    meeting = api.area.things["open_meeting"]
    entries = [{"seat": api.area.things[f"{each}_seat"], "presence": "present"} for each in seats]
    path = f"/api/v1/meetings/{meeting}/attendance"
    assert runner.put(path, {"entries": entries}, If_Match="*").status_code == 200


def _hands(runner, api, in_favour, against, abstained=0):
    body = {"in_favour": in_favour, "against": against, "abstained": abstained}
    return runner.post(_url(api, "open_motion", "/hands"), body)


def test_vote__twice__one_vote(api, member, runner):
    path = _url(api, "open_motion", "/vote")
    assert member.post(path, {"choice": "in_favour"}).status_code == 200
    assert body_of(member.post(path, {"choice": "against"}))["code"] == "already_voted"

    assert body_of(runner.post(_url(api, "open_motion", "/close")))["in_favour_count"] == 1


def test_vote__for_a_member_with_an_account__personal(api, runner):
    body = {"choice": "in_favour", "seat": api.area.things["member_seat"]}
    assert body_of(runner.post(_url(api, "open_motion", "/vote"), body))["code"] == (
        "vote_is_personal"
    )


def test_vote__member_for_another_seat__403(api, member):
    body = {"choice": "in_favour", "seat": api.area.things["parent_seat"]}
    assert member.post(_url(api, "open_motion", "/vote"), body).status_code == 403


def test_vote__recorded_for_a_member_without_account__marked(api, member, runner):
    seat = str(api.area.things["parent_seat"])
    runner.post(_url(api, "open_motion", "/vote"), {"choice": "against", "seat": seat})
    member.post(_url(api, "open_motion", "/vote"), {"choice": "in_favour"})
    path = _url(api, "open_motion", "/votes")
    during = body_of(runner.get(path))
    runner.post(_url(api, "open_motion", "/close"))
    after = {each["seat"]: each for each in body_of(runner.get(path))}

    assert [each["choice"] for each in during] == [None, None]
    assert after[seat]["choice"] == "against"
    assert after[seat]["recorded_by"] == str(api.area.people["cluster_coordinator"].user_id)
    assert after[str(api.area.things["member_seat"])]["recorded_by"] is None


def test_vote__absent__conflict(api, member, runner):
    _attend(api, runner, "chair", "parent", "expert")
    response = member.post(_url(api, "open_motion", "/vote"), {"choice": "in_favour"})
    assert body_of(response)["code"] == "not_present"


def test_vote__not_open_yet__conflict_but_conflict_of_interest_may_be_declared(api, member):
    path = _url(api, "motion", "/vote")
    assert body_of(member.post(path, {"choice": "in_favour"}))["code"] == "motion_status"
    assert member.post(path, {"choice": "recused"}).status_code == 200


def test_hands__more_than_members_without_account__conflict(api, runner):
    assert _hands(runner, api, 4, 0).status_code == 200
    assert body_of(_hands(runner, api, 4, 1))["code"] == "too_many_hands"
    seat = {"choice": "against", "seat": api.area.things["parent_seat"]}
    response = runner.post(_url(api, "open_motion", "/vote"), seat)
    assert body_of(response)["code"] == "too_many_hands"  # counted among the four already
    assert "3 hands" in body_of(response)["detail"]


def test_close__attendance_corrected_after_the_count__conflict(api, runner):
    _hands(runner, api, 4, 0)
    _attend(api, runner, "chair", "member", "parent")
    response = runner.post(_url(api, "open_motion", "/close"))
    assert body_of(response)["code"] == "too_many_hands"


def test_close__without_quorum__nothing_counts(api, runner):
    _hands(runner, api, 2, 0)
    _attend(api, runner, "chair", "parent")
    response = runner.post(_url(api, "open_motion", "/close"))

    assert body_of(response)["code"] == "no_quorum"
    assert body_of(runner.get(_url(api, "open_motion")))["status"] == "open"
    assert body_of(runner.post(_url(api, "open_motion", "/withdraw")))["status"] == "withdrawn"


def test_open__conflicts_of_interest_break_the_quorum(api, runner):
    _attend(api, runner, "chair", "parent", "expert")
    recused = {"choice": "recused", "seat": api.area.things["expert_seat"]}
    runner.post(_url(api, "motion", "/vote"), recused)

    assert body_of(runner.post(_url(api, "motion", "/open")))["code"] == "no_quorum"


@pytest.mark.parametrize(("choice", "outcome"), [("in_favour", "carried"), ("against", "lost")])
def test_tie__chair_decides(api, runner, choice, outcome):
    decided = body_of(runner.post(_url(api, "tied_motion", "/casting-vote"), {"choice": choice}))

    assert (decided["status"], decided["casting_vote"]) == (outcome, choice)
    assert (decided["in_favour_count"], decided["against_count"]) == (2, 2)


def test_tie__chair_with_an_account__nobody_else_decides(api, runner):
    with schema_context(api.area.schema_name):
        user = api.area.people["officer"].user_id
        Seat.objects.filter(pk=api.area.things["chair_seat"]).update(user=user)
    path = _url(api, "tied_motion", "/casting-vote")

    assert body_of(runner.post(path, {"choice": "against"}))["code"] == "vote_is_personal"
    chair = api.as_("officer")
    assert body_of(chair.post(path, {"choice": "against"}))["status"] == "lost"


def test_tie__chair_absent__lost(api, runner):
    _attend(api, runner, "member", "parent", "expert", "religious")
    _hands(runner, api, 1, 1)
    assert body_of(runner.post(_url(api, "open_motion", "/close")))["status"] == "lost"


def test_tie__chair_gone_since__cannot_be_cast(api, runner):
    _attend(api, runner, "member", "parent", "expert")
    response = runner.post(_url(api, "tied_motion", "/casting-vote"), {"choice": "in_favour"})
    assert body_of(response)["code"] == "not_present"


def test_tie__no_tie__conflict(api, runner):
    response = runner.post(_url(api, "open_motion", "/casting-vote"), {"choice": "in_favour"})
    assert body_of(response)["code"] == "motion_status"


def test_close__majority_of_those_present__abstentions_weigh(api, runner):
    with schema_context(api.area.schema_name):
        Committee.objects.update(
            procedure={"quorum": "1/2", "majority_of": "present", "casting_vote": True}
        )
    things = api.area.things
    meeting = f"/api/v1/meetings/{things['meeting']}"
    seats = [
        {"seat": things[f"{s}_seat"], "presence": "present"} for s in ("chair", "parent", "expert")
    ]
    runner.post(f"{meeting}/open")
    runner.put(f"{meeting}/attendance", {"entries": seats}, If_Match="*")
    made = {"agenda_item": things["agenda_item"], "text": "x"}
    path = f"/api/v1/motions/{body_of(runner.post('/api/v1/motions', made))['id']}"
    runner.post(f"{path}/open")
    runner.post(f"{path}/hands", {"in_favour": 1, "against": 0, "abstained": 2})

    assert body_of(runner.post(f"{path}/close"))["status"] == "lost"


def test_item_with_a_resolution__no_further_motion(api, runner):
    things = api.area.things
    with schema_context(api.area.schema_name):
        item = Motion.objects.get(pk=things["tied_motion"]).agenda_item_id
    rival = {"agenda_item": item, "text": "ข้อเสนออื่น"}
    made = body_of(runner.post("/api/v1/motions", rival))
    assert body_of(runner.post(f"/api/v1/motions/{made['id']}/open"))["code"] == (
        "agenda_item_resolved"
    )
    runner.post(_url(api, "tied_motion", "/casting-vote"), {"choice": "in_favour"})
    assert body_of(runner.post("/api/v1/motions", rival))["code"] == "agenda_item_resolved"


@pytest.mark.parametrize(
    ("thing", "verb", "body"),
    [
        ("open_motion", "/open", None),
        ("motion", "/hands", {"in_favour": 1, "against": 0, "abstained": 0}),
        ("motion", "/close", None),
        ("resolution", "/withdraw", None),
    ],
)
def test_motion__step_out_of_order__conflict(api, runner, thing, verb, body):
    assert body_of(runner.post(_url(api, thing, verb), body))["code"] == "motion_status"


def test_motion__meeting_not_in_session__conflict(api, runner):
    made = {"agenda_item": api.area.things["agenda_item"], "text": "x"}
    early = body_of(runner.post("/api/v1/motions", made))
    opened = runner.post(f"/api/v1/motions/{early['id']}/open")
    with schema_context(api.area.schema_name):
        closed = Motion.objects.get(pk=api.area.things["resolution"]).agenda_item_id
    late = runner.post("/api/v1/motions", {"agenda_item": closed, "text": "x"})

    assert body_of(opened)["code"] == body_of(late)["code"] == "meeting_status"


def test_motion__left_undecided_when_the_meeting_closed__stays_as_it_is(api, member, runner):
    things = api.area.things
    runner.post(_url(api, "tied_motion", "/casting-vote"), {"choice": "against"})
    runner.post(_url(api, "open_motion", "/withdraw"))
    closed = runner.post(f"/api/v1/meetings/{things['open_meeting']}/close")
    recused = member.post(_url(api, "motion", "/vote"), {"choice": "recused"})
    withdrawn = runner.post(_url(api, "motion", "/withdraw"))

    assert closed.status_code == 200
    assert body_of(recused)["code"] == body_of(withdrawn)["code"] == "meeting_status"


def test_close_motion__read_before_another_closed_it__one_effect(api):
    with schema_context(api.area.schema_name):
        runner = runner_of(api.area)
        stale = Motion.objects.get(pk=api.area.things["open_motion"])
        motions.record_hands(stale, in_favour=3, against=0, abstained=0, actor=runner)
        first = motions.close_motion(stale, actor=runner)
        with pytest.raises(MotionStatusError), transaction.atomic():
            motions.close_motion(stale, actor=runner)
        stale.refresh_from_db()
        assert (stale.status, stale.decided_at) == ("carried", first.decided_at)


def test_vote__member_whose_term_ended__sees_nothing_and_cannot_vote(api, member):
    with schema_context(api.area.schema_name):
        Seat.objects.filter(pk=api.area.things["member_seat"]).update(term_until=date(2026, 6, 1))
    assert member.post(_url(api, "open_motion", "/vote"), {"choice": "against"}).status_code == 404
    with schema_context(api.area.schema_name):
        assert not Vote.objects.exists()


def test_secretary_with_an_account__runs_the_committee(api):
    with schema_context(api.area.schema_name):
        seat = Seat.objects.get(pk=api.area.things["member_seat"])
        Seat.objects.filter(pk=seat.pk).update(role="secretary")
    response = api.as_("committee_member").post(_url(api, "motion", "/open"))
    assert response.status_code == 200
