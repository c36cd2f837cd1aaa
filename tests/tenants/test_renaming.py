"""An area gets another name: what it was called before still leads to it, and to nobody else."""

import pytest
from django.conf import settings
from django_tenants.utils import schema_context

from core.jobs.models import Job
from tenants.celery import _is_open
from tenants.directory import forget_areas
from tenants.models import Area, Domain
from tests.areas import planned_area
from tests.client import body_of

NEW = {"name_th": "สพป.ทดสอบ เขต 9", "name_en": "Renamed area", "slug": "renamed"}


@pytest.fixture
def operator(api):
    return api.on_platform().as_("operator")


@pytest.fixture
def renamed(api, operator) -> Area:
    area = Area.objects.get(code="t1")
    Domain.objects.create(domain=f"{area.slug}.{settings.BASE_DOMAIN}", tenant=area)
    answer = operator.patch("/api/v1/areas/t1", NEW, If_Match=f'"{area.version}"')
    assert answer.status_code == 200
    forget_areas()
    return Area.objects.get(code="t1")


def test_rename__old_and_new_host__both_serve_and_a_token_goes_on_working(api, renamed):
    officer = api.as_("officer")
    for slug in ("area-t1", "renamed"):
        host = f"{slug}.{settings.BASE_DOMAIN}"
        assert officer.send("GET", "/api/v1/me", host=host).status_code == 200
        gateway = {"X-Service-Area": slug}
        answer = officer.send("GET", "/api/v1/me", host=settings.GATEWAY_HOST, headers=gateway)
        assert answer.status_code == 200
    assert renamed.schema_name == "a_t1"


@pytest.mark.parametrize(
    "words", ["renamed", "Test area t1", "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาทดสอบ", "สพป. ทดสอบ เขต๙"]
)
def test_directory__present_and_former_names_long_and_short__found(api, renamed, words):
    found = body_of(api.on_platform().get("/api/v1/areas", {"search": words}))["items"]
    assert [each["code"] for each in found] == ["t1"]
    assert found[0]["former_names"] == ["เขตทดสอบ t1", "Test area t1", "area-t1"]
    assert "renamed" in found[0]["base_url"]


def test_rename__former_name_of_another__taken(operator, joining, renamed):
    answer = operator.patch("/api/v1/areas/t2", {"slug": "area-t1"}, If_Match="*")
    assert (answer.status_code, body_of(answer)["code"]) == (409, "area_name_taken")
    applied = joining.apply("thief", slug="area-t1")
    assert (applied.status_code, body_of(applied)["code"]) == (409, "area_name_taken")


def test_rename__back_again__own_former_name_is_free(operator, renamed):
    answer = operator.patch("/api/v1/areas/t1", {"slug": "area-t1"}, If_Match="*")
    assert body_of(answer)["former_names"] == ["เขตทดสอบ t1", "Test area t1", "renamed"]
    assert Domain.objects.get(tenant=renamed, is_primary=True).domain.startswith("area-t1.")


@pytest.mark.parametrize("slug", ["admin", "area-t2"])
def test_rename__reserved_or_anothers__refused(operator, world, slug):
    answer = operator.patch("/api/v1/areas/t1", {"slug": slug}, If_Match="*")
    assert (answer.status_code, body_of(answer)["code"]) == (409, "area_name_taken")


def test_update__days_and_successor__told_in_the_directory(api, operator, world):
    successor = Area.objects.get(code="t2")
    changes = {"valid_from": "2003-07-07", "valid_until": "2026-09-30", "successor": successor.pk}
    operator.patch("/api/v1/areas/t1", changes, If_Match="*")
    told = body_of(api.on_platform().get("/api/v1/areas/t1"))
    assert (told["valid_until"], told["successor"]) == ("2026-09-30", str(successor.pk))

    answer = operator.patch("/api/v1/areas/t1", {"valid_from": "2026-10-01"}, If_Match="*")
    assert body_of(answer)["errors"][0]["pointer"] == "/valid_until"
    answer = operator.patch(
        "/api/v1/areas/t1", {"successor": "01a21747-4bfc-7300-8000-000000000000"}, If_Match="*"
    )
    assert body_of(answer)["errors"][0]["pointer"] == "/successor"


def test_two_areas_of_one_code__one_after_the_other__allowed_once_the_first_is_gone(world):
    Area.objects.filter(code="suspended").update(state="deleted")
    assert planned_area("area-suspended2", code="suspended").code == "suspended"


@pytest.mark.parametrize(("state", "is_open"), [("active", True), ("suspended", False)])
def test_worker__area_is_not_open__its_tasks_wait(world, state, is_open):
    Area.objects.filter(code="t2").update(state=state)
    forget_areas()
    assert _is_open("a_t2") is is_open
    with schema_context("a_t2"):
        assert Job.objects.filter(state="waiting").exists()  # and stay where they are
