"""The same thing at the same moment, with real commits: one effect, no gap."""

from uuid import uuid4

import pytest
from django.db import IntegrityError
from django_tenants.utils import schema_context

from core.api.problems import ConflictError, as_domain_error
from core.errors import DomainError
from pd_activities.actions import committees, meetings, motions
from pd_activities.models import Committee, Meeting, Motion
from tests.concurrency.together import together
from tests.pd_activities.committee_cast import BANGKOK, FIRST, everyone_present, runner_of


@pytest.fixture
def committee(races):
    """A committee of its own, so that what is committed here disturbs no other test."""
    with schema_context(races.area.schema_name):
        made = committees.found_committee(
            kind="cluster",
            cluster=races.area.things["cluster"],
            name_th=f"คณะกรรมการ {uuid4()}",
            established_on=FIRST.date(),
            actor=runner_of(races.area),
        )
        for number in range(3):
            committees.fill_seat(
                made,
                category="other",
                holder_name=f"กรรมการ {number}",
                term_from=FIRST.date(),
                actor=runner_of(races.area),
            )
        return made


def _call(area, committee):
    with schema_context(area.schema_name):
        return meetings.call_meeting(
            Committee.objects.get(pk=committee.pk),
            held_at=FIRST.astimezone(BANGKOK),
            place="x",
            actor=runner_of(area),
        ).number


def test_call_meeting__eight_at_once__numbers_without_gap(races, committee):
    numbers = together(*[lambda: _call(races.area, committee)] * 8)

    assert sorted(numbers) == list(range(1, 9))


def _remove(area, item):
    with schema_context(area.schema_name):
        try:
            return meetings.remove_agenda_item(item, actor=runner_of(area))
        except DomainError as error:
            return error.code


def test_remove_agenda_item__twice_at_once__gone_once_and_then_not_found(races, committee):
    area = races.area
    _call(area, committee)
    with schema_context(area.schema_name):
        item = meetings.add_agenda_item(
            Meeting.objects.get(committee=committee),
            number="1",
            title="x",
            kind="other",
            actor=runner_of(area),
        )

    found = together(*[lambda: _remove(area, item)] * 2)

    assert sorted(found, key=str) == [None, "not_found"]
    with schema_context(area.schema_name), pytest.raises(IntegrityError) as raised:
        motions.propose_motion(item, text="x", actor=runner_of(area))
    assert isinstance(as_domain_error(raised.value), ConflictError)


def _close(area, motion):
    with schema_context(area.schema_name):
        try:
            return motions.close_motion(Motion.objects.get(pk=motion), actor=runner_of(area)).status
        except DomainError as error:
            return error.code


def test_close_motion__four_at_once__one_effect(races, committee):
    area = races.area
    _call(area, committee)
    with schema_context(area.schema_name):
        runner = runner_of(area)
        meeting = everyone_present(Meeting.objects.get(committee=committee), runner)
        meeting = meetings.open_meeting(meeting, actor=runner)
        item = meetings.add_agenda_item(
            meeting, number="1", title="x", kind="for_decision", actor=runner
        )
        motion = motions.open_motion(
            motions.propose_motion(item, text="x", actor=runner), actor=runner
        )
        motions.record_hands(motion, in_favour=2, against=1, abstained=0, actor=runner)

    found = together(*[lambda: _close(area, motion.pk)] * 4)

    assert sorted(found) == ["carried", *["motion_status"] * 3]
