"""/schools and /teachers."""

import pytest
from django_tenants.utils import schema_context

from clusters.models import School, Teacher
from core.journal.models import JournalEntry
from core.thai import sort_key
from tests.client import body_of

SCHOOL = {"code": "31049999", "name_th": "โรงเรียนบ้านใหม่", "district": "สตึก", "province": "บุรีรัมย์"}


def ids(response) -> set[str]:
    return {item["id"] for item in body_of(response)["items"]}


def things(api, *names) -> set[str]:
    return {str(api.area.things[name]) for name in names}


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("officer", {"school", "other_school", "free_school"}),
        ("supervisor", {"school", "other_school", "free_school"}),
        ("viewer", {"school", "other_school", "free_school"}),
        ("cluster_coordinator", {"school", "free_school"}),
        ("school_director", {"school"}),
        ("teacher", {"school"}),
        ("committee_member", {"school"}),
    ],
)
def test_list_schools__each_role__sees_what_it_reaches(api, role, seen):
    assert ids(api.as_(role).get("/api/v1/schools")) == things(api, *seen)


def test_list_schools__in_thai_order_and_filtered(api, world):
    with schema_context(world.t1.schema_name):
        for number, name in enumerate(["แคนดง", "คูเมือง", "สตึก", "กระสัง"]):
            School.objects.create(
                code=f"9{number}",
                name_th=name,
                sort_key=sort_key(name),
                district="ทดสอบ",
                province="บุรีรัมย์",
            )
    officer = api.as_("officer")

    first = body_of(officer.get("/api/v1/schools", {"district": "ทดสอบ", "limit": "3"}))
    rest = body_of(
        officer.get(
            "/api/v1/schools", {"district": "ทดสอบ", "limit": "3", "cursor": first["next_cursor"]}
        )
    )
    names = [school["name_th"] for school in first["items"] + rest["items"]]
    assert names == ["กระสัง", "คูเมือง", "แคนดง", "สตึก"]
    found = officer.get("/api/v1/schools", {"search": "เมือง"})
    assert [school["name_th"] for school in body_of(found)["items"]] == ["คูเมือง"]
    members = officer.get("/api/v1/schools", {"cluster": str(api.area.things["cluster"])})
    assert ids(members) == things(api, "school")


@pytest.mark.parametrize("resource", ["schools", "teachers", "clusters"])
def test_list__one_row_or_three__same_queries(api, world, resource, django_assert_num_queries):
    client = api.as_("school_director")
    client.get(f"/api/v1/{resource}")
    with django_assert_num_queries(2):  # who is asking; the rows
        client.get(f"/api/v1/{resource}")
    with schema_context(world.t1.schema_name):
        school = School.objects.get(pk=api.area.things["school"])
        for number in (1, 2):
            Teacher.objects.create(
                staff_code=f"T{number}", name_th="ครู", sort_key="ครู", school=school
            )
    with django_assert_num_queries(2):
        client.get(f"/api/v1/{resource}")


def test_create_school__code_of_another__conflict(api):
    officer = api.as_("officer")
    assert officer.post("/api/v1/schools", SCHOOL).status_code == 201

    again = officer.post("/api/v1/schools", {**SCHOOL, "name_th": "อื่น"})

    assert again.status_code == 409
    assert body_of(again)["code"] == "school_code_taken"


def test_update_school__name__new_order_and_journal_tells_what_changed(api, world):
    officer = api.as_("officer")
    path = f"/api/v1/schools/{api.area.things['school']}"
    etag = officer.get(path)["ETag"]

    changed = officer.patch(path, {"name_th": "โรงเรียนวัดใหม่", "levels": ""}, If_Match=etag)

    assert body_of(changed)["version"] == 2
    assert officer.patch(path, {"levels": "x"}, If_Match=etag).status_code == 412
    with schema_context(world.t1.schema_name):
        school = School.objects.get(pk=api.area.things["school"])
        assert school.sort_key == sort_key("โรงเรียนวัดใหม่")
        entry = JournalEntry.objects.order_by("-number").first()
        assert (entry.verb, entry.fields) == ("clusters.school.updated", ["name_th"])


def test_update_school__code_of_another__conflict(api, world):
    with schema_context(world.t1.schema_name):
        code = School.objects.get(pk=api.area.things["other_school"]).code
    path = f"/api/v1/schools/{api.area.things['school']}"

    response = api.as_("officer").patch(path, {"code": code}, If_Match="*")

    assert body_of(response)["code"] == "school_code_taken"


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("officer", {"teacher", "other_teacher", "newcomer"}),
        ("supervisor", {"teacher", "other_teacher", "newcomer"}),
        ("viewer", {"teacher", "other_teacher", "newcomer"}),
        ("cluster_coordinator", {"teacher"}),
        ("school_director", {"teacher"}),
        ("teacher", {"teacher"}),
        ("committee_member", set()),
    ],
)
def test_list_teachers__each_role__sees_what_it_reaches(api, role, seen):
    assert ids(api.as_(role).get("/api/v1/teachers")) == things(api, *seen)


@pytest.mark.parametrize(
    ("role", "is_open"), [("school_director", True), ("teacher", True), ("viewer", False)]
)
def test_get_teacher__email_and_standing__for_those_who_answer_for_them(api, role, is_open):
    row = body_of(api.as_(role).get(f"/api/v1/teachers/{api.area.things['teacher']}"))

    assert (row["standing"] == "none", row["email"] == "") == (is_open, is_open)
    assert (row["standing"] is None, row["email"] is None) == (not is_open, not is_open)


def test_update_teacher__new_school__moves_out_of_the_directors_sight(api):
    path = f"/api/v1/teachers/{api.area.things['teacher']}"
    body = {"school": api.area.things["other_school"]}

    moved = api.as_("officer").patch(path, body, If_Match="*")

    assert body_of(moved)["school"] == str(api.area.things["other_school"])
    assert api.as_("school_director").get(path).status_code == 404
    assert api.as_("other_school_director").get(path).status_code == 200


def test_create_teacher__staff_code_taken_or_school_elsewhere__refused(api, world):
    officer = api.as_("officer")
    body = {"staff_code": "X-1", "name_th": "ครูหนึ่ง", "school": api.area.things["school"]}
    assert officer.post("/api/v1/teachers", body).status_code == 201

    assert body_of(officer.post("/api/v1/teachers", body))["code"] == "staff_code_taken"
    foreign = officer.post("/api/v1/teachers", {**body, "school": world.t2.things["school"]})
    assert body_of(foreign)["errors"][0]["pointer"] == "/school"


def test_update_teacher__staff_code_of_another__conflict(api):
    officer = api.as_("officer")
    other = body_of(officer.get(f"/api/v1/teachers/{api.area.things['other_teacher']}"))

    response = officer.patch(
        f"/api/v1/teachers/{api.area.things['teacher']}",
        {"staff_code": other["staff_code"]},
        If_Match="*",
    )

    assert body_of(response)["code"] == "staff_code_taken"
