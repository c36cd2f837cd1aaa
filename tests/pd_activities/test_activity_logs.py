"""/activity-logs: written, verified, returned; alone and in batches."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tenants.utils import schema_context

from clusters.models import Teacher
from core.journal.models import JournalEntry
from pd_activities.models import ActivityLog, HourRuleSet, LedgerEntry
from tests.client import body_of
from tests.pd_activities.training_cast import make_log
from tests.pd_activities.training_samples import log_body

LOGS = "/api/v1/activity-logs"


@pytest.fixture
def inside(api):
    with schema_context(api.area.schema_name):
        yield


@pytest.fixture
def teacher(api):
    return api.as_("teacher")


@pytest.fixture
def director(api):
    return api.as_("school_director")


@pytest.fixture
def path(api) -> str:
    return f"{LOGS}/{api.area.things['activity_log']}"


def _outcome(response) -> tuple[int, str]:
    return response.status_code, body_of(response).get("code", "")


# --- Writing -----------------------------------------------------------------------------------
def test_log__minutes_from_the_times__at_the_teachers_school(api, teacher):
    made = body_of(teacher.post(LOGS, log_body()))
    assert made["minutes"] == 50
    assert made["school"] == str(api.area.things["school"])
    assert made["status"] == "submitted"


def test_log__same_sent_again__one_log(inside, teacher):
    body = log_body()
    first, again = teacher.post(LOGS, body), teacher.post(LOGS, body)

    assert (first.status_code, again.status_code) == (201, 200)
    assert body_of(first)["version"] == body_of(again)["version"] == 1
    assert ActivityLog.objects.filter(pk=body["id"]).count() == 1
    assert JournalEntry.objects.filter(subject_id=body["id"]).count() == 1


def test_log__same_id_other_words__conflict(teacher):
    body = log_body()
    teacher.post(LOGS, body)
    assert _outcome(teacher.post(LOGS, {**body, "title": "อื่น"})) == (409, "activity_log_differs")


def test_log__id_of_someone_elses__conflict_shows_nothing(api, teacher):
    body = log_body()
    api.as_("other_teacher").post(LOGS, body)
    result = body_of(teacher.post(f"{LOGS}:batch", {"items": [body]}))["results"][0]
    assert (result["status"], result["resource"]) == (409, None)


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"occurred_on": "2200-01-01"}, "/occurred_on"),
        ({"occurred_on": "1026-01-01"}, "/occurred_on"),
        ({"ended_at": None}, "/ended_at"),
        ({"started_at": None}, "/started_at"),
        ({"ended_at": "2026-06-18T14:00:00+07:00"}, "/ended_at"),
        ({"minutes": 51}, "/minutes"),
        ({"started_at": None, "ended_at": None}, "/minutes"),
        ({"minutes": 0}, "/minutes"),
        ({"kind": "rest"}, "/kind"),
        ({"teacher": "x"}, "/teacher"),
        ({"status": "verified"}, "/status"),
    ],
)
def test_log__wrong__says_where(teacher, changes, pointer):
    response = teacher.post(LOGS, log_body(**changes))
    assert response.status_code == 400
    assert [each["pointer"] for each in body_of(response)["errors"]] == [pointer]


def test_log__account_without_staff_record__conflict(api, inside, teacher):
    Teacher.objects.filter(pk=api.area.things["teacher"]).update(user=None)
    assert _outcome(teacher.post(LOGS, log_body())) == (409, "no_staff_record")
    batch = teacher.post(f"{LOGS}:batch", {"items": [log_body()]})
    assert _outcome(batch) == (409, "no_staff_record")


def test_update__returned_log__is_sent_again(teacher, director, path):
    director.post(f"{path}/return", {"reason": "ระบุเวลา"})
    returned = body_of(teacher.get(path))
    assert (returned["status"], returned["return_reason"]) == ("returned", "ระบุเวลา")
    assert _outcome(director.post(f"{path}/verify", {})) == (409, "log_not_submitted")

    changed = body_of(teacher.patch(path, {"minutes": 45}, If_Match=f'"{returned["version"]}"'))
    assert (changed["status"], changed["return_reason"]) == ("submitted", "")
    assert changed["decided_at"] is None


def test_update__verified_log__conflict(teacher, director, path):
    director.post(f"{path}/verify", {})
    response = teacher.patch(path, {"minutes": 600}, If_Match="*")
    assert _outcome(response) == (409, "activity_log_verified")


def test_update__stale__refused(teacher, path):
    assert teacher.patch(path, {"minutes": 45}, If_Match='"1"').status_code == 200
    assert _outcome(teacher.patch(path, {"minutes": 40}, If_Match='"1"')) == (412, "stale_version")


# --- Deciding ----------------------------------------------------------------------------------
def test_verify__twice__credited_once(inside, director, path):
    first, again = director.post(f"{path}/verify", {}), director.post(f"{path}/verify", {})

    assert body_of(first)["status"] == "verified"
    assert body_of(first) == body_of(again)
    assert LedgerEntry.objects.get().credit_minutes == 50


def test_verify__changed_since_it_was_read__refused(teacher, director, path):
    read = body_of(director.get(path))
    teacher.patch(path, {"minutes": 600}, If_Match="*")
    response = director.post(f"{path}/verify", {"version": read["version"]})
    assert _outcome(response) == (412, "stale_version")


def test_return__verified_log__credit_reversed_then_credited_again(inside, teacher, director, path):
    director.post(f"{path}/verify", {})
    body = {"reason": "เวลาไม่ตรง"}
    first, again = director.post(f"{path}/return", body), director.post(f"{path}/return", body)
    assert body_of(first) == body_of(again)
    teacher.patch(path, {"minutes": 30}, If_Match="*")
    director.post(f"{path}/verify", {})

    entries = LedgerEntry.objects.order_by("recorded_at")
    assert [each.credit_minutes for each in entries] == [50, -50, 30]


def test_verify__no_rules_for_that_day__nothing_happens(inside, director, path):
    HourRuleSet.objects.all().delete()
    assert _outcome(director.post(f"{path}/verify", {})) == (409, "no_hour_rules")
    assert body_of(director.get(path))["status"] == "submitted"


def test_verify__own_log__not_even_by_a_director(api, inside, director, path):
    Teacher.objects.filter(pk=api.area.things["teacher"]).update(
        user=api.area.people["school_director"].user_id
    )
    assert director.post(f"{path}/verify", {}).status_code == 403


def test_logs__of_another_school__not_found(api, path):
    for role in ("other_school_director", "other_cluster_coordinator", "other_teacher"):
        client = api.as_(role)
        assert client.get(path).status_code == 404
        assert client.post(f"{path}/verify", {}).status_code == 404


# --- The list ----------------------------------------------------------------------------------
@pytest.fixture
def three(api, inside) -> list[ActivityLog]:
    teacher = Teacher.objects.get(pk=api.area.things["teacher"])
    today = timezone.localdate()
    return [make_log(teacher, occurred_on=today - timedelta(days=n)) for n in range(10, 13)]


@pytest.mark.parametrize("role", ["teacher", "school_director", "officer"])
def test_list__queries_constant(api, three, django_assert_num_queries, role):
    client = api.as_(role)
    with django_assert_num_queries(2):  # who is asking; the rows
        assert len(body_of(client.get(LOGS, {"limit": "1"}))["items"]) == 1
    with django_assert_num_queries(2):
        assert len(body_of(client.get(LOGS))["items"]) >= 3


def test_list__newest_activity_first__page_by_page(teacher, three):
    page = body_of(teacher.get(LOGS, {"limit": "2"}))
    rest = body_of(teacher.get(LOGS, {"limit": "2", "cursor": page["next_cursor"]}))
    days = [each["occurred_on"] for each in [*page["items"], *rest["items"]]]
    assert len(days) == 4
    assert days == sorted(days, reverse=True)
    assert rest["next_cursor"] is None


def test_list__row__the_same_as_alone(teacher, path):
    [row] = body_of(teacher.get(LOGS))["items"]
    assert row == body_of(teacher.get(path))


def test_list__filters(api, teacher, three):
    def count(**query: str) -> int:
        return len(body_of(teacher.get(LOGS, query))["items"])

    since, until = str(three[1].occurred_on), str(three[0].occurred_on)
    assert count(since=since, until=until) == 2
    assert count(school=str(api.area.things["school"]), kind="plc", status="submitted") == 4
    assert count(school=str(api.area.things["other_school"])) == 0
    assert body_of(teacher.get(LOGS, {"fields": "id,title", "limit": "1"}))["items"][0].keys() == {
        "id",
        "title",
    }


# --- Batches -----------------------------------------------------------------------------------
def _batch(client, items):
    return client.post(f"{LOGS}:batch", {"items": items})


def test_batch__good_bad_known_and_different__each_in_its_place(teacher, inside):
    known, different = log_body(), log_body()
    for body in (known, different):
        teacher.post(LOGS, body)
    good, twice = log_body(), log_body()
    items = [
        good,
        log_body(title=""),
        known,
        {**different, "title": "แก้จากเครื่องอื่น"},
        twice,
        twice,
        {**log_body(), "id": "no-uuid"},
        {"title": "x"},
        log_body(occurred_on="2200-01-01"),
    ]
    results = body_of(_batch(teacher, items))["results"]

    assert [each["status"] for each in results] == [201, 400, 200, 409, 201, 200, 400, 400, 400]
    assert [each["id"] for each in results[:6]] == [each["id"] for each in items[:6]]
    assert [each["id"] for each in results[6:8]] == [None, None]
    assert results[1]["problem"]["errors"][0]["pointer"] == "/title"
    assert results[3]["resource"]["title"] == different["title"]  # both sides
    assert results[3]["problem"]["code"] == "activity_log_differs"
    assert results[0]["problem"] is None
    assert ActivityLog.objects.filter(pk__in=[good["id"], twice["id"]]).count() == 2


def test_batch__sent_twice__one_effect(teacher, inside):
    items = [log_body() for _ in range(5)]
    first, again = (body_of(_batch(teacher, items))["results"] for _ in range(2))

    assert [each["status"] for each in first] == [201] * 5
    assert [each["status"] for each in again] == [200] * 5
    ids = [each["id"] for each in items]
    assert JournalEntry.objects.filter(subject_id__in=ids).count() == 5


@pytest.mark.parametrize("items", [[], [{}] * 101, ["x"], None])
def test_batch__no_batch__invalid(teacher, items):
    assert _outcome(_batch(teacher, items)) == (400, "invalid_input")


def test_batch__hundred__as_few_queries_as_one(teacher, django_assert_max_num_queries):
    items = [log_body() for _ in range(100)]
    with django_assert_max_num_queries(9):
        assert _batch(teacher, items).status_code == 200


def test_batch__ids_as_devices_make_them__kept(teacher):
    chosen = str(uuid.uuid4()).upper()
    [result] = body_of(_batch(teacher, [log_body(id=chosen)]))["results"]
    assert result["resource"]["id"] == chosen.lower()
