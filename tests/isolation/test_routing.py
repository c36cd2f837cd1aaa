"""Which area a request reaches: by host or, on the gateway host alone, by header."""

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, StreamingHttpResponse
from django.test import Client
from django_tenants.utils import schema_context

from accounts.models import User
from tenants.directory import forget_areas
from tenants.enums import AreaState
from tenants.models import Area
from tenants.routing import AreaMiddleware
from tests.client import body_of


@pytest.fixture(autouse=True)
def _fresh_directory(world):
    forget_areas()
    yield
    forget_areas()


def _me(api, host: str, **headers: str):
    return api.send("GET", "/api/v1/me", host=host, headers=headers)


def _username(response) -> str:
    return body_of(response)["username"]


def test_host__of_an_area__reaches_it_in_any_case_and_with_a_port(api):
    officer = api.as_("officer")
    for host in ("area-t1.localhost", "AREA-T1.LOCALHOST", "area-t1.localhost:8000"):
        assert _username(_me(officer, host)) == "area-t1-officer"


def test_gateway__header_names_the_area__reaches_it(api):
    for area in ("t1", "t2"):
        officer = api.on(area).as_("officer")
        response = _me(officer, settings.GATEWAY_HOST, **{"X-Service-Area": f"area-{area}"})
        assert _username(response) == f"area-{area}-officer"


def test_gateway__credential_of_another_area__not_signed_in(api):
    header = {"X-Service-Area": "area-t2"}
    assert _me(api.as_("officer"), settings.GATEWAY_HOST, **header).status_code == 401


def test_header__on_an_areas_own_host__ignored(api):
    response = _me(api.as_("officer"), "area-t1.localhost", **{"X-Service-Area": "area-t2"})
    assert _username(response) == "area-t1-officer"


def test_header__on_the_platform_host__ignored(api):
    operator = api.on_platform().as_("operator")
    response = operator.get("/api/v1/me", **{"X-Service-Area": "area-t1"})
    assert _username(response) == "operator"


def test_gateway__cookies__neither_read_nor_set(api):
    seen = {}

    def view(request: HttpRequest):
        seen.update(request.COOKIES)
        return StreamingHttpResponse([])

    request = HttpRequest()
    request.META = {"SERVER_NAME": settings.GATEWAY_HOST, "SERVER_PORT": "80"}
    request.META["HTTP_X_SERVICE_AREA"] = "area-t1"
    request.COOKIES = {"sessionid": api.as_("officer").token}
    AreaMiddleware(view)(request)
    assert seen == {}

    client = Client()
    client.cookies["sessionid"] = api.as_("officer").token
    response = client.get(
        "/api/v1/me", SERVER_NAME=settings.GATEWAY_HOST, headers={"X-Service-Area": "area-t1"}
    )
    assert response.status_code == 401
    assert not response.cookies


@pytest.mark.parametrize("state", [AreaState.PROVISIONING, AreaState.SUSPENDED, AreaState.DELETED])
def test_area_that_does_not_answer__whatever_the_reason__one_uniform_answer(api, state):
    answers = [_me(api, "no-such-area.localhost")]
    Area.objects.filter(code="t2").update(state=state)
    answers.append(_me(api.as_("officer"), "area-t2.localhost"))
    answers.append(_me(api, settings.GATEWAY_HOST, **{"X-Service-Area": "area-t2"}))
    for host in (settings.GATEWAY_HOST, "a.area-t1.localhost", "x" * 70 + ".localhost"):
        answers += [_me(api, host)]
    for name in ("", "public", "a_t1", "area-t1.localhost", "'", "AREA T1", "..", "ก"):
        header = {"X-Service-Area": name.encode().decode("latin-1")}
        answers.append(_me(api, settings.GATEWAY_HOST, **header))

    assert {each.status_code for each in answers} == {404}
    bodies = [{**body_of(each), "request_id": ""} for each in answers]
    assert bodies[0]["code"] == "area_unavailable"
    assert all(body == bodies[0] for body in bodies)


def test_resolving__known_or_unknown_name__no_query_the_second_time(api, django_assert_num_queries):
    for host, status in (("area-t1.localhost", 401), ("nowhere.localhost", 404)):
        assert _me(api, host).status_code == status
        with django_assert_num_queries(0):
            assert _me(api, host).status_code == status


def test_stream__written_after_the_middleware_left__made_in_the_area(world):
    def view(_request):
        def parts():
            for user in User.objects.filter(username__endswith="officer"):
                yield user.username.encode()
                yield str(User.objects.count()).encode()

        return StreamingHttpResponse(parts())

    request = HttpRequest()
    request.META = {"SERVER_NAME": "area-t1.localhost", "SERVER_PORT": "80"}
    response = AreaMiddleware(view)(request)
    assert connection.schema_name == "public"
    told = []
    for part in response:
        assert connection.schema_name == "public"
        told.append(part)
    with schema_context("a_t1"):
        assert told == [b"area-t1-officer", str(User.objects.count()).encode()]
