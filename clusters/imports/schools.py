"""The register of schools as a spreadsheet."""

import hashlib
from collections.abc import Mapping, Sequence

from clusters.imports.writing import write_rows
from clusters.models import School
from core.actor import Actor
from core.imports.cells import text, whole_number
from core.imports.kinds import Checked, Column, ImportKind, Options, Row

MOST_PUPILS = 100_000
_MADE_UP_CODES = 10_000_000  # seven digits behind a 9, with which no area's number begins


def made_up_code(name: str, subdistrict: str) -> str:
    """Eight digits, valid in form, the same for the same school every time."""
    digest = hashlib.sha256(f"{name}|{subdistrict}".encode()).digest()
    return f"9{int.from_bytes(digest[:8]) % _MADE_UP_CODES:07}"


def _complete(row: Row, options: Options) -> None:
    if options.get("generate_codes") and "code" not in row and "name_th" in row:
        row["code"] = made_up_code(row["name_th"], row.get("subdistrict", ""))
        row["code_is_official"] = False


def _check(rows: Sequence[Row], _options: Options) -> Checked:
    return Checked(known=set(School.objects.values_list("code", flat=True)) if rows else set())


def _apply(rows: Sequence[Row], _options: Options, actor: Actor) -> Mapping[str, int]:
    return write_rows(School, rows, key="code", verb="clusters.school", actor=actor)


SCHOOLS = ImportKind(
    name="schools",
    columns=(
        Column(
            "code",
            ("รหัสโรงเรียน", "รหัสสถานศึกษา", "รหัส SMIS", "รหัสกระทรวง", "school code", "percode"),
            text(20),
            required=True,
        ),
        Column(
            "name_th",
            ("ชื่อโรงเรียน", "ชื่อสถานศึกษา", "โรงเรียน", "school name", "name"),
            text(160),
            required=True,
        ),
        Column("name_en", ("ชื่อภาษาอังกฤษ", "ชื่อโรงเรียนภาษาอังกฤษ", "english name"), text(160)),
        Column("subdistrict", ("ตำบล", "แขวง", "tambon"), text(60)),
        Column("district", ("อำเภอ", "เขต", "amphoe"), text(60), required=True),
        Column("province", ("จังหวัด", "changwat"), text(60), required=True),
        Column("levels", ("ระดับชั้น", "ระดับที่เปิดสอน", "level"), text(60)),
        Column(
            "pupil_count",
            ("จำนวนนักเรียน", "นักเรียน", "pupils", "students"),
            whole_number(MOST_PUPILS),
        ),
    ),
    key=lambda row: str(row["code"]),
    check=_check,
    apply=_apply,
    complete=_complete,
    options=("generate_codes",),
)
