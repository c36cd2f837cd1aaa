"""The directory of areas, and closing and opening one's door."""

import pytest

from core.journal.models import JournalEntry
from tenants.directory import forget_areas
from tests.areas import planned_area
from tests.client import body_of


@pytest.fixture
def anyone(api):
    return api.on_platform().with_token(None)


def _codes(response) -> list[str]:
    return [each["code"] for each in body_of(response)["items"]]


@pytest.mark.parametrize(
    "search", ["เขตทดสอบ t1", "t1 ทดสอบ", "TEST area t1", "บุรีรัมย์ t1", "area-t1"]
)
def test_areas__search_in_thai_or_english__found(anyone, search):
    assert _codes(anyone.get("/api/v1/areas", {"search": search})) == ["t1"]


def test_areas__found__says_where_and_how_to_reach_it(anyone):
    (area,) = body_of(anyone.get("/api/v1/areas", {"search": "t1"}))["items"]
    assert area["base_url"] == "http://area-t1.localhost"
    assert area["gateway_url"] == "http://api.localhost"
    assert area["service_area"] == "area-t1"
    assert area["cluster_label"] == "กลุ่มโรงเรียน"


def test_areas__not_active__for_operators_alone(api, anyone):
    assert "suspended" not in _codes(anyone.get("/api/v1/areas"))
    assert anyone.get("/api/v1/areas/suspended").status_code == 404
    operator = api.on_platform().as_("operator")
    assert _codes(operator.get("/api/v1/areas", {"state": "suspended"})) == ["suspended"]
    assert operator.get("/api/v1/areas/suspended").status_code == 200


def test_areas__thai_names__in_dictionary_order(anyone):
    names = ["แพร่", "ชลบุรี", "เชียงใหม่", "ขอนแก่น"]
    for number, name in enumerate(names):
        planned_area(f"order-{number}", name_th=name, name_en="Ordered", state="active")
    listed = body_of(anyone.get("/api/v1/areas", {"search": "Ordered"}))["items"]
    assert [each["name_th"] for each in listed] == ["ขอนแก่น", "ชลบุรี", "เชียงใหม่", "แพร่"]


def test_areas__id_and_code__same_area(anyone):
    by_code = anyone.get("/api/v1/areas/t1")
    by_id = anyone.get(f"/api/v1/areas/{body_of(by_code)['id']}")
    assert by_code.content == by_id.content


def test_areas__more_rows__same_number_of_queries(anyone, django_assert_num_queries):
    for limit in ("1", "3"):
        with django_assert_num_queries(1):
            anyone.get("/api/v1/areas", {"limit": limit})


def test_suspend__active__door_closes_and_opens_again(api):
    operator = api.on_platform().as_("operator")
    path = "/api/v1/areas/t1"
    assert api.as_("officer").get("/api/v1/me").status_code == 200

    closed = operator.post(f"{path}/suspend", {"reason": "ตามคำขอ"})
    forget_areas()  # as on commit
    assert (closed.status_code, body_of(closed)["state"]) == (200, "suspended")
    refused = api.as_("officer").get("/api/v1/me")
    assert (refused.status_code, body_of(refused)["code"]) == (404, "area_unavailable")
    entry = JournalEntry.objects.get(verb="tenants.area.suspended")
    assert entry.values == {"state": ["active", "suspended"], "reason": "ตามคำขอ"}

    assert operator.post(f"{path}/reactivate").status_code == 200
    forget_areas()
    assert api.as_("officer").get("/api/v1/me").status_code == 200


@pytest.mark.parametrize(("area", "verb"), [("suspended", "suspend"), ("t1", "reactivate")])
def test_suspend_or_reactivate__in_that_state_already__conflict(api, area, verb):
    body = {"reason": "x"} if verb == "suspend" else None
    refused = api.on_platform().as_("operator").post(f"/api/v1/areas/{area}/{verb}", body)
    assert (refused.status_code, body_of(refused)["code"]) == (409, "area_state")
