"""Front ends on other origins: none unless the environment names them, and never with cookies."""

import pytest

from tests.client import body_of

APP = "https://app.example.go.th"
SCHOOLS = "/api/v1/schools"


@pytest.fixture
def named(settings):
    settings.CORS_ALLOWED_ORIGINS = [APP]


def _preflight(api, origin, method="PATCH"):
    return api.send(
        "OPTIONS",
        SCHOOLS,
        headers={
            "Origin": origin,
            "Access-Control-Request-Method": method,
            "Access-Control-Request-Headers": "authorization,if-match,idempotency-key",
        },
    )


def _told(response):
    return {name for name in response.headers if name.startswith("Access-Control-")}


def test_cross_origin__nobody_is_named__no_permission(api):
    assert _told(_preflight(api, APP)) == set()
    assert _told(api.as_("officer").get(SCHOOLS, Origin=APP)) == set()


def test_cross_origin__preflight_of_a_named_front_end__allowed_without_cookies(api, named):
    response = _preflight(api, APP)

    assert response.status_code == 200
    assert response["Access-Control-Allow-Origin"] == APP
    assert "PATCH" in response["Access-Control-Allow-Methods"]
    asked = {"authorization", "if-match", "idempotency-key", "x-service-area", "accept-language"}
    assert asked <= set(response["Access-Control-Allow-Headers"].split(", "))
    assert "Access-Control-Allow-Credentials" not in response


def test_cross_origin__another_front_end__no_permission(api, named):
    assert "Access-Control-Allow-Origin" not in _preflight(api, f"{APP}.evil.example")


def test_cross_origin__answer_to_a_named_front_end__readable_with_its_headers(api, named):
    response = api.as_("officer").get(f"{SCHOOLS}/{api.area.things['school']}", Origin=APP)

    assert response["Access-Control-Allow-Origin"] == APP
    assert "origin" in response["Vary"].lower()
    assert {"ETag", "Retry-After"} <= set(response["Access-Control-Expose-Headers"].split(", "))


@pytest.mark.parametrize(
    ("path", "host", "status"),
    [
        (SCHOOLS, None, 401),
        ("/api/v1/nothing", None, 404),
        (SCHOOLS, "nowhere.localhost", 404),
        (SCHOOLS, "elsewhere.example", 404),
    ],
)
def test_cross_origin__problem__readable_too(api, named, path, host, status):
    response = api.send("GET", path, headers={"Origin": APP}, host=host)

    assert response.status_code == status
    assert body_of(response)["status"] == status
    assert response["Access-Control-Allow-Origin"] == APP


def test_cross_origin__page_for_people__not_readable(api, named):
    assert _told(api.send("GET", "/invitation", headers={"Origin": APP})) == set()
