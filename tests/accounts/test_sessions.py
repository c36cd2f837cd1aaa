"""GET /sessions and DELETE /sessions/{id}."""

from accounts.models import User
from tests.client import body_of
from tests.world import sign_in

SESSIONS = "/api/v1/sessions"


def _two_devices(api, world, in_t1):
    with in_t1():
        user = User.objects.get(pk=world.t1.people["teacher"].user_id)
        return api.as_("teacher"), api.with_token(sign_in(user))


def test_sessions__mine_only__and_which_is_this_one(api, world, in_t1):
    here, there = _two_devices(api, world, in_t1)
    items = body_of(here.get(SESSIONS))["items"]

    assert [each["current"] for each in items] == [False, True]
    assert [each["current"] for each in body_of(there.get(SESSIONS))["items"]] == [True, False]
    assert len(body_of(api.as_("officer").get(SESSIONS))["items"]) == 1


def test_revoke__acts_at_the_next_request(api, world, in_t1):
    here, there = _two_devices(api, world, in_t1)
    other = body_of(here.get(SESSIONS))["items"][0]["id"]

    assert there.get("/api/v1/me").status_code == 200
    assert here.delete(f"{SESSIONS}/{other}").status_code == 204
    assert there.get("/api/v1/me").status_code == 401
    assert here.delete(f"{SESSIONS}/{other}").status_code == 404


def test_revoke__someone_elses__not_found(api, world, in_t1):
    here, there = _two_devices(api, world, in_t1)
    other = body_of(here.get(SESSIONS))["items"][0]["id"]

    assert api.as_("area_admin").delete(f"{SESSIONS}/{other}").status_code == 404
    assert there.get("/api/v1/me").status_code == 200


def test_sessions__queries_pinned__one_or_three(api, world, in_t1, django_assert_num_queries):
    client = api.as_("teacher")
    client.get(SESSIONS)
    with django_assert_num_queries(2):
        client.get(SESSIONS)
    _two_devices(api, world, in_t1)
    _two_devices(api, world, in_t1)
    with django_assert_num_queries(2):
        assert len(body_of(client.get(SESSIONS))["items"]) == 3
