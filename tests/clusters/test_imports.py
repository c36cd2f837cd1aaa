"""/imports of schools, teachers and memberships: from a spreadsheet to rows."""

from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django_tenants.utils import schema_context

from accounts.models import RoleGrant
from clusters.models import Cluster, Membership, School, Teacher
from core.actor import SYSTEM
from core.imports import actions as imports
from core.imports.models import ImportBatch, ImportPiece
from core.jobs.actions import run_job
from core.jobs.models import Job
from core.journal.models import JournalEntry
from tests.client import body_of
from tests.clusters.importing import DEMO_SCHOOLS, applied, checked, send
from tests.core.sheets import csv_text, xlsx

SCHOOLS = csv_text(
    "รายชื่อโรงเรียน,,,",
    "รหัสโรงเรียน,ชื่อโรงเรียน,อำเภอ,จังหวัด,จำนวนนักเรียน,หมายเหตุ",
    '31049991,บ้านหนึ่ง,สตึก,บุรีรัมย์,"1,024",ก',
    ",,,,,",
    "31049992,บ้านสอง,สตึก,บุรีรัมย์,มาก,",
    "31049991,บ้านสาม,สตึก,บุรีรัมย์,80,",
    "31049993,,สตึก,บุรีรัมย์,80,",
    "31040001,โรงเรียนเดิม ชื่อใหม่,สตึก,บุรีรัมย์,80,",
)


@pytest.fixture
def officer(api):
    return api.as_("officer")


@pytest.fixture
def inside(world):
    """`with inside():` looks into the area; a request leaves the connection outside of it."""
    return lambda: schema_context(world.t1.schema_name)


def test_import_schools__some_rows_wrong__each_is_told_and_nothing_written(officer, inside):
    batch = checked(officer, "schools", SCHOOLS)

    assert (batch["state"], batch["row_count"], batch["good_count"], batch["new_count"]) == (
        "checked",
        5,
        2,
        1,
    )
    assert [(each["row"], each["column"], each["code"]) for each in batch["problems"]] == [
        (5, "pupil_count", "not_a_number"),
        (6, "", "twice"),
        (7, "name_th", "missing"),
    ]
    assert batch["problems"][1]["detail"] == "The same as in row 3."
    assert batch["columns"]["หมายเหตุ"] is None
    with inside():
        assert not School.objects.filter(code="31049991").exists()


def test_import_schools__applied_without_the_bad_rows__made_and_changed(officer, inside):
    batch = checked(officer, "schools", SCHOOLS)
    path = f"/api/v1/imports/{batch['id']}/apply"

    refused = officer.post(path, {})
    assert (refused.status_code, body_of(refused)["code"]) == (409, "import_has_problems")
    done = applied(officer, batch, skip=True)

    assert (done["state"], done["written"]) == (
        "applied",
        {"created": 1, "updated": 1, "unchanged": 0},
    )
    again = officer.post(path, {"skip_problem_rows": True})
    assert body_of(again)["code"] == "import_not_checked"
    with inside():
        made = School.objects.get(code="31049991")
        assert (made.name_th, made.pupil_count, made.version) == ("บ้านหนึ่ง", 1024, 1)
        changed = School.objects.get(code="31040001")
        assert (changed.name_th, changed.version) == ("โรงเรียนเดิม ชื่อใหม่", 2)
        entry = JournalEntry.objects.get(verb="clusters.school.updated", subject_id=changed.pk)
        assert set(entry.fields) == {"name_th", "pupil_count"}
        assert not ImportPiece.objects.exists()


def test_import_schools__same_file_twice__second_changes_nothing(officer, inside):
    applied(officer, checked(officer, "schools", SCHOOLS), skip=True)
    with inside():
        before = JournalEntry.objects.filter(verb__startswith="clusters.").count()

    second = applied(officer, checked(officer, "schools", SCHOOLS), skip=True)

    assert second["written"] == {"created": 0, "updated": 0, "unchanged": 2}
    assert second["new_count"] == 0
    with inside():
        assert JournalEntry.objects.filter(verb__startswith="clusters.").count() == before


