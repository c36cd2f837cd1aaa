"""/clusters, /memberships and /agreements."""

from datetime import date

import pytest
from django_tenants.utils import schema_context

from clusters.models import Membership
from tests.client import body_of
from tests.concurrency.together import together


def join(client, school="free_school", cluster="cluster", joined_on="2026-05-16"):
    things = client.area.things
    body = {"cluster": things[cluster], "school": things[school], "joined_on": joined_on}
    return client.post("/api/v1/memberships", body)


def leave(client, left_on, membership="membership"):
    path = f"/api/v1/memberships/{client.area.things[membership]}/leave"
    return client.post(path, {"left_on": left_on})


@pytest.mark.parametrize("role", ["cluster_coordinator", "school_director", "committee_member"])
def test_list_clusters__scoped_role__only_its_own(api, role):
    items = body_of(api.as_(role).get("/api/v1/clusters"))["items"]

    assert [item["id"] for item in items] == [str(api.area.things["cluster"])]
    assert (
        api.as_(role).get(f"/api/v1/clusters/{api.area.things['other_cluster']}").status_code == 404
    )


def test_create_cluster__code_taken__conflict(api):
    body = {"code": "C1", "name_th": "กลุ่มซ้ำ"}
    assert (
        body_of(api.as_("officer").post("/api/v1/clusters", body))["code"] == "cluster_code_taken"
    )
    path = f"/api/v1/clusters/{api.area.things['cluster']}"
    taken = api.as_("officer").patch(path, {"code": "C2"}, If_Match="*")
    assert body_of(taken)["code"] == "cluster_code_taken"


def test_join_cluster__member_of_another_then__conflict_until_it_has_left(api):
    officer = api.as_("officer")

    taken = join(officer, "other_school")
    assert (taken.status_code, body_of(taken)["code"]) == (409, "school_in_another_cluster")
    leave(officer, "2026-05-16", "other_membership")
    assert join(officer, "other_school", joined_on="2026-05-15").status_code == 409
    assert join(officer, "other_school", joined_on="2026-05-16").status_code == 201


def test_join_cluster__coordinator__own_cluster_and_schools_without_one(api):
    coordinator = api.as_("cluster_coordinator")

    elsewhere = join(coordinator, cluster="other_cluster")
    assert body_of(elsewhere)["errors"][0]["pointer"] == "/cluster"
    hidden = join(coordinator, "other_school")
    assert body_of(hidden)["errors"][0]["pointer"] == "/school"
    assert join(coordinator).status_code == 201
    assert join(api.as_("school_director")).status_code == 403


def test_join_cluster__same_moment_in_two_clusters__one_wins(races):
    officer = races.as_("officer")
    answers = together(
        lambda: join(officer, cluster="cluster").status_code,
        lambda: join(officer, cluster="other_cluster").status_code,
    )
    assert sorted(answers) == [201, 409]
    with schema_context(races.area.schema_name):
        Membership.objects.filter(school=races.area.things["free_school"]).delete()


def test_leave_cluster__twice_or_before_joining__refused(api):
    officer = api.as_("officer")

    assert body_of(leave(officer, "2020-05-16"))["errors"][0]["code"] == "too_early"
    assert body_of(leave(officer, "2026-10-01"))["left_on"] == "2026-10-01"
    assert body_of(leave(officer, "2026-10-01"))["code"] == "membership_ended"


def test_leave_cluster__school_gone__its_people_see_the_cluster_no_more(api):
    leave(api.as_("officer"), str(date.today()))  # noqa: DTZ011

    assert body_of(api.as_("teacher").get("/api/v1/clusters"))["items"] == []
    assert body_of(api.as_("cluster_coordinator").get("/api/v1/teachers"))["items"] == []


def test_list_memberships__on_a_day__those_that_held(api):
    officer = api.as_("officer")
    leave(officer, "2025-01-01")
    cluster = str(api.area.things["cluster"])

    def count(**query):
        response = officer.get("/api/v1/memberships", {"cluster": cluster, **query})
        return len(body_of(response)["items"])

    assert (count(), count(on="2024-12-31"), count(on="2025-01-01")) == (1, 1, 0)


def sign(client, school="school", signed_on="2026-06-01"):
    path = f"/api/v1/agreements/{client.area.things['agreement']}/sign"
    body = {"school": client.area.things[school], "signed_on": signed_on, "signatory": "ผอ."}
    return client.post(path, body)


def test_sign_agreement__member__once_and_then_it_is_frozen(api):
    coordinator = api.as_("cluster_coordinator")
    path = f"/api/v1/agreements/{api.area.things['agreement']}"

    signed = sign(coordinator)

    assert body_of(signed)["signatures"] == [
        {
            "school": str(api.area.things["school"]),
            "signed_on": "2026-06-01",
            "signatory": "ผอ.",
        }
    ]
    assert body_of(sign(coordinator))["code"] == "already_signed"
    changed = coordinator.patch(path, {"title": "อื่น"}, If_Match="*")
    assert body_of(changed)["code"] == "agreement_signed"


def test_sign_agreement__no_member_on_that_day__refused(api):
    officer = api.as_("officer")
    assert body_of(sign(officer, "other_school"))["code"] == "school_not_member"
    assert body_of(sign(officer, signed_on="2019-01-01"))["code"] == "school_not_member"


def test_update_agreement__last_day_before_the_first__refused(api):
    path = f"/api/v1/agreements/{api.area.things['agreement']}"
    response = api.as_("officer").patch(path, {"valid_until": "2019-01-01"}, If_Match="*")
    assert body_of(response)["errors"][0]["pointer"] == "/valid_until"


@pytest.mark.parametrize("resource", ["memberships", "agreements", "plans", "plan-versions"])
def test_list__more_rows__same_queries(api, resource, django_assert_max_num_queries):
    officer = api.as_("officer")
    officer.get(f"/api/v1/{resource}")
    with django_assert_max_num_queries(3):  # who is asking; the rows; their parts
        officer.get(f"/api/v1/{resource}")
    join(officer)
    sign(officer)
    for number in (1, 2):
        things = api.area.things
        officer.post(
            "/api/v1/agreements",
            {"cluster": things["cluster"], "title": f"{number}", "valid_from": "2026-05-16"},
        )
        officer.post(
            "/api/v1/plans",
            {"cluster": things["cluster"], "academic_year": 2100 + number, "title": "แผน"},
        )
    with django_assert_max_num_queries(3):
        officer.get(f"/api/v1/{resource}")
