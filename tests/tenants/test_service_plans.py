"""Operators keep service plans and move areas between them."""

import pytest
from django.db import IntegrityError, transaction

from core.journal.models import JournalEntry
from tenants.actions.areas import plan_area
from tenants.directory import area_by_slug, forget_areas
from tenants.enums import ApplicationState
from tenants.models import AreaApplication, ServicePlan
from tests.client import body_of
from tests.tenants.cast import office

PLANS = "/api/v1/service-plans"


@pytest.fixture
def operator(api):
    return api.on_platform().as_("operator")


def _create(operator, **fields):
    body = {"name_th": "ใหญ่", "name_en": "Large", **fields}
    created = operator.post(PLANS, body)
    assert created.status_code == 201
    return body_of(created)


def test_move__journaled_and_counts_at_once_here(api, operator):
    plan = _create(operator, seats=7)
    moved = operator.post("/api/v1/areas/t1/service-plan", {"service_plan": plan["id"]})
    forget_areas()  # as on commit
    assert body_of(moved) == body_of(operator.get("/api/v1/areas/t1/service-plan"))
    assert area_by_slug("area-t1").seats == 7
    entry = JournalEntry.objects.get(verb="tenants.area.moved_to_service_plan")
    assert entry.values == {"service_plan": [None, plan["id"]]}
    usage = body_of(api.as_("area_admin").get("/api/v1/usage"))
    assert usage["service_plan"] == "Large"
    assert usage["quotas"][0]["allowed"] == 7
    assert usage["quotas"][1]["allowed"] is None

    operator.post("/api/v1/areas/t1/service-plan", {"service_plan": plan["id"]})
    assert JournalEntry.objects.filter(verb="tenants.area.moved_to_service_plan").count() == 1


def test_move__plan_or_area_that_is_not_there__told(operator):
    nowhere = {"service_plan": "01936f2e-7c1a-7d6e-9b5f-3f2a1c0d4e5b"}
    wrong = operator.post("/api/v1/areas/t1/service-plan", nowhere)
    assert body_of(wrong)["errors"][0]["pointer"] == "/service_plan"
    assert operator.post("/api/v1/areas/nowhere/service-plan", nowhere).status_code == 404
    assert operator.get("/api/v1/areas/t1/service-plan").status_code == 404  # it has none


def test_change__limits__for_every_area_that_has_the_plan(operator):
    plan = _create(operator, seats=7)
    operator.post("/api/v1/areas/t1/service-plan", {"service_plan": plan["id"]})
    path = f"{PLANS}/{plan['id']}"
    changed = operator.patch(path, {"seats": 9, "live_studies": 2}, If_Match='"1"')
    forget_areas()
    assert (body_of(changed)["seats"], body_of(changed)["version"]) == (9, 2)
    assert (area_by_slug("area-t1").seats, area_by_slug("area-t1").live_studies) == (9, 2)
    entry = JournalEntry.objects.get(verb="tenants.service_plan.changed")
    assert entry.values == {"seats": [7, 9], "live_studies": [None, 2]}


@pytest.mark.parametrize(
    "wrong", [{"seats": 0}, {"seats": -1}, {"storage_bytes": -1}, {"live_studies": 2**31}], ids=str
)
def test_limit__out_of_range__told(operator, wrong):
    refused = operator.post(PLANS, {"name_th": "x", "name_en": "x", **wrong})
    assert body_of(refused)["errors"][0]["pointer"] == f"/{next(iter(wrong))}"


def test_default__another_one__takes_its_place_and_new_areas_get_it(operator):
    first = ServicePlan.objects.get(is_default=True)
    plan = _create(operator, is_default=True)
    assert [str(each.pk) for each in ServicePlan.objects.filter(is_default=True)] == [plan["id"]]
    path = f"{PLANS}/{first.pk}"
    operator.patch(path, {"is_default": True}, If_Match="*")
    assert ServicePlan.objects.get(is_default=True) == first

    application = AreaApplication.objects.create(
        **office("planned"), state=ApplicationState.SUBMITTED
    )
    assert plan_area(application).service_plan == first
    ServicePlan.objects.update(is_default=False)
    other = AreaApplication.objects.create(**office("free"), state=ApplicationState.SUBMITTED)
    assert plan_area(other).service_plan is None


def test_default__two_in_the_database__refused(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        ServicePlan.objects.create(name_th="x", name_en="x", is_default=True)


def test_list__more_rows__same_number_of_queries(operator, django_assert_num_queries):
    for limit in ("1", "3"):
        _create(operator)
        with django_assert_num_queries(2):
            operator.get(PLANS, {"limit": limit})
