"""The live stream against a real server: commit here, hear it there."""

import signal
import threading
import time
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django_tenants.utils import schema_context

from accounts.models import RoleGrant, Session, User
from accounts.sessions import digest
from clusters.models import School
from core.actor import SYSTEM, Actor, ActorKind
from core.journal import actions as journal
from tests.monitoring.listening import FRONT_END, PATH, RECHECK, StreamServer, ticket_of
from tests.world import TestArea, sign_in

CANARY = "a-value-that-nobody-may-hear"


@pytest.fixture(scope="module")
def server(_races_area):
    with StreamServer() as running:
        yield running


def write(area: TestArea, count: int = 1, *, about: str = "school", by: Actor = SYSTEM) -> int:
    """Commit so many entries about a school; the number of the last one."""
    with schema_context(area.schema_name), transaction.atomic():
        school = School.objects.get(pk=area.things[about])
        event = journal.Event(
            "tests.school.changed",
            school,
            school_id=school.pk,
            changes={"name_th": [CANARY, CANARY], "district": [None, CANARY]},
        )
        journal.record_many([event] * count, actor=by)
        return journal.last_number()


def test_stream__entry_committed__heard_within_a_second__names_of_fields_only(races, server):
    school = str(races.area.things["school"])
    with server.listen(races.as_("officer")) as stream:
        number = write(races.area)
        began = time.monotonic()
        event = stream.next()
        took = time.monotonic() - began

    at = event["data"].pop("at")
    assert event == {
        "id": str(number),
        "event": "tests.school.changed",
        "data": {
            "number": number,
            "verb": "tests.school.changed",
            "subject_kind": "school",
            "subject_id": school,
            "school_id": school,
            "cluster_id": None,
            "fields": ["name_th", "district"],
        },
    }
    assert at.endswith("Z")
    assert CANARY not in str(event)
    assert took < 1.5


def test_stream__last_event_id_while_others_write__no_gap_and_nothing_twice(races, server):
    before = write(races.area)
    write(races.area, 1_100)

    def go_on() -> None:
        for _ in range(30):
            write(races.area)
        connection.close()

    writer = threading.Thread(target=go_on)
    writer.start()
    with server.listen(races.as_("officer"), last=before) as stream:
        heard = stream.numbers(1_130)
    writer.join()

    assert heard == list(range(before + 1, before + 1_131))


def test_stream__number_in_the_address__header_is_newer(races, server):
    last = write(races.area, 3)
    path = f"{PATH}?ticket={ticket_of(races.as_('officer'))}&last_event_id={last - 2}"
    with server.request(path, host=races.host) as response:
        assert f"id: {last - 2}\n" in _first_lines(response, 3)
    with server.request(path, host=races.host, Last_Event_ID=str(last - 1)) as response:
        assert f"id: {last - 1}\n" in _first_lines(response, 3)


def _first_lines(response, count: int) -> list[str]:
    return [response.readline().decode() for _ in range(count)]


def test_stream__number_that_the_journal_does_not_reach__reset(races, server):
    newest = write(races.area)
    with server.listen(races.as_("officer"), last=newest + 1_000) as stream:
        told = stream.next()
        after = write(races.area)
        assert (told["event"], told["data"]) == ("reset", {"number": newest})
        assert stream.numbers(1) == [after]


def test_stream__scoped_roles__hear_their_schools_and_what_they_did(races, server):
    area = races.area
    teacher = Actor(kind=ActorKind.USER, id=area.people["teacher"].user_id)
    with (
        server.listen(races.as_("teacher")) as of_teacher,
        server.listen(races.as_("cluster_coordinator")) as of_coordinator,
        server.listen(races.as_("viewer")) as of_viewer,
    ):
        other = write(area, about="other_school")
        own = write(area, about="school")
        did = write(area, about="other_school", by=teacher)
        write(area, about="other_school")
        last = write(area, about="school")

        assert of_teacher.numbers(3) == [own, did, last]
        assert of_coordinator.numbers(2) == [own, last]
        assert of_viewer.numbers(5) == list(range(other, last + 1))


def test_stream__scoped_role_resumes__past_is_filtered_too(races, server):
    before = write(races.area)
    write(races.area, 5, about="other_school")
    own = write(races.area)
    with server.listen(races.as_("teacher"), last=before) as stream:
        assert stream.numbers(1) == [own]