def test_import_schools__the_real_list_without_codes__codes_made_up_and_stable(officer, inside):
    content = DEMO_SCHOOLS.read_bytes()
    without = checked(officer, "schools", content)
    assert without["problem_count"] == 200
    assert {each["column"] for each in without["problems"]} == {"code"}

    for written in ({"created": 200, "updated": 0}, {"created": 0, "updated": 0}):
        batch = checked(officer, "schools", content, generate_codes="true")
        assert applied(officer, batch)["written"].items() >= written.items()
    with inside():
        codes = list(School.objects.filter(code_is_official=False).values_list("code", flat=True))
    assert len(codes) == 200
    assert all(len(code) == 8 and code.isdigit() for code in codes)


def _teachers(count, **changes):
    heading = ["รหัสบุคลากร", "คำนำหน้า", "ชื่อ", "นามสกุล", "รหัสโรงเรียน", "ตำแหน่ง", "วิทยฐานะ", "อีเมล"]
    rows = [
        [f"T-{n:05}", "นาง", f"เสาวณี{n}", "ใจดี", 31040001, "ครู", "ชำนาญการ", f"t{n}@example.go.th"]
        for n in range(count)
    ]
    return xlsx([heading, *rows])


def test_import_teachers__xlsx__names_joined_labels_read(officer, inside):
    done = applied(officer, checked(officer, "teachers", _teachers(3)))

    assert done["written"]["created"] == 3
    with inside():
        teacher = Teacher.objects.select_related("school").get(staff_code="T-00001")
    assert (teacher.name_th, teacher.position, teacher.standing, teacher.email) == (
        "นางเสาวณี1 ใจดี",
        "teacher",
        "professional",
        "t1@example.go.th",
    )
    assert teacher.school.code == "31040001"
    assert teacher.user_id is None


def test_import_teachers__bad_cells__each_is_told(officer):
    content = csv_text(
        "staff_code,name,school_code,position,standing,email",
        "A1,ครูหนึ่ง,99999999,teacher,none,a@example.go.th",
        "A2,ครูสอง,31040001,พ่อครัว,none,b@example",
        f"{'A' * 31},ครูสาม,31040001,,-,",
    )
    batch = checked(officer, "teachers", content)

    assert [(each["row"], each["column"], each["code"]) for each in batch["problems"]] == [
        (2, "school_code", "unknown_school"),
        (3, "position", "not_a_choice"),
        (3, "email", "not_an_email"),
        (4, "staff_code", "too_long"),
    ]


def test_import_teachers__with_accounts__tied_and_may_teach_at_their_school(officer, inside):
    for _ in range(2):
        batch = checked(officer, "teachers", _teachers(2), create_accounts="true")
        applied(officer, batch)

    with inside():
        teacher = Teacher.objects.select_related("user").get(staff_code="T-00000")
        grants = list(RoleGrant.objects.filter(user=teacher.user))
    assert teacher.user.username == "T-00000"
    assert [(each.role, each.scope, each.scope_id) for each in grants] == [
        ("teacher", "school", officer.area.things["school"])
    ]


def test_apply_import__worker_dies_between_pieces__another_goes_on(officer, inside, monkeypatch):
    monkeypatch.setattr(imports, "PIECE", 2)
    batch = checked(officer, "teachers", _teachers(5))
    path = f"/api/v1/imports/{batch['id']}"
    started = body_of(officer.post(f"{path}/apply", {}))
    with inside():
        imports.apply_piece(UUID(batch["id"]), actor=SYSTEM)
        assert Teacher.objects.filter(staff_code__startswith="T-").count() == 2
    assert body_of(officer.post(f"{path}/apply", {}))["code"] == "import_not_checked"

    with inside():
        run_job(UUID(started["job_id"]))
        job = Job.objects.get(pk=started["job_id"])

    assert (job.state, job.done, job.total) == ("succeeded", 5, 5)
    done = body_of(officer.get(path))
    assert (done["state"], done["written"]["created"]) == ("applied", 5)


def test_apply_import__job_cancelled__may_be_applied_again(officer, inside, monkeypatch):
    monkeypatch.setattr(imports, "PIECE", 2)
    batch = checked(officer, "teachers", _teachers(3))
    path = f"/api/v1/imports/{batch['id']}/apply"
    started = body_of(officer.post(path, {}))
    officer.post(f"/api/v1/jobs/{started['job_id']}/cancel")

    assert applied(officer, batch)["written"]["created"] == 3


MEMBERSHIPS = csv_text(
    "รหัสกลุ่ม,ชื่อกลุ่ม,รหัสโรงเรียน,วันที่เข้าร่วม",
    "C1,,31040001,16/5/2563",
    "C7,กลุ่มใหม่,31040003,16 พฤษภาคม 2569",
    "C1,,31040002,2026-05-16",
    "C8,,31040003,วันนี้",
)


