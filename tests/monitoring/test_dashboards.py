"""Dashboards: equal to a recount, within one's reach, in a number of queries that stays."""

import pytest
from django.utils import timezone
from django_tenants.utils import schema_context

from clusters.models import Cluster, School
from core.dates import USUAL_CALENDAR
from tests.client import body_of
from tests.monitoring.busy_year import YEAR, BusyYear
from tests.monitoring.recount import Recount

AREA = "/api/v1/dashboards/area"
NOT_COUNTED = ("level", "id", "academic_year", "first_day", "last_day", "as_of")


def _fill(api, seed: int) -> None:
    with schema_context(api.area.schema_name):
        BusyYear(seed).fill()


def _of(api, kind: str, thing: str) -> str:
    return f"/api/v1/dashboards/{kind}/{api.area.things[thing]}"


def _numbers(api, path: str, year: int = YEAR) -> dict:
    answer = body_of(api.as_("area_admin").get(path, {"academic_year": str(year)}))
    return {name: value for name, value in answer.items() if name not in NOT_COUNTED}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_dashboards__a_year_of_every_kind_of_row__equal_to_a_recount(api, seed):
    _fill(api, seed)
    with schema_context(api.area.schema_name):
        expected = {AREA: Recount().numbers()}
        for each in Cluster.objects.all():
            recount = Recount(cluster_id=each.pk).numbers()
            expected[f"/api/v1/dashboards/clusters/{each.pk}"] = recount
        for each in School.objects.filter(teachers__isnull=False).distinct():
            recount = Recount(school_id=each.pk).numbers()
            expected[f"/api/v1/dashboards/schools/{each.pk}"] = recount

    assert len(expected) > 6
    assert {path: _numbers(api, path) for path in expected} == expected
    area = expected[AREA]
    assert area["attendance_minutes"] > 1_000
    assert area["trainings_held"] > 2
    assert 0 < area["meetings"]["with_quorum"] < area["meetings"]["closed"]
    assert area["participation"]["teachers"] > 0


def test_area__another_area_fills_up__nothing_changes(api):
    _fill(api, 1)
    before = _numbers(api, AREA)
    _fill(api.on("t2"), 2)
    assert _numbers(api, AREA) == before
    assert _numbers(api.on("t2"), AREA) != before


def test_dashboard__without_a_year__the_present_one(api):
    answer = body_of(api.as_("viewer").get(AREA))
    today = timezone.localdate()
    assert answer["academic_year"] == USUAL_CALENDAR.year_of(today)
    assert answer["as_of"] == today.isoformat()
    assert answer["level"] == "area"
    assert answer["id"] is None


def test_school_without_staff__no_share(api):
    answer = _numbers(api, _of(api, "schools", "free_school"))
    assert answer["participation"] == {"teachers": 0, "share": None, "share_rounded": None}
    assert answer["clusters"] == 0
    assert answer["stage"] is None


@pytest.mark.parametrize("year", ["1999", "2200", "2568", "x", "-1", "", "٢٠٢٥"])
def test_dashboard__no_year_ce__400(api, year):
    assert api.as_("viewer").get(AREA, {"academic_year": year}).status_code == 400
    path = _of(api, "schools", "school")
    assert api.as_("teacher").get(path, {"academic_year": year}).status_code == 400


def test_dashboard__unknown_parameter__400(api):
    assert api.as_("viewer").get(AREA, {"year": "2025"}).status_code == 400
    path = _of(api, "clusters", "cluster")
    assert api.as_("viewer").get(path, {"year": "2025"}).status_code == 400


@pytest.mark.parametrize(
    ("role", "statuses"),
    [
        # area, own cluster, other cluster, own school, other school, a school without a cluster
        ("area_admin", [200, 200, 200, 200, 200, 200]),
        ("officer", [200, 200, 200, 200, 200, 200]),
        ("supervisor", [200, 200, 200, 200, 200, 200]),
        ("viewer", [200, 200, 200, 200, 200, 200]),
        ("cluster_coordinator", [403, 200, 404, 200, 404, 403]),
        ("school_director", [403, 403, 404, 200, 404, 404]),
        ("teacher", [403, 403, 404, 200, 404, 404]),
        ("committee_member", [403, 200, 404, 403, 404, 404]),
    ],
)
def test_dashboards__by_role__own_reach_only(api, role, statuses):
    paths = [
        AREA,
        _of(api, "clusters", "cluster"),
        _of(api, "clusters", "other_cluster"),
        _of(api, "schools", "school"),
        _of(api, "schools", "other_school"),
        _of(api, "schools", "free_school"),
    ]
    assert [api.as_(role).get(path).status_code for path in paths] == statuses


def test_dashboards__another_areas_school_or_credential__refused(api):
    elsewhere = _of(api.on("t2"), "schools", "school")
    assert api.as_("area_admin").get(elsewhere).status_code == 404
    assert api.as_("area_admin").on("t2").get(AREA).status_code == 401


def test_dashboard__nothing_changed__304_until_something_does(api):
    client = api.as_("area_admin")
    etag = client.get(AREA, {"academic_year": str(YEAR)})["ETag"]

    same = client.get(AREA, {"academic_year": str(YEAR)}, If_None_Match=etag)
    assert (same.status_code, same.content, same["ETag"]) == (304, b"", etag)
    assert client.get(AREA, {"academic_year": "2019"}, If_None_Match=etag).status_code == 200
    _fill(api, 1)
    changed = client.get(AREA, {"academic_year": str(YEAR)}, If_None_Match=etag)
    assert changed.status_code == 200
    assert changed["ETag"] != etag
    assert changed["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(
    ("role", "kind", "queries"),
    [("area_admin", None, 14), ("cluster_coordinator", "cluster", 15), ("teacher", "school", 15)],
)
def test_dashboards__queries_do_not_grow(api, django_assert_num_queries, role, kind, queries):
    client = api.as_(role)
    path = _of(api, f"{kind}s", kind) if kind else AREA
    for seed in (1, None):
        client.get(path)  # which area it is, is remembered for some seconds only
        with django_assert_num_queries(queries):
            client.get(path, {"academic_year": str(YEAR)})
        if seed:
            _fill(api, seed)
