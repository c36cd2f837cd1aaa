"""What an area takes along: every table in open formats, verified without us, and no secret."""

import csv
import hashlib
import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.db import connection
from django_tenants.utils import schema_context
from psycopg import sql

from consensus.models import Panelist
from tenants.archive import tables as forms
from tenants.archive.contents import left_out, secret_columns
from tenants.rows import snapshot, tables_of
from tests.client import body_of

LEAVING = "/api/v1/leaving"
_SECRETIVE = re.compile(
    r"password|token|digest|secret|credential|session_(key|data)|private|recovery|^key$"
)


@pytest.fixture
def admin(api):
    return api.as_("area_admin")


def _archive(client) -> zipfile.ZipFile:
    answer = client.get(f"{LEAVING}/archive")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def test_archive__every_table__same_rows_as_csv_and_json(admin, world):
    archive = _archive(admin)
    manifest = json.loads(archive.read("manifest.json"))
    names = set(archive.namelist())

    assert {each["name"] for each in manifest["files"]} | {"manifest.json"} == names
    for each in manifest["files"]:
        content = archive.read(each["name"])
        assert (len(content), hashlib.sha256(content).hexdigest()) == (
            each["bytes"],
            each["sha256"],
        )
    with schema_context("a_t1"), connection.cursor() as cursor:
        for table, count in manifest["tables"].items():
            cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
            assert cursor.fetchone() == (count,), table
            text = archive.read(f"csv/{table}.csv").decode()
            rows = list(csv.DictReader(io.StringIO(text, newline="")))
            lines = [json.loads(line) for line in archive.read(f"json/{table}.jsonl").splitlines()]
            assert len(rows) == len(lines) == count, table
            for row, line in zip(rows, lines, strict=True):
                assert list(row) == list(line)
                assert row.get("id", "") == str(line.get("id", ""))
    assert manifest["tables"]["clusters_school"] > 0


def test_archive__awkward_texts__kept_in_json_and_no_formula_in_csv(api, admin):
    awkward = '=1+1\n"two" \\ lines\\n\tทดสอบ'
    body = {"code": "1", "name_th": awkward, "district": "สตึก", "province": "บุรีรัมย์"}
    made = body_of(api.as_("officer").post("/api/v1/schools", body))
    with schema_context("a_t1"):  # the snapshot reads what is committed; this test never commits
        stored = _column("clusters_school", "name_th", made["id"])
    assert stored["json"] == made["name_th"]
    assert stored["csv"] == "'" + made["name_th"]


def _column(table: str, column: str, pk: str) -> dict[str, str]:
    """One cell as both forms have it, read in this test's own transaction."""
    with connection.cursor() as cursor:
        (found,) = [each for each in tables_of(cursor) if each.name == table]

        class Here:
            def copy(self, query):
                with connection.cursor() as inner, inner.copy(query) as copy:
                    yield from map(bytes, copy)

        rows = csv.DictReader(
            io.StringIO(b"".join(forms.as_csv(Here(), found)).decode(), newline="")
        )
        lines = b"".join(forms.as_json_lines(Here(), found)).splitlines()
    by_json = {each["id"]: each[column] for each in map(json.loads, lines)}
    return {"csv": {row["id"]: row[column] for row in rows}[pk], "json": by_json[pk]}


def test_archive__unpacked__verified_by_what_it_encloses_and_tampering_shows(admin, tmp_path):
    _archive(admin).extractall(tmp_path)

    good = _verify(tmp_path)
    (tmp_path / "csv" / "clusters_school.csv").write_text("nothing")
    (tmp_path / "json" / "clusters_teacher.jsonl").unlink()
    (tmp_path / "more.txt").write_text("x")
    bad = _verify(tmp_path)

    assert (good.returncode, bad.returncode) == (0, 1)
    assert ", 0 problems" in good.stdout
    digest = hashlib.sha256((tmp_path / "manifest.json").read_bytes()).hexdigest()
    assert digest in good.stdout
    for name in (
        "clusters_school.csv was changed",
        "clusters_teacher.jsonl is missing",
        "more.txt",
    ):
        assert name in bad.stdout


def _verify(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "verify.py"], cwd=folder, capture_output=True, text=True, check=False
    )


def test_archive__columns__every_secret_stays_behind():
    """A new column with a telling name has to be decided on."""
    with snapshot("a_t1") as rows:
        tables = rows.tables()
        leaves = [
            f"{table.name}.{column.name}"
            for table in forms.exported(tables)
            for column in table.columns
            if _SECRETIVE.search(column.name) or column.type == "bytea"
        ]
    assert leaves == []
    names = {table.name for table in tables}
    assert set(left_out()) <= names
    columns = {f"{table.name}.{column.name}" for table in tables for column in table.columns}
    assert set(secret_columns()) <= columns


def test_archive__delphi__nobody_is_named_and_no_answer_is_tied_to_a_seat(admin, world):
    archive = _archive(admin)
    with schema_context("a_t1"):
        people = [*Panelist.objects.values_list("name", "email", "seat_id")]
    assert people
    for name in archive.namelist():
        content = archive.read(name)
        for person, email, seat in people:
            assert person.encode() not in content, name
            assert not email or email.encode() not in content, name
            assert str(seat).encode() not in content, name
    assert not [name for name in archive.namelist() if "consensus_rating" in name]
    told = json.loads(archive.read("manifest.json"))["left_out"]
    assert told["consensus_panelist"]["en"]


def test_archive__made_files__are_files(admin):
    archive = _archive(admin)
    (name,) = [each for each in archive.namelist() if each.startswith("files/")]
    assert name.endswith("/รายงาน.json")
    assert json.loads(archive.read(name)) == {"area": "area-t1"}