def test_stream__credentials_that_do_not_hold__401(races, server):
    with time_machine.travel(timezone.now() - timedelta(seconds=61)):
        expired = ticket_of(races.as_("officer"))
    good = ticket_of(races.as_("officer"))
    others = ticket_of(races.on("t2").with_token(races.world.t2.people["officer"].token))
    for ticket in ("", "nonsense", expired, others, good[:-1] + "~"):
        refusal = server.refusal(f"{PATH}?ticket={ticket}", host=races.host)
        assert refusal == (401, "not_authenticated"), ticket
    assert races.as_("officer").token not in good


def test_stream__unknown_area_or_address_or_method__problem(races, server):
    assert server.refusal(PATH, host=f"nowhere.{settings.BASE_DOMAIN}")[1] == "area_unavailable"
    assert server.refusal(PATH, host=settings.BASE_DOMAIN)[1] == "area_unavailable"
    assert server.refusal("/api/v1/me", host=races.host) == (404, "not_found")
    assert server.refusal(PATH, host=races.host, method="POST") == (405, "method_not_allowed")
    malformed = f"{PATH}?ticket={ticket_of(races.as_('officer'))}&last_event_id=x"
    assert server.refusal(malformed, host=races.host) == (400, "invalid_input")


def test_stream__gateway_and_session_token__area_by_header(races, server):
    headers = {
        "X_Service_Area": races.area.slug,
        "Authorization": f"Bearer {races.as_('officer').token}",
    }
    with server.request(PATH, host=settings.GATEWAY_HOST, **headers) as response:
        assert response.status == 200
        assert response.headers["Content-Type"].startswith("text/event-stream")
    assert server.refusal(
        PATH, host=settings.GATEWAY_HOST, **headers | {"X_Service_Area": "no"}
    ) == (
        404,
        "area_unavailable",
    )


def test_stream__session_revoked__ends(races, server):
    with schema_context(races.area.schema_name):
        token = sign_in(User.objects.get(pk=races.area.people["officer"].user_id))
    with server.listen(races.with_token(token)) as stream:
        with schema_context(races.area.schema_name):
            Session.objects.filter(session_key=digest(token)).delete()
        assert stream.ends_within(RECHECK + 2)


def test_stream__role_ended__falls_silent_without_reconnecting(races, server):
    area = races.area
    grants = RoleGrant.objects.filter(user_id=area.people["other_school_director"].user_id)
    with server.listen(races.as_("other_school_director")) as stream:
        heard = write(area, about="other_school")
        assert stream.numbers(1) == [heard]
        yesterday = timezone.localdate() - timedelta(days=1)
        with schema_context(area.schema_name):
            grants.update(valid_from=yesterday, valid_until=yesterday)
        time.sleep(RECHECK + 1)
        write(area, about="other_school")
        director = Actor(kind=ActorKind.USER, id=area.people["other_school_director"].user_id)
        did = write(area, about="school", by=director)
        assert stream.numbers(1) == [did]
        with schema_context(area.schema_name):
            grants.update(valid_until=None)


def test_stream__too_many_of_one_session__429__and_places_are_given_back(races, server):
    api = races.as_("supervisor")
    path = f"{PATH}?ticket={ticket_of(api)}"
    streams = [server.request(path, host=api.host) for _ in range(20)]
    for each in streams:
        assert each.__enter__().status == 200
    assert server.refusal(path, host=api.host) == (429, "too_many_requests")
    for each in streams:
        each.__exit__(None, None, None)
    deadline = time.monotonic() + 3
    while server.health()["streams"] and time.monotonic() < deadline:
        time.sleep(0.05)
    assert server.health()["streams"] == 0


def test_stream__server_told_to_end__answers_are_ended_in_good_order(races):
    with StreamServer() as ending, ending.listen(races.as_("officer")) as stream:
        ending.process.send_signal(signal.SIGTERM)
        assert stream.ends_within(3)
        ending.process.wait(5)


@pytest.mark.parametrize(("origin", "told"), [(FRONT_END, FRONT_END), ("https://x.test", None)])
def test_stream__front_end_on_another_origin__only_if_it_is_named(races, server, origin, told):
    ticket = ticket_of(races.as_("officer"))
    asked = {"Origin": origin, "Access_Control_Request_Method": "GET"}
    host = races.host
    with (
        server.request(f"{PATH}?ticket={ticket}", host=host, Origin=origin) as heard,
        server.request(PATH, host=host, method="OPTIONS", **asked) as preflight,
        server.request(PATH, host=host, Origin=origin) as refused,
    ):
        assert (heard.status, preflight.status, refused.status) == (200, 200, 401)
        for answer in (heard, preflight, refused):
            assert answer.headers["Access-Control-Allow-Origin"] == told
