"""`/settings`: versions from a day on, defaults where nothing was set, and nothing re-dated."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from django_tenants.utils import schema_context

from core.actor import SYSTEM
from core.area_settings.actions import adopt_setting
from core.area_settings.kinds import all_kinds
from core.area_settings.models import SettingVersion
from core.area_settings.queries import setting_on
from core.journal.models import JournalEntry
from core.labels import LABELS
from core.queue import schemas_waiting_for
from tests.client import body_of
from tests.concurrency.together import together

SETTINGS = "/api/v1/settings"
CALENDAR = f"{SETTINGS}/calendar/versions"
LABEL = f"{SETTINGS}/labels/versions"
CENTRE = {"cluster_th": "ศูนย์เครือข่ายวิชาการ", "cluster_en": "Academic network centre"}
DISTRICT = {"cluster_th": "สหวิทยาเขต", "cluster_en": "United campus"}


@pytest.fixture
def chief(api):
    return api.as_("area_admin")


@pytest.fixture
def in_t1(world):
    with schema_context(world.t1.schema_name):
        yield


def in_days(days: int) -> str:
    return str(timezone.localdate() + timedelta(days=days))


def codes(response) -> list[tuple[str, str]]:
    assert response.status_code == 400, response.content
    return [(each["pointer"], each["code"]) for each in body_of(response)["errors"]]


# --- What holds --------------------------------------------------------------------------------
def test_settings__of_an_area_that_set_nothing__defaults_of_every_kind(chief):
    told = body_of(chief.get(SETTINGS))

    assert set(told) == {kind.code for kind in all_kinds()}
    assert {each["number"] for each in told.values()} == {None}
    assert told["calendar"]["document"] == {
        "year_starts": {"month": 5, "day": 16},
        "second_term_starts": {"month": 11, "day": 1},
    }
    assert told["labels"]["document"]["cluster_th"] == "กลุ่มโรงเรียน"
    assert told["languages"]["document"] == {"default": "th"}
    assert told["retention"]["document"]["documents"] == 7
    assert told["consensus"]["document"]["protocol"]["consensus"]["at_most"] == "3/2"
    assert told["sign_in"]["document"] == {"oidc": None}


def test_settings__to_come__follow_what_holds_today(chief):
    chief.post(LABEL, {"document": CENTRE})
    chief.post(LABEL, {"document": DISTRICT, "valid_from": in_days(10), "reason": "ตามมติ"})

    told = body_of(chief.get(f"{SETTINGS}/labels"))
    assert (told["number"], told["document"], told["valid_from"]) == (1, CENTRE, in_days(0))
    (following,) = told["following"]
    assert (following["number"], following["document"]) == (2, DISTRICT)
    with time_machine.travel(timezone.now() + timedelta(days=11)):
        assert body_of(chief.get(f"{SETTINGS}/labels"))["document"] == DISTRICT


def test_settings__read_by_others__null_or_403_where_it_is_the_offices_own(api):
    for role, may in (("officer", True), ("teacher", False)):
        reader = api.as_(role)
        told = body_of(reader.get(SETTINGS))
        for code in ("retention", "consensus", "sign_in"):
            assert (told[code] is not None) == may
            for path in (f"{SETTINGS}/{code}", f"{SETTINGS}/{code}/versions"):
                assert reader.get(path).status_code == (200 if may else 403)
        for code in ("calendar", "labels", "languages"):
            assert told[code] == body_of(reader.get(f"{SETTINGS}/{code}"))


def test_settings__unknown_kind__404(chief):
    for path in (f"{SETTINGS}/nonsense", f"{SETTINGS}/nonsense/versions"):
        assert chief.get(path).status_code == 404
    assert chief.post(f"{SETTINGS}/nonsense/versions", {"document": {}}).status_code == 404


def test_settings__read__one_query_beside_the_usual_ones(chief, django_assert_num_queries):
    chief.post(LABEL, {"document": CENTRE})
    for days in (10, 20):
        chief.post(LABEL, {"document": DISTRICT, "valid_from": in_days(days)})
    for path in (SETTINGS, f"{SETTINGS}/labels", LABEL):
        with django_assert_num_queries(2):  # who asks; all versions
            chief.get(path)
    assert len(body_of(chief.get(LABEL))["items"]) == 3
    assert [each["number"] for each in body_of(chief.get(LABEL, {"limit": "1"}))["items"]] == [3]


# --- Adopting ----------------------------------------------------------------------------------
def test_adopt__in_the_journal__with_both_documents_and_without_the_reason(chief, in_t1):
    made = body_of(chief.post(LABEL, {"document": CENTRE, "reason": "ตามมติที่ประชุม"}))

    assert made["reason"] == "ตามมติที่ประชุม"
    entry = JournalEntry.objects.get(verb="core.setting.adopted", subject_id=made["id"])
    usual = {"cluster_th": "กลุ่มโรงเรียน", "cluster_en": "Cluster"}
    assert entry.values["document"] == [usual, CENTRE]
    assert entry.values["reason"] is None
    assert str(entry.actor_id) == made["adopted_by"]


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({}, [("/document", "required")]),
        ({"document": {"cluster_th": "x"}}, [("/document/cluster_en", "required")]),
        ({"document": {**CENTRE, "school": "x"}}, [("/document/school", "unknown_field")]),
        ({"document": {**CENTRE, "cluster_th": 7}}, [("/document/cluster_th", "wrong_type")]),
        ({"document": CENTRE, "valid_from": "2569-06-01"}, [("/valid_from", "out_of_range")]),
        ({"document": CENTRE, "valid_from": "2020-06-01"}, [("/valid_from", "in_the_past")]),
        ({"document": CENTRE, "number": 7}, [("/number", "read_only")]),
        ({"document": CENTRE, "kind": "labels"}, [("/kind", "read_only")]),
    ],
)  # fmt: skip
def test_adopt__malformed__told_where(chief, body, wrong):
    assert codes(chief.post(LABEL, body)) == wrong


@pytest.mark.parametrize(
    ("starts", "second", "wrong"),
    [
        ((5, 16), (5, 16), ("/document/second_term_starts", "out_of_order")),
        ((2, 29), (11, 1), ("/document/year_starts", "no_such_day")),
        ((5, 16), (11, 31), ("/document/second_term_starts", "no_such_day")),
        ((5, 32), (11, 1), ("/document/year_starts/day", "max_value")),
    ],
)
def test_adopt__calendar_that_cannot_be__told_where(chief, starts, second, wrong):
    assert codes(chief.post(CALENDAR, {"document": _calendar(starts, second)})) == [wrong]


def _calendar(starts, second):
    named = (("year_starts", starts), ("second_term_starts", second))
    return {name: {"month": month, "day": day} for name, (month, day) in named}


def test_adopt__before_the_newest_begins__refused_on_its_day_in_its_place(chief):
    first = chief.post(LABEL, {"document": CENTRE, "valid_from": in_days(10)})
    assert first.status_code == 201
    early = chief.post(LABEL, {"document": DISTRICT, "valid_from": in_days(9)})
    assert codes(early) == [("/valid_from", "out_of_order")]

    assert chief.post(LABEL, {"document": DISTRICT, "valid_from": in_days(10)}).status_code == 201
    with time_machine.travel(timezone.now() + timedelta(days=10)):
        assert body_of(chief.get(f"{SETTINGS}/labels"))["document"] == DISTRICT


def test_adopt__twice_on_one_day__the_mended_one_holds(chief):
    chief.post(LABEL, {"document": {**CENTRE, "cluster_th": "ศูนย์เครือข่ายวิฃาการ"}})
    chief.post(LABEL, {"document": CENTRE, "reason": "พิมพ์ผิด"})
    told = body_of(chief.get(f"{SETTINGS}/labels"))
    assert (told["number"], told["document"]) == (2, CENTRE)


def test_adopt__sent_again__one_version(chief):
    body, key = {"document": CENTRE}, "once-and-no-more"
    answers = [chief.post(LABEL, body, Idempotency_Key=key) for _ in range(2)]
    assert [each.status_code for each in answers] == [201, 201]
    assert answers[0].content == answers[1].content
    assert len(body_of(chief.get(LABEL))["items"]) == 1


def test_adopt__two_at_once__one_and_a_conflict(races):
    def adopt(document):
        return lambda: races.as_("area_admin").post(LABEL, {"document": document})

    try:
        answers = together(adopt(CENTRE), adopt(DISTRICT), adopt(CENTRE), adopt(DISTRICT))
        statuses = [each.status_code for each in answers]
        assert set(statuses) <= {201, 409}
        with schema_context(races.area.schema_name):
            numbers = list(_labels().values_list("number", flat=True))
            assert numbers == list(range(1, statuses.count(201) + 1))
        # The platform's directory is told by a message that names the area.
        assert races.area.schema_name in schemas_waiting_for("tenants.publish_area")
    finally:
        with schema_context(races.area.schema_name):
            _labels().delete()


def _labels():
    return SettingVersion.objects.filter(kind="labels").order_by("number")


# --- Withdrawing -------------------------------------------------------------------------------
def test_withdraw__not_begun__as_if_never_adopted(chief, in_t1):
    made = body_of(chief.post(LABEL, {"document": CENTRE, "valid_from": in_days(1)}))

    assert chief.delete(f"{LABEL}/{made['id']}").status_code == 204
    assert chief.delete(f"{LABEL}/{made['id']}").status_code == 404
    assert body_of(chief.get(f"{SETTINGS}/labels"))["following"] == []
    assert chief.post(LABEL, {"document": DISTRICT}).status_code == 201
    entry = JournalEntry.objects.get(verb="core.setting.withdrawn", subject_id=made["id"])
    assert entry.values["valid_from"] == in_days(1)


def test_withdraw__begun__conflict(chief):
    made = body_of(chief.post(LABEL, {"document": CENTRE, "valid_from": in_days(1)}))
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        refused = chief.delete(f"{LABEL}/{made['id']}")
    assert (refused.status_code, body_of(refused)["code"]) == (409, "setting_begun")


def test_withdraw__version_of_another_kind__404(chief, api):
    found = api.area.things["setting_version"]
    assert chief.delete(f"{LABEL}/{found}").status_code == 404
    assert chief.delete(f"{SETTINGS}/languages/versions/{found}").status_code == 204


# --- Reading within a transaction --------------------------------------------------------------
def test_setting_on__changed_and_undone__never_stale(in_t1, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert [setting_on(LABELS).cluster_en for _ in range(3)] == ["Cluster"] * 3
    with transaction.atomic():
        adopt_setting(LABELS, CENTRE, actor=SYSTEM)
        assert setting_on(LABELS).cluster_en == CENTRE["cluster_en"]
        transaction.set_rollback(True)
    assert setting_on(LABELS).cluster_en == "Cluster"


def test_setting_on__other_area_and_platform__their_own(in_t1, world):
    adopt_setting(LABELS, CENTRE, actor=SYSTEM)
    for schema in (world.t2.schema_name, "public"):
        with schema_context(schema):
            assert setting_on(LABELS).cluster_en == "Cluster"
    assert setting_on(LABELS).cluster_en == CENTRE["cluster_en"]
    assert setting_on(LABELS, date(2020, 1, 1)).cluster_en == "Cluster"
