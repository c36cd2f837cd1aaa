"""A cluster's committee with meetings at each step; the coordinator runs it."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.actor import Actor, ActorKind, Grant
from pd_activities.actions import committees, meetings, motions
from pd_activities.models import Committee, Meeting, MeetingAttendance, Motion, Seat
from tests.world import TestArea

BANGKOK = ZoneInfo("Asia/Bangkok")
FIRST = datetime(2026, 6, 10, 9, 0, tzinfo=BANGKOK)


def runner_of(area: TestArea) -> Actor:
    grant = Grant("cluster_coordinator", "cluster", area.things["cluster"])
    return Actor(
        kind=ActorKind.USER, id=area.people["cluster_coordinator"].user_id, grants=(grant,)
    )


def add_committees(area: TestArea) -> None:
    runner = runner_of(area)
    committee = committees.found_committee(
        kind="cluster",
        cluster=area.things["cluster"],
        name_th="คณะกรรมการกลุ่มโรงเรียนทดสอบ",
        established_on=date(2024, 5, 16),
        actor=runner,
    )
    area.things["committee"] = committee.pk
    area.things["committee_rule"] = committees.CommitteeRule.objects.get(kind="cluster").pk
    _seats(area, committee, runner)
    _closed(area, committee, runner)
    _open(area, committee, runner)
    area.things["idle_meeting"] = meetings.open_meeting(
        _call(committee, 3, runner), actor=runner
    ).pk
    called = _call(committee, 4, runner)
    area.things["meeting"] = called.pk
    area.things["agenda_item"] = _item(called, "1", runner).pk


def _seats(area: TestArea, committee: Committee, runner: Actor) -> None:
    """Chair, one member with an account, three without: five in all."""
    holders = [
        ("chair_seat", "chair", "chair", None),
        ("member_seat", "teacher", "member", area.people["committee_member"].user_id),
        ("parent_seat", "parent", "member", None),
        ("expert_seat", "expert", "member", None),
        ("religious_seat", "religious", "member", None),
    ]
    for name, category, role, user in holders:
        area.things[name] = committees.fill_seat(
            committee,
            category=category,
            role=role,
            holder_name=f"กรรมการ {category}",
            user=user,
            term_from=date(2024, 5, 16),
            actor=runner,
        ).pk


def _call(committee: Committee, place: int, runner: Actor) -> Meeting:
    return meetings.call_meeting(
        committee, held_at=FIRST + timedelta(weeks=place), place="ห้องประชุม", actor=runner
    )


def _item(meeting: Meeting, number: str, runner: Actor):
    return meetings.add_agenda_item(
        meeting, number=number, title="พิจารณาแผนพัฒนา", kind="for_decision", actor=runner
    )


def everyone_present(meeting: Meeting, actor: Actor) -> Meeting:
    entries = [
        {"seat": seat, "presence": "present"}
        for seat in Seat.objects.filter(committee=meeting.committee_id).values_list("pk", flat=True)
    ]
    return meetings.record_attendance(meeting, entries, actor=actor)


def _put_to_vote(meeting: Meeting, number: str, runner: Actor) -> Motion:
    motion = motions.propose_motion(
        _item(meeting, number, runner), text="เห็นชอบแผนพัฒนา", actor=runner
    )
    return motions.open_motion(motion, actor=runner)


def _closed(area: TestArea, committee: Committee, runner: Actor) -> None:
    """One with a resolution, an action item and minutes to adopt."""
    meeting = everyone_present(_call(committee, 1, runner), runner)
    meeting = meetings.open_meeting(meeting, actor=runner)
    motion = _put_to_vote(meeting, "4.2", runner)
    motions.record_hands(motion, in_favour=3, against=1, abstained=0, actor=runner)
    carried = motions.close_motion(motion, actor=runner)
    owed = motions.add_action_item(
        motion.agenda_item,
        text="จัดทำปฏิทินนิเทศ",
        owner_name="เลขานุการ",
        due_on=date(2026, 7, 31),
        actor=runner,
    )
    meeting = meetings.update_meeting(meeting, {"minutes": "ที่ประชุมเห็นชอบ"}, actor=runner)
    area.things["closed_meeting"] = meetings.close_meeting(meeting, actor=runner).pk
    area.things["resolution"] = carried.pk
    area.things["action_item"] = owed.pk


def _open(area: TestArea, committee: Committee, runner: Actor) -> None:
    """One in session, all present: a motion proposed, one open, one tied."""
    meeting = everyone_present(_call(committee, 2, runner), runner)
    meeting = meetings.open_meeting(meeting, actor=runner)
    area.things["open_meeting"] = meeting.pk
    tied = _put_to_vote(meeting, "4.1", runner)
    motions.record_hands(tied, in_favour=2, against=2, abstained=0, actor=runner)
    area.things["tied_motion"] = motions.close_motion(tied, actor=runner).pk
    area.things["open_motion"] = _put_to_vote(meeting, "4.2", runner).pk
    item = _item(meeting, "4.3", runner)
    area.things["open_item"] = item.pk
    area.things["motion"] = motions.propose_motion(item, text="จัดอบรม", actor=runner).pk
    assert MeetingAttendance.objects.filter(meeting=meeting).count() == 5
