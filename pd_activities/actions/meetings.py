"""Meetings: called, noticed, opened, attended, closed, their minutes adopted at a later one."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from core.actor import Actor
from core.dates import YEARS
from core.errors import invalid
from core.ids import new_id
from core.journal import actions as journal
from pd_activities.calculations.numbering import agenda_place
from pd_activities.enums.committees import AgendaKind, MeetingStatus, MotionStatus, Presence
from pd_activities.errors.committees import (
    AgendaItemInUseError,
    MeetingStatusError,
    MeetingYearError,
    MotionsOpenError,
    NoQuorumError,
)
from pd_activities.models import AgendaItem, Committee, Meeting, MeetingAttendance, Motion
from pd_activities.queries.committees import Quorum, filled_seats, quorum_of

RUNNING = (MeetingStatus.CALLED, MeetingStatus.OPEN)  # until it is closed


@transaction.atomic
def call_meeting(
    committee: Committee,
    *,
    held_at: datetime,
    place: str,
    actor: Actor,
    id: UUID | None = None,
) -> Meeting:
    """Call the committee's next meeting of the year in which it is held."""
    # The committee's lock makes those who call at once take turns: numbers have no gaps.
    row = committee.locked()
    _check_standing(row, held_at)
    year = timezone.localtime(held_at).year
    last = row.meetings.filter(year=year).aggregate(Max("number"))["number__max"]
    meeting = Meeting.objects.create(
        id=id or new_id(),
        committee=row,
        year=year,
        number=(last or 0) + 1,
        held_at=held_at,
        place=place,
    )
    record("meeting.called", meeting, meeting, actor, {"reference": meeting.reference})
    return meeting


@transaction.atomic
def update_meeting(meeting: Meeting, changes: Mapping[str, Any], *, actor: Actor) -> Meeting:
    """Move a called meeting within its year; write the minutes of one that was opened."""
    row = meeting.locked_unchanged()
    if "held_at" in changes or "place" in changes:
        demand(row, MeetingStatus.CALLED)
    if "minutes" in changes:
        demand(row, MeetingStatus.OPEN, MeetingStatus.CLOSED)
    if "held_at" in changes:
        if timezone.localtime(changes["held_at"]).year != row.year:
            raise MeetingYearError
        _check_standing(row.committee, changes["held_at"])
    for name, value in changes.items():
        setattr(row, name, value)
    row.save_changes(*changes)
    record("meeting.updated", row, row, actor, journal.without_texts(changes, "minutes"))
    return row


@transaction.atomic
def record_notice(meeting: Meeting, *, actor: Actor, sent_at: datetime | None = None) -> Meeting:
    """Note when the notice went out to the members."""
    row = meeting.locked()
    demand(row, MeetingStatus.CALLED)
    row.notice_sent_at = sent_at or timezone.now()
    if row.notice_sent_at > timezone.now():
        raise invalid("/sent_at", "in_future", "ต้องไม่เป็นเวลาในอนาคต", "Must not be in the future.")
    row.save_changes("notice_sent_at")
    record("meeting.notice_sent", row, row, actor, {"notice_sent_at": row.notice_sent_at})
    return row


@transaction.atomic
def open_meeting(meeting: Meeting, *, actor: Actor) -> Meeting:
    """Open it under the committee's present rule of procedure, which then holds to its end."""
    row = meeting.locked()
    demand(row, MeetingStatus.CALLED)
    row.procedure, row.opened_at = row.committee.procedure, timezone.now()
    return _move(row, MeetingStatus.OPEN, "opened", actor, "procedure", "opened_at")


@transaction.atomic
def close_meeting(meeting: Meeting, *, actor: Actor) -> Meeting:
    """Close it; every motion that was put to the vote must be decided or withdrawn."""
    row = meeting.locked()
    demand(row, MeetingStatus.OPEN)
    undecided = Motion.objects.filter(
        agenda_item__meeting=row, status__in=[MotionStatus.OPEN, MotionStatus.TIED]
    ).count()
    if undecided:
        raise MotionsOpenError(count=undecided)
    row.closed_at = timezone.now()
    return _move(row, MeetingStatus.CLOSED, "closed", actor, "closed_at")


@transaction.atomic
def record_attendance(
    meeting: Meeting, entries: Sequence[Mapping[str, Any]], *, actor: Actor
) -> Meeting:
    """Write who is there, for all seats at once; a seat left out has no record."""
    row = meeting.locked_unchanged()
    demand(row, *RUNNING)
    presence: dict[UUID, Presence] = {each["seat"]: each["presence"] for each in entries}
    filled = set(filled_seats(row).values_list("pk", flat=True))
    if len(presence) != len(entries) or not presence.keys() <= filled:
        raise invalid(
            "/entries",
            "not_a_seat",
            "ต้องเป็นกรรมการที่อยู่ในวาระในวันประชุม คนละหนึ่งรายการ",
            "Each entry names another seat whose term covers the day of the meeting.",
        )
    row.attendances.all().delete()
    MeetingAttendance.objects.bulk_create(
        MeetingAttendance(meeting=row, seat_id=seat, presence=each)
        for seat, each in presence.items()
    )
    row.save_changes()
    record("meeting.attendance_recorded", row, row, actor, {"entries": len(presence)})
    return row


