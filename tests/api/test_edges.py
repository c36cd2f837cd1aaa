"""What no operation answers: strange addresses, methods, hosts and bodies. Always a problem."""

import re

import pytest

from tests.client import body_of

SCHOOLS = "/api/v1/schools"
LOGS = "/api/v1/activity-logs"
_THAI = re.compile(r"[\u0e00-\u0e7f]")


def _told(response):
    body = body_of(response)
    assert response["Content-Type"] == "application/problem+json"
    assert body["status"] == response.status_code
    assert body["request_id"] == response["X-Request-ID"]
    assert body["type"].endswith(f"/problems/{body['code']}")
    return response.status_code, body["code"]


def _school(api):
    return f"{SCHOOLS}/{api.area.things['school']}"


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/api/v1",
        "/api/v1/",
        "/api/v1/nothing",
        f"{SCHOOLS}/",
        f"{SCHOOLS}/1",
        f"{SCHOOLS}/%00",
        f"{SCHOOLS}/..%2f..%2fetc%2fpasswd",
        f"{SCHOOLS}/{'0' * 5000}",
        f"{SCHOOLS}/01936f2e-7c1a-7d6e-9b5f-3f2a1c0d4e5b/",
    ],
)
@pytest.mark.parametrize("language", ["th", "en", "xx", "", "x" * 5000])
def test_edge__address_that_is_none__404_in_the_readers_language(api, path, language):
    response = api.as_("officer").get(path, Accept_Language=language)

    assert _told(response) == (404, "not_found")
    assert bool(_THAI.search(body_of(response)["detail"])) == (language != "en")


@pytest.mark.parametrize("path", ["/nothing", "/api/v1/nothing", f"{SCHOOLS}"])
def test_edge__address_that_the_platform_has_not__404(api, path):
    assert _told(api.on_platform().get(path)) == (404, "not_found")


@pytest.mark.parametrize("host", ["nowhere.localhost", "a b", "x" * 300, "[::1", "elsewhere.test"])
def test_edge__host_that_is_no_area__one_uniform_answer(api, host):
    assert _told(api.send("GET", SCHOOLS, host=host)) == (404, "area_unavailable")


@pytest.mark.parametrize("method", ["DELETE", "PUT", "OPTIONS", "TRACE", "PROPFIND"])
def test_edge__method_that_is_not_taken__405_names_those_that_are(api, method):
    response = api.as_("officer").send(method, SCHOOLS)

    assert _told(response) == (405, "method_not_allowed")
    assert response["Allow"] == "GET, POST, HEAD"


def test_edge__head__as_get_without_a_body(api):
    client = api.as_("officer")
    head, get = client.send("HEAD", _school(api)), client.get(_school(api))

    assert (head.status_code, head.content, head["ETag"]) == (200, b"", get["ETag"])
    assert api.send("HEAD", SCHOOLS).status_code == 401


@pytest.mark.parametrize(
    "credential",
    [
        "Bearer",
        "Bearer ",
        "Basic eDp5",
        "Bearer a b",
        "bearer \xe0\xb8\x81",
        "Bearer " + "x" * 60_000,
    ],
)
def test_edge__credential_that_is_none__401_tells_the_scheme(api, credential):
    response = api.get(SCHOOLS, Authorization=credential)

    assert _told(response) == (401, "not_authenticated")
    assert response["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ({"limit": "0"}, "/limit"),
        ({"limit": "201"}, "/limit"),
        ({"limit": "abc"}, "/limit"),
        ({"limit": "1" * 5000}, "/limit"),
        ({"limit": "๕"}, "/limit"),
        ({"cursor": "x" * 20_000}, "/cursor"),
        ({"cursor": "\x00"}, "/cursor"),
        ({"count": "yes"}, "/count"),
        ({"fields": "id,password"}, "/fields"),
        ({"fields": ""}, "/fields"),
        ({"ordering": "code"}, "/ordering"),
        ({"search": "\x00"}, "/search"),
        ({"cluster": "1"}, "/cluster"),
    ],
)
def test_edge__list_parameter_that_makes_no_sense__400_points_at_it(api, query, pointer):
    response = api.as_("officer").get(SCHOOLS, query)

    assert _told(response) == (400, "invalid_input")
    assert [each["pointer"] for each in body_of(response)["errors"]] == [pointer]


@pytest.mark.parametrize("method", ["GET", "POST", "PATCH"])
def test_edge__parameter_where_none_is_taken__400(api, method):
    path = LOGS if method == "POST" else "/api/v1/me"
    response = api.as_("teacher").send(method, path, query={"nonsense": "1"}, body={})

    assert _told(response) == (400, "invalid_input")
    assert body_of(response)["errors"][0]["code"] == "unknown_parameter"


@pytest.mark.parametrize(
    "body",
    [
        b"\xef\xbb\xbf{}",
        b'{"title": NaN}',
        b'{"title": 1e999}',
        b'{"title": "\\ud800"}',
        b'{"title": "\xe0\xb8"}',
        b"[" * 100_000,
        b'{"a":' * 5_000 + b"1" + b"}" * 5_000,
    ],
)
def test_edge__body_that_is_no_json__400(api, body):
    assert _told(api.as_("teacher").post(LOGS, body)) == (400, "malformed_body")


@pytest.mark.parametrize(
    "value", [10**30, -(10**30), 1e308, True, [], {}, [[[]]], {"a": {"b": []}}, 2**63, 0.1]
)
@pytest.mark.parametrize("field", ["title", "minutes", "occurred_on", "id", "kind", "started_at"])
def test_edge__value_of_another_kind__400_points_at_it(api, field, value):
    response = api.as_("teacher").post(LOGS, {field: value})

    assert _told(response) == (400, "invalid_input")
    assert f"/{field}" in {each["pointer"] for each in body_of(response)["errors"]}


def test_edge__name_with_signs_that_pointers_escape__escaped(api):
    response = api.as_("teacher").post(LOGS, {"a/b": 1, "c.d": 2, "e~f": 3})

    pointers = {each["pointer"] for each in body_of(response)["errors"]}
    assert {"/a~1b", "/c.d", "/e~0f"} <= pointers


def test_edge__key_given_twice__refused(api):
    body = b'{"title": "x", "title": "y"}'
    assert _told(api.as_("teacher").post(LOGS, body)) == (400, "malformed_body")


@pytest.mark.parametrize(
    "kind",
    ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "x" * 5000],
)
def test_edge__body_of_another_media_type__415(api, kind):
    response = api.as_("teacher").post(LOGS, b"{}", Content_Type=kind)
    assert _told(response) == (415, "unsupported_media_type")


@pytest.mark.parametrize("key", ["", " ", "x" * 201, "ก", "a\tb"])
def test_edge__idempotency_key_that_is_none__400(api, key):
    response = api.as_("teacher").post(LOGS, {}, Idempotency_Key=key)
    assert _told(response) == (400, "invalid_input")


@pytest.mark.parametrize("tag", ["", "1", '"', 'W/"', '"1", "2"', "x" * 5000, '"999"'])
def test_edge__etag_that_is_not_the_present_one__412(api, tag):
    response = api.as_("area_admin").patch(_school(api), {}, If_Match=tag)
    assert _told(response) == (412, "stale_version")
