"""How an office enters its area: spreadsheets, checked row by row before anything is written."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from backend.demo.people import LABEL, people
from backend.demo.visitor import DemoError, Visitor, say

SCHOOLS_FILE = Path(__file__).parent / "data" / "buriram4_schools.csv"
STAFF_OF_A_SCHOOL = 10
STAFF_PREFIX = "BR4"
MENDED = "staff-mended.xlsx"

Row = Sequence[str]


def enter_schools(officer: Visitor) -> None:
    """The public list bears no codes: KruNet makes some up and marks them as made up."""
    content = SCHOOLS_FILE.read_bytes()
    _import(officer, "schools", "schools.csv", content, generate_codes="true")


def enter_memberships(officer: Visitor, schools: Iterable[dict[str, Any]], since: str) -> None:
    """One cluster for each district, founded by its first row; each school joins its own."""
    heading = ("รหัสกลุ่ม", "ชื่อกลุ่ม", "รหัสโรงเรียน", "วันที่เข้าร่วม")
    districts = [school["district"] for school in schools]
    code = {each: f"N{number}" for number, each in enumerate(sorted(set(districts)), start=1)}
    rows = [
        (code[each["district"]], f"ศูนย์เครือข่ายวิชาการ{each['district']}", each["code"], since)
        for each in schools
    ]
    _import(officer, "cluster_memberships", "memberships.csv", _as_csv([heading, *rows]))


def enter_staff(officer: Visitor, schools: Sequence[dict[str, Any]], count: int) -> None:
    """First a sheet with two slips of the pen, which are told and write nothing; then mended."""
    heading = ("รหัสบุคลากร", "ชื่อ-นามสกุล", "รหัสโรงเรียน", "ตำแหน่ง")
    rows = [*_staff(schools, count)]
    slips = [list(row) for row in rows]
    slips[1][2], slips[4][3] = "31049999", "คุณครู"
    if not _is_entered(officer, "teachers", MENDED):
        _check(officer, "teachers", "staff.xlsx", _as_xlsx([heading, *slips]))
    _import(officer, "teachers", MENDED, _as_xlsx([heading, *rows]), create_accounts="true")


def _staff(schools: Sequence[dict[str, Any]], count: int) -> Iterator[Row]:
    """Ten for each school in turn, its director first."""
    for place, person in enumerate(people(count, prefix=STAFF_PREFIX)):
        school = schools[place // STAFF_OF_A_SCHOOL % len(schools)]
        position = "ครู" if place % STAFF_OF_A_SCHOOL else "ผู้อำนวยการโรงเรียน"
        yield person.staff_code, f"{person.name_th} ({LABEL})", school["code"], position


# --- Sending -----------------------------------------------------------------------------------
def _is_entered(officer: Visitor, kind: str, name: str) -> bool:
    done = officer.all("imports", kind=kind, state="applied")
    return any(each["file_name"] == name for each in done)


def _import(officer: Visitor, kind: str, name: str, content: bytes, **options: str) -> None:
    """Check and apply, unless an earlier run has. Applied twice, a sheet changes nothing."""
    if _is_entered(officer, kind, name):
        return
    batch = _check(officer, kind, name, content, **options)
    applying = officer.post(f"imports/{batch['id']}/apply", {})
    for done, total in officer.progress(applying["job_id"]):
        say(f"      {done} of {total} rows written")
    written = officer.get(f"imports/{batch['id']}")["written"]
    say("      " + ", ".join(f"{count} {what}" for what, count in written.items() if count))


def _check(officer: Visitor, kind: str, name: str, content: bytes, **options: str) -> Any:
    """Send a sheet and print what is wrong with it; nothing but the sheet is stored so far."""
    sent = officer.upload("imports", name, content, kind=kind, **options)
    officer.finished(sent["job_id"])
    batch = officer.get(f"imports/{sent['id']}")
    if batch["state"] != "checked":
        raise DemoError(f"{name} is {batch['state']}: {batch['problems']}")
    say(f"   {name}: {batch['row_count']} rows, {batch['problem_count']} with a problem")
    for problem in batch["problems"]:
        say(f"      row {problem['row']}, {problem['column']}: {problem['detail']}")
    return batch


def _as_csv(rows: Iterable[Row]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")  # as Excel writes it


def _as_xlsx(rows: Iterable[Row]) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return content.getvalue()
