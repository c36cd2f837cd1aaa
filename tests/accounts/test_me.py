"""GET /me."""

from tests.client import body_of


def test_me__signed_in__name_and_roles(api):
    response = api.as_("officer").get("/api/v1/me")

    assert response.status_code == 200
    body = body_of(response)
    assert body["username"] == "area-t1-officer"
    assert body["roles"] == [{"role": "officer", "scope": "area", "scope_id": None}]


def test_me__no_credential__problem_in_thai_by_default(api):
    response = api.get("/api/v1/me", Accept_Language="")

    assert response.status_code == 401
    assert response["WWW-Authenticate"] == "Bearer"
    assert body_of(response)["title"] == "ยังไม่ได้ลงชื่อเข้าใช้"


def test_me__other_areas_credential__not_signed_in(api):
    assert api.as_("officer").on("t2").get("/api/v1/me").status_code == 401


def test_me__queries_pinned(api, django_assert_num_queries):
    client = api.as_("officer")
    client.get("/api/v1/me")
    with django_assert_num_queries(1):  # session, user and grants in one
        client.get("/api/v1/me")
