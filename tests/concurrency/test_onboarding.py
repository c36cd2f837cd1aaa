"""Two people press the same button, or reach for the same name, at the same moment."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from core.jobs.models import Job
from core.journal.models import JournalEntry
from tenants.actions.reviews import correct_application
from tenants.links import make_link
from tenants.models import Area, AreaApplication
from tests.client import body_of
from tests.concurrency.together import together
from tests.contract import specification
from tests.drills.holding import wait_for
from tests.tenants.cast import office

TIMES = 3


@pytest.fixture
def made(races):
    """Applications whose traces are removed afterwards: these tests commit."""
    specification("platform")  # made once, before there are threads
    rows: list[AreaApplication] = []

    def make(name: str, **changes: str) -> AreaApplication:
        rows.append(AreaApplication.objects.create(**office(name, **changes)))
        return rows[-1]

    yield make
    for row in rows:
        area = Area.objects.filter(slug=row.slug).first()
        Job.objects.filter(params__application=str(row.pk)).delete()
        JournalEntry.objects.filter(subject_id__in=[row.pk, area.pk if area else None]).delete()
        row.delete()
        if area is not None:
            area.delete()


@pytest.mark.parametrize("attempt", range(TIMES))
def test_approve__by_three_operators_at_once__one_effect(races, made, attempt):
    application = made(f"thrice-{attempt}", state="submitted")
    operator = races.on_platform().as_("operator")
    path = f"/api/v1/area-applications/{application.pk}/approve"
    answers = together(*[lambda: operator.post(path)] * 3)

    assert sorted(each.status_code for each in answers) == [202, 409, 409]
    assert Job.objects.filter(params__application=str(application.pk)).count() == 1
    assert Area.objects.filter(slug=application.slug).count() == 1


@pytest.mark.parametrize("attempt", range(TIMES))
def test_approve_and_reject__at_once__one_decision(races, made, attempt):
    application = made(f"torn-{attempt}", state="submitted")
    operator = races.on_platform().as_("operator")
    path = f"/api/v1/area-applications/{application.pk}"
    answers = together(
        lambda: operator.post(f"{path}/approve"),
        lambda: operator.post(f"{path}/reject", {"reason": "x"}),
    )
    assert sorted(each.status_code for each in answers)[1] == 409
    application.refresh_from_db()
    assert (application.state == "approved") == (application.area_id is not None)


@pytest.mark.parametrize("attempt", range(TIMES))
def test_prove__two_offices_reach_for_one_name_at_once__one_gets_it(races, made, attempt):
    rivals = [
        made(f"rival-{attempt}", email=f"{each}@example.go.th") for each in ("one", "two", "three")
    ]
    tokens = [make_link(each, proves_email=True) for each in rivals]
    anyone = races.on_platform().with_token(None)
    answers = together(
        *[
            lambda token=token: anyone.post("/api/v1/area-applications/prove", {"token": token})
            for token in tokens
        ]
    )
    assert sorted(each.status_code for each in answers) == [200, 409, 409]
    assert {body_of(each).get("code") for each in answers if each.status_code == 409} == {
        "area_name_taken"
    }


def test_prove__while_the_address_is_being_corrected__proves_no_other_address(races, made):
    application = made("turning")
    token, proof = make_link(application), make_link(application, proves_email=True)
    anyone = races.on_platform().with_token(None)

    def prove():
        try:
            return anyone.post("/api/v1/area-applications/prove", {"token": proof})
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            correct_application(token=token, email="other@example.go.th")
            proving = pool.submit(prove)
            wait_for(_somebody_waits, 10, "the proof waits for the correction")
        assert body_of(proving.result())["code"] == "link_invalid"
    application.refresh_from_db()
    assert (application.state, application.email) == ("unproven", "other@example.go.th")


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return cursor.fetchone()[0] > 0


@pytest.mark.parametrize("attempt", range(TIMES))
def test_give_up_and_approve_again__at_once__one_outcome(races, made, attempt):
    application = made(f"half-{attempt}", state="submitted")
    operator = races.on_platform().as_("operator")
    path = f"/api/v1/area-applications/{application.pk}"
    operator.post(f"{path}/approve")
    Job.objects.filter(params__application=str(application.pk)).update(state="failed")
    answers = together(
        lambda: operator.post(f"{path}/give-up", {"reason": "x"}),
        lambda: operator.post(f"{path}/approve"),
    )
    assert sorted(each.status_code for each in answers) in [[200, 409], [202, 409]]
    application.refresh_from_db()
    assert (application.state == "approved") == Area.objects.filter(slug=application.slug).exists()
