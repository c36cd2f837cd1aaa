"""`/events` on an ordinary web server, and the listener's own arithmetic."""

import asyncio
from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django_tenants.utils import schema_context

from accounts.models import Session
from clusters.models import School
from core.actor import SYSTEM
from core.journal import actions as journal
from monitoring.streams.entries import Entry, heartbeat
from monitoring.streams.feed import MOST_WAITING, Listener, _news
from monitoring.streams.hearing import Hearing
from tenants.directory import forget_areas
from tenants.enums import AreaState
from tenants.models import Area
from tests.client import body_of

STREAM = "/api/v1/events/stream"
EVERYTHING = Hearing(None, whole_area=True, school_ids=frozenset(), cluster_ids=frozenset())


def _write(area, about: str) -> int:
    with schema_context(area.schema_name), transaction.atomic():
        school = School.objects.get(pk=area.things[about])
        journal.record("tests.changed", school, actor=SYSTEM, school_id=school.pk)
        return journal.last_number()


def test_ticket__signed_in__one_minute_and_opens_the_stream(api):
    response = api.as_("teacher").post("/api/v1/events/tickets")

    ticket = body_of(response)
    left = parse_datetime(ticket["expires_at"]) - timezone.now()
    assert timedelta(seconds=50) < left <= timedelta(minutes=1)
    assert api.get(STREAM, {"ticket": ticket["ticket"]}).status_code == 200
    assert api.on("t2").get(STREAM, {"ticket": ticket["ticket"]}).status_code == 401


def test_ticket__session_ended_since__401(api):
    ticket = body_of(api.as_("teacher").post("/api/v1/events/tickets"))["ticket"]
    with schema_context(api.area.schema_name):
        Session.objects.all().delete()
    assert api.get(STREAM, {"ticket": ticket}).status_code == 401


def test_stream__web_server__tells_what_there_is_to_hear_and_ends(api):
    before = _write(api.area, "school")
    own, other = _write(api.area, "school"), _write(api.area, "other_school")

    told = api.as_("teacher").get(STREAM, {"last_event_id": str(before)}).content.decode()

    assert f"id: {own}\nevent: tests.changed\ndata: " in told
    assert f'"number":{other}' not in told
    assert told.endswith(f"id: {other}\n\n")  # next time it need not be looked at again


def test_stream__web_server__queries_do_not_grow(api, django_assert_num_queries):
    before = _write(api.area, "school")
    client = api.as_("cluster_coordinator")
    client.get(STREAM)
    for _ in range(2):
        with django_assert_num_queries(4):  # session, memberships, newest, entries
            client.get(STREAM, {"last_event_id": str(before)})
        _write(api.area, "school")
        _write(api.area, "school")


def test_stream__malformed_number__400(api):
    for number in ("-1", "x", "1" * 19, "١"):
        assert api.as_("teacher").get(STREAM, {"last_event_id": number}).status_code == 400


def test_feed__area_suspended__all_are_sent_away(api):
    with schema_context(api.area.schema_name):
        sessions = set(Session.objects.values_list("pk", flat=True))
        assert set(_news(0, sessions).hearings) == sessions
    with schema_context("public"):
        Area.objects.filter(schema_name=api.area.schema_name).update(state=AreaState.SUSPENDED)
    forget_areas()
    try:
        with schema_context(api.area.schema_name):
            assert _news(0, sessions).hearings == {}
    finally:
        forget_areas()


def _entry(number: int) -> Entry:
    return Entry(number, uuid4(), None, None, b"id: %d\n\n" % number)


async def _hear(listener: Listener) -> list[bytes]:
    return [chunk async for chunk in listener.chunks()]


def test_listener__slower_than_what_happens__sent_away_to_come_back():
    listener = Listener("session", EVERYTHING, 0)
    for number in range(1, MOST_WAITING + 2):
        listener.tell(_entry(number))

    assert listener.is_closed
    assert asyncio.run(_hear(listener)) == []


def test_listener__heard_some_before__hears_only_what_is_new_and_is_not_set_back():
    async def heard() -> bytes:
        listener = Listener("session", EVERYTHING, 5)
        for number in (4, 5, 6):
            listener.tell(_entry(number))
        listener.beat(3, heartbeat(3))
        return await anext(listener.chunks())

    assert asyncio.run(heard()) == b"id: 6\n\n" + heartbeat(5)
