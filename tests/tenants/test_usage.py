"""What areas used: counted every night, once and for all when a month is over."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import transaction
from django_tenants.utils import schema_context

from accounts.models import User
from core.actor import Actor, ActorKind
from core.journal import actions as journal
from core.journal.models import JournalEntry
from pd_activities.models import ActivityLog
from tenants.actions.usage import count_usage
from tenants.models import Area, AreaUsage
from tests.client import body_of
from tests.tenants.limiting import seats_taken

BANGKOK = ZoneInfo("Asia/Bangkok")


@pytest.fixture
def night(api):
    """`night(2027, 3, 2)`: the count that runs that night at 0:20; the rows it wrote."""

    def run(*day: int) -> list[AreaUsage]:
        at = datetime(*day, 0, 20, tzinfo=BANGKOK)
        with time_machine.travel(at), schema_context(api.area.schema_name):
            return count_usage()

    return run


@pytest.fixture
def sign_in(api):
    """Someone's sign-in at a moment, as the journal tells it."""

    def run(person: str, *moment: int) -> None:
        actor = Actor(ActorKind.USER, id=api.area.people[person].user_id)
        at = datetime(*moment, tzinfo=BANGKOK)
        with time_machine.travel(at), transaction.atomic(), schema_context(api.area.schema_name):
            user = User.objects.get(pk=actor.id)
            journal.record("accounts.user.signed_in", user, actor=actor)

    return run


def _rows() -> dict[str, AreaUsage]:
    rows = AreaUsage.objects.filter(area__code="t1")
    return {f"{row.month:%Y-%m}": row for row in rows}


def test_count__a_month__people_by_the_day_they_signed_in(api, night, sign_in):
    sign_in("officer", 2027, 2, 28, 23, 59)
    sign_in("officer", 2027, 3, 1, 0, 0)
    sign_in("officer", 2027, 3, 5, 8, 0)
    sign_in("supervisor", 2027, 3, 31, 23, 59)
    sign_in("viewer", 2027, 4, 1, 0, 0)
    night(2027, 4, 1)

    (row,) = _rows().values()
    assert f"{row.month} {row.counted_until}" == "2027-03-01 2027-03-31"
    assert row.signed_in_users == 2
    assert row.active_users == seats_taken(api.area)


def test_count__again_the_same_night__changes_nothing(night):
    first = night(2027, 3, 2)
    again = night(2027, 3, 2)
    assert [each.pk for each in first] == [each.pk for each in again]
    assert AreaUsage.objects.filter(area__code="t1").count() == 1


def test_count__month_is_over__its_row_stays(api, night, sign_in):
    night(2027, 3, 31)
    night(2027, 4, 1)
    final = _rows()["2027-03"]
    with schema_context(api.area.schema_name):
        User.objects.filter(pk=api.area.things["user"]).update(is_active=False)
    night(2027, 4, 1)
    night(2027, 4, 2)
    rows = _rows()
    assert rows["2027-03"].active_users == final.active_users
    assert rows["2027-04"].active_users == final.active_users - 1


def test_count__last_nights_were_missed__what_happened_then_is_counted_later(api, night, sign_in):
    night(2027, 3, 20)
    before = _rows()["2027-03"]
    sign_in("officer", 2027, 3, 25, 9, 0)
    with schema_context(api.area.schema_name):
        User.objects.filter(pk=api.area.things["user"]).update(is_active=False)
    night(2027, 4, 3)

    march = _rows()["2027-03"]
    assert f"{march.counted_until}" == "2027-03-31"
    assert (before.signed_in_users, march.signed_in_users) == (0, 1)
    assert march.active_users == before.active_users  # as it was last seen in that month
    assert _rows()["2027-04"].active_users == before.active_users - 1


def test_count__activity_logs__by_when_they_were_sent(api, night):
    with schema_context(api.area.schema_name):
        log = ActivityLog.objects.first()
        ActivityLog.objects.filter(pk=log.pk).update(
            created_at=datetime(2027, 3, 9, tzinfo=BANGKOK)
        )
    night(2027, 3, 20)
    assert _rows()["2027-03"].activity_logs == 1


def test_number_before__any_moment__leaves_out_no_entry_of_it(api, sign_in):
    for day in range(1, 12):
        sign_in("officer", 2027, 5, day, 12, 0)
    for day in range(13):
        moment = datetime(2027, 5, day + 1, tzinfo=BANGKOK)
        with schema_context(api.area.schema_name):
            number = journal.number_before(moment)
            missed = JournalEntry.objects.filter(number__lte=number, at__gte=moment)
            seen = JournalEntry.objects.filter(number__gt=number, at__lt=moment).count()
            assert not missed.exists()
            assert seen == 0


def test_usage__for_operators__by_month_and_area(api):
    operator = api.on_platform().as_("operator")
    t1 = Area.objects.get(code="t1")
    figures = dict.fromkeys(
        ["active_users", "signed_in_users", "storage_bytes", "live_studies", "activity_logs"], 5
    )
    AreaUsage.objects.create(area=t1, month="2026-10-01", counted_until="2026-10-31", **figures)
    AreaUsage.objects.create(area=t1, month="2026-11-01", counted_until="2026-11-03", **figures)

    def found(**query):
        items = body_of(operator.get("/api/v1/usage", query))["items"]
        return [(each["code"], each["month"]) for each in items]

    assert sorted(found(month="2026-10")) == [("t1", "2026-10"), ("t2", "2026-10")]
    assert found(area="t1") == [("t1", "2026-11"), ("t1", "2026-10")]
    assert found(area=str(t1.pk), month="2026-11") == [("t1", "2026-11")]
    for wrong in ("2026", "2026-13", "x", "2569-1"):
        assert operator.get("/api/v1/usage", {"month": wrong}).status_code == 400


def test_usage__more_rows__same_number_of_queries(api, night, django_assert_num_queries):
    operator = api.on_platform().as_("operator")
    for month in (3, 4):
        night(2027, month, 2)
    for limit in ("1", "3"):
        with django_assert_num_queries(2):
            operator.get("/api/v1/usage", {"limit": limit})


def test_usage__of_ones_own_area__now_and_before(api, night, django_assert_num_queries):
    admin = api.as_("area_admin")
    admin.get("/api/v1/me")  # the area is looked up once
    for month in (1, 2, 3):
        night(2027, month, 2)
        with django_assert_num_queries(8):
            admin.get("/api/v1/usage")
    usage = body_of(admin.get("/api/v1/usage"))
    assert [each["quota"] for each in usage["quotas"]] == ["users", "storage", "studies"]
    assert usage["quotas"][0] == {
        "quota": "users", "used": seats_taken(api.area), "allowed": None,
    }  # fmt: skip
    assert [each["month"] for each in usage["months"]] == ["2027-03", "2027-02", "2027-01"]