@transaction.atomic
def adopt_minutes(meeting: Meeting, *, in_meeting: UUID, actor: Actor) -> Meeting:
    """A later meeting of the committee, open and quorate, adopts the minutes of this one."""
    pair = {
        row.pk: row
        for row in Meeting.objects.select_for_update(of=("self",))
        .filter(pk__in=[meeting.pk, in_meeting], committee=meeting.committee_id)
        .order_by("pk")
    }
    row, later = pair[meeting.pk], pair.get(in_meeting)
    demand(row, MeetingStatus.CLOSED)
    if later is None or later.held_at <= row.held_at or not row.minutes:
        raise invalid(
            "/in_meeting",
            "not_a_later_meeting",
            "ต้องเป็นการประชุมครั้งหลังของคณะกรรมการเดียวกัน และรายงานการประชุมต้องเขียนแล้ว",
            "Name a later meeting of this committee, once the minutes are written.",
        )
    demand(later, MeetingStatus.OPEN)
    demand_quorum(quorum_of(later))
    row.minutes_adopted_in = later
    return _move(row, MeetingStatus.MINUTES_ADOPTED, "minutes_adopted", actor, "minutes_adopted_in")


@transaction.atomic
def add_agenda_item(
    meeting: Meeting,
    *,
    number: str,
    title: str,
    kind: AgendaKind,
    actor: Actor,
    id: UUID | None = None,
) -> AgendaItem:
    """Put an item on the agenda, until the meeting is closed."""
    row = meeting.locked()
    demand(row, *RUNNING)
    item = AgendaItem.objects.create(
        id=id or new_id(), meeting=row, number=number, place=_place(number), title=title, kind=kind
    )
    record("agenda_item.added", item, row, actor, {"number": number})
    return item


@transaction.atomic
def update_agenda_item(item: AgendaItem, changes: Mapping[str, Any], *, actor: Actor) -> AgendaItem:
    """Correct an item; its number stays once it is in use, for what hangs on it is named by it."""
    meeting = item.meeting.locked()
    demand(meeting, *RUNNING)
    row = item.locked_unchanged()
    if changes.get("number", row.number) != row.number and _is_in_use(row):
        raise AgendaItemInUseError
    for name, value in changes.items():
        setattr(row, name, value)
    row.place = _place(row.number)
    row.save_changes(*changes, "place")
    told = journal.without_texts(changes, "title")
    record("agenda_item.updated", row, meeting, actor, told)
    return row


@transaction.atomic
def remove_agenda_item(item: AgendaItem, *, actor: Actor) -> None:
    """Take an item off the agenda that nothing hangs on."""
    meeting = item.meeting.locked()
    demand(meeting, *RUNNING)
    row = item.locked_unchanged()
    if _is_in_use(row):
        raise AgendaItemInUseError
    record("agenda_item.removed", row, meeting, actor, {"number": row.number})
    row.delete()


def demand(meeting: Meeting, *statuses: MeetingStatus) -> None:
    """Raise MeetingStatusError unless the meeting is at one of these steps."""
    if meeting.status not in statuses:
        raise MeetingStatusError(MeetingStatus(meeting.status), reference=meeting.reference)


def demand_quorum(quorum: Quorum) -> None:
    if not quorum.is_quorate:
        raise NoQuorumError(present=quorum.present, filled=quorum.filled, least=quorum.least)


def record(
    verb: str, subject: Any, meeting: Meeting, actor: Actor, changes: Mapping[str, Any]
) -> None:
    """The journal's entry, for the cluster or school of the meeting's committee."""
    journal.record(
        f"pd_activities.{verb}",
        subject,
        actor=actor,
        school_id=meeting.committee.school_id,
        cluster_id=meeting.committee.cluster_id,
        changes=changes,
    )


def _move(
    meeting: Meeting, status: MeetingStatus, verb: str, actor: Actor, *fields: str
) -> Meeting:
    before, meeting.status = meeting.status, status
    meeting.save_changes("status", *fields)
    record(f"meeting.{verb}", meeting, meeting, actor, {"status": [before, status]})
    return meeting


def _check_standing(committee: Committee, held_at: datetime) -> None:
    day = timezone.localdate(held_at)
    if day.year not in YEARS:
        raise invalid("/held_at", "out_of_range", "ต้องเป็นปี ค.ศ.", "Must be a year CE.")
    dissolved = committee.dissolved_on is not None and committee.dissolved_on <= day
    if dissolved or day < committee.established_on:
        raise invalid(
            "/held_at",
            "no_committee_then",
            "คณะกรรมการไม่ได้อยู่ในตำแหน่งในวันนั้น",
            "The committee does not stand on that day.",
        )


def _is_in_use(item: AgendaItem) -> bool:
    return item.motions.exists() or item.action_items.exists()


def _place(number: str) -> int:
    place = agenda_place(number)
    if place is None:
        raise invalid("/number", "not_a_number", "เช่น 4 หรือ 4.2", "Such as 4 or 4.2.")
    return place
