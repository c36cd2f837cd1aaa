"""Fifty reach for ten seats, or for the last study, at once. All commits are real."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import connection
from django_tenants.utils import schema_context

from accounts.actions.invitations import invite
from accounts.models import User
from clusters.models import Teacher
from consensus.models import Study
from consensus.queries.studies import live_studies
from core.actor import SYSTEM
from core.thai import sort_key
from tests.client import body_of
from tests.clusters.importing import applied, checked
from tests.concurrency.together import together
from tests.contract import specification
from tests.core.sheets import csv_text
from tests.tenants.limiting import limits, seats_taken

CROWD, FREE = 50, 10
AT_ONCE = 16


@pytest.fixture
def inside(races):
    specification("area")  # made once, before there are threads
    with schema_context(races.area.schema_name):
        yield


def _outcomes(schema, works):
    def run(work):
        try:
            with schema_context(schema):
                return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(run, works))


def _codes(answers) -> list[tuple[int, str]]:
    return sorted((each.status_code, body_of(each).get("code", "")) for each in answers)


def test_accept__fifty_invitations_for_ten_seats__ten_get_in(races, inside):
    guest = {"display_name": "แข่ง", "role": "viewer", "scope": "area"}
    tokens = [invite(username=f"crowd-seat-{n}", actor=SYSTEM, **guest).token for n in range(CROWD)]
    anyone = races.with_token(None)
    bodies = [{"token": token, "password": "ข้าวเหนียวมะม่วง-2569"} for token in tokens]
    taken = seats_taken(races.area)
    with limits(races.area, seats=taken + FREE):
        answers = _outcomes(
            races.area.schema_name,
            [partial(anyone.post, "/api/v1/invitations/accept", each) for each in bodies],
        )

    assert [each.status_code for each in answers].count(201) == FREE
    refused = [each for each in answers if each.status_code != 201]
    assert set(_codes(refused)) == {(403, "quota_exceeded")}
    assert seats_taken(races.area) == taken + FREE
    assert User.objects.filter(username__startswith="crowd-seat-").count() == FREE


def test_reactivate_open_import__by_every_way_at_once__never_more_than_seats(races, inside):
    """The ways lock different rows besides: none may wait for another in a circle."""
    school = races.area.things["school"]
    code = Teacher.objects.get(pk=races.area.things["teacher"]).school.code
    closed = [
        User.objects.create_user(display_name="ปิด", username=f"closed-{n}", is_active=False)
        for n in range(6)
    ]
    teachers = Teacher.objects.bulk_create(
        Teacher(staff_code=f"way-{n}", name_th="ครู", sort_key=sort_key("ครู"), school_id=school)
        for n in range(12)
    )
    admin = races.as_("area_admin")
    # The import is about the same teachers whose accounts are opened one by one.
    lines = [f"way-{n},ครูชื่อใหม่ {n},{code}" for n in range(6)]
    sheet = csv_text("รหัสบุคลากร,ชื่อ-นามสกุล,รหัสโรงเรียน", *lines)
    batch = checked(admin, "teachers", sheet, create_accounts="true")
    connection.set_schema(races.area.schema_name)
    taken = seats_taken(races.area)
    with limits(races.area, seats=taken + 7):
        answers = _outcomes(
            races.area.schema_name,
            [
                partial(applied, admin, batch),
                *[
                    partial(
                        admin.patch, f"/api/v1/users/{each.pk}", {"is_active": True}, If_Match="*"
                    )
                    for each in closed
                ],
                *[partial(admin.post, f"/api/v1/teachers/{each.pk}/account") for each in teachers],
            ],
        )
    assert answers[0]["state"] in ("applied", "applying")
    assert {each.status_code for each in answers[1:]} <= {200, 403, 409}
    assert seats_taken(races.area) == taken + 7 or answers[0]["state"] == "applying"
    assert seats_taken(races.area) <= taken + 7


def test_studies__two_for_the_last_one__one(races, inside):
    create = partial(races.as_("area_admin").post, "/api/v1/studies", {"title": "ชิงกัน"})
    with limits(races.area, live_studies=live_studies() + 1):
        answers = together(create, create, create)
    assert _codes(answers)[1:] == [(403, "quota_exceeded")] * 2
    assert Study.objects.filter(title="ชิงกัน").count() == 1