def test_import_memberships__founds_clusters_and_tells_who_is_elsewhere(officer, inside):
    batch = checked(officer, "cluster_memberships", MEMBERSHIPS)

    assert [(each["row"], each["column"], each["code"]) for each in batch["problems"]] == [
        (4, "school_code", "in_another_cluster"),
        (5, "joined_on", "not_a_date"),
    ]
    done = applied(officer, batch, skip=True)
    assert done["written"] == {"clusters": 1, "created": 1, "unchanged": 1, "left_out": 0}
    with inside():
        membership = Membership.objects.get(cluster=Cluster.objects.get(code="C7"))
    assert str(membership.joined_on) == "2026-05-16"


def test_import_memberships__cluster_without_a_name__told(officer):
    content = csv_text("cluster_code,school_code,joined_on", "C9,31040003,2026-05-16")
    assert checked(officer, "cluster_memberships", content)["problems"][0]["code"] == "missing"


@pytest.mark.parametrize("content", [b"", b"a;b\n1;2\n", xlsx()], ids=["empty", "other", "blank"])
def test_import__no_table_in_it__refused_with_the_columns_it_needs(officer, content):
    batch = checked(officer, "schools", content or b"\n")

    assert (batch["state"], batch["problems"][0]["code"]) == ("refused", "no_table")
    assert "รหัสโรงเรียน" in batch["problems"][0]["detail"]
    applying = officer.post(f"/api/v1/imports/{batch['id']}/apply", {})
    assert body_of(applying)["code"] == "import_not_checked"


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"%PDF-1.7", 415, "file_not_recognised"),
        (b"PK\x03\x04 nothing", 400, "file_unsafe"),
        (b"a,b\n" * 100_002, 400, "file_too_long"),
        (b"a,b\n\xfe\xff\x81\n", 400, "file_encoding"),
        (b"x" * (20 * 1024 * 1024 + 1), 413, "file_too_large"),
        (b"x" * (21 * 1024 * 1024), 413, "file_too_large"),
    ],
    ids=["pdf", "zip", "long", "encoding", "large", "larger"],
)
def test_import__file_that_cannot_be_read__refused_at_once(officer, inside, content, status, code):
    response = send(officer, "schools", content)

    assert (response.status_code, body_of(response)["code"]) == (status, code)
    with inside():
        assert not ImportBatch.objects.filter(file_name="file.csv").exists()


def test_import__unknown_kind_or_option_of_another_kind__told(officer):
    unknown = send(officer, "pupils", b"a,b")
    assert body_of(unknown)["errors"][0]["pointer"] == "/kind"
    wrong = send(officer, "schools", b"a,b", create_accounts="true")
    assert body_of(wrong)["errors"][0]["pointer"] == "/create_accounts"


def test_import__other_roles__forbidden(api):
    for role in ("supervisor", "cluster_coordinator", "school_director", "teacher"):
        assert send(api.as_(role), "schools", SCHOOLS).status_code == 403


def test_list_imports__content_not_read__same_queries(officer, django_assert_num_queries):
    send(officer, "schools", SCHOOLS)
    before = len(body_of(officer.get("/api/v1/imports"))["items"])
    with django_assert_num_queries(2):
        officer.get("/api/v1/imports")
    for _ in range(2):
        send(officer, "schools", SCHOOLS)
    with django_assert_num_queries(2):
        assert len(body_of(officer.get("/api/v1/imports"))["items"]) == before + 2


def test_import__same_key_with_another_file_of_the_same_length__refused(officer):
    """And with the same file, sent again, the first answer."""
    first, other = (f"code,name_th,district,province\n1,{name},ข,ค\n" for name in ("กก", "งง"))

    def post(text: str):
        file = SimpleUploadedFile("schools.csv", text.encode(), "text/csv")
        fields = {"kind": "schools", "file": file}
        return officer.upload("/api/v1/imports", fields, Idempotency_Key="one-upload")

    made, again, reused = post(first), post(first), post(other)

    assert (made.status_code, again.status_code) == (202, 202)
    assert body_of(again)["id"] == body_of(made)["id"]
    assert (reused.status_code, body_of(reused)["code"]) == (422, "idempotency_key_reused")
