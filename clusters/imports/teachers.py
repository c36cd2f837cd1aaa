"""The schools' staff as a spreadsheet."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from accounts.actions.staff import StaffRow, create_staff_accounts, take_seats
from accounts.enums import Role, Scope
from accounts.queries import codes_without_account
from clusters.enums import Position, Standing
from clusters.imports.writing import write_rows
from clusters.models import School, Teacher
from core.actor import Actor
from core.bulk import among, update_rows
from core.imports.cells import choice, email, text
from core.imports.kinds import Checked, Column, ImportKind, Options, Row
from core.quotas import Quota, limit, quota_exceeded, used
from core.text import Text

UNKNOWN_SCHOOL = Text("ไม่มีโรงเรียนที่ใช้รหัสนี้", "No school has this code.")
_NAME_PARTS = ("prefix", "first_name", "last_name")


def _complete(row: Row, _options: Options) -> None:
    """A name in three columns becomes one: `นาง` `เสาวณี` `ใจดี` → `นางเสาวณี ใจดี`."""
    prefix, first, last = (row.pop(part, "") for part in _NAME_PARTS)
    if "name_th" not in row and first:
        row["name_th"] = f"{prefix}{first} {last}".strip()


def schools_by_code() -> dict[str, UUID]:
    return dict(School.objects.values_list("code", "pk"))


def _check(rows: Sequence[Row], options: Options) -> Checked:
    schools = schools_by_code()
    codes = among(row["staff_code"] for row in rows)
    known = Teacher.objects.filter(staff_code__in=codes).values_list("staff_code", flat=True)
    strangers = {i for i, row in enumerate(rows) if row["school_code"] not in schools}
    problems = [(i, "school_code", "unknown_school", UNKNOWN_SCHOOL) for i in sorted(strangers)]
    if options.get("create_accounts"):
        staying = ((i, row["staff_code"]) for i, row in enumerate(rows) if i not in strangers)
        problems += _beyond_quota(dict(staying))
    return Checked(problems=problems, known=set(known))


def _beyond_quota(codes: Mapping[int, str]) -> list[tuple[int, str, str, Text]]:
    """The rows for whose accounts no seat is left, as far as can be told now."""
    most = limit(Quota.USERS)
    if most is None:
        return []
    present = used(Quota.USERS)
    told = quota_exceeded(Quota.USERS, present, most)
    newcomers = codes_without_account(codes.values())
    waiting = [index for index, code in codes.items() if code.lower() in newcomers]
    return [(i, "", told.code, told.message) for i in waiting[max(0, most - present) :]]


def _begin(rows: Sequence[Row], options: Options) -> None:
    """Seats that were free when the file was checked may be taken by now."""
    if options.get("create_accounts"):
        take_seats(row["staff_code"] for row in rows)


def _apply(rows: Sequence[Row], options: Options, actor: Actor) -> Mapping[str, int]:
    schools = schools_by_code()
    fields = [_fields(row, schools) for row in rows if row["school_code"] in schools]
    _begin(fields, options)
    counts = dict(
        write_rows(Teacher, fields, key="staff_code", verb="clusters.teacher", actor=actor)
    )
    if len(fields) < len(rows):
        counts["left_out"] = len(rows) - len(fields)  # their school's code has changed since
    if options.get("create_accounts"):
        counts["accounts"] = _give_accounts(fields, actor)
    return counts


def _fields(row: Row, schools: Mapping[str, UUID]) -> dict[str, Any]:
    fields = {name: value for name, value in row.items() if name != "school_code"}
    return {**fields, "school_id": schools[row["school_code"]]}


def _give_accounts(fields: Sequence[Mapping[str, Any]], actor: Actor) -> int:
    """An account for each, tied to the staff record; the number that had none before."""
    users = create_staff_accounts(
        [
            StaffRow(
                each["staff_code"],
                each["name_th"],
                Role.TEACHER,
                Scope.SCHOOL,
                each["school_id"],
            )
            for each in fields
        ],
        actor=actor,
    )
    user_of = {each["staff_code"]: user for each, user in zip(fields, users, strict=True)}
    without = Teacher.objects.filter(staff_code__in=among(user_of), user__isnull=True)
    untied = list(without.select_for_update().values_list("pk", "staff_code"))
    update_rows(Teacher, [{"id": pk, "user_id": user_of[code].pk} for pk, code in untied])
    return len(untied)


TEACHERS = ImportKind(
    name="teachers",
    columns=(
        Column(
            "staff_code",
            ("รหัสบุคลากร", "รหัสครู", "เลขตำแหน่ง", "เลขที่ตำแหน่ง", "staff id", "teacher code"),
            text(30),
            required=True,
        ),
        Column(
            "name_th",
            ("ชื่อ-นามสกุล", "ชื่อ-สกุล", "ชื่อและนามสกุล", "ชื่อครู", "full name", "name"),
            text(160),
            required=True,
        ),
        Column("prefix", ("คำนำหน้า", "คำนำหน้าชื่อ", "title"), text(30)),
        Column("first_name", ("ชื่อ", "ชื่อตัว", "given name"), text(60)),
        Column("last_name", ("นามสกุล", "สกุล", "ชื่อสกุล", "surname", "family name"), text(60)),
        Column(
            "school_code",
            ("รหัสโรงเรียน", "รหัสสถานศึกษา", "school", "percode", "SMIS"),
            text(20),
            required=True,
        ),
        Column("position", ("ตำแหน่ง",), choice(Position, {"ผอ.": Position.DIRECTOR})),
        Column("standing", ("วิทยฐานะ", "academic standing"), choice(Standing, {"-": "none"})),
        Column("email", ("อีเมล", "อีเมล์", "e-mail"), email),
    ),
    key=lambda row: str(row["staff_code"]),
    check=_check,
    apply=_apply,
    complete=_complete,
    begin=_begin,
    options=("create_accounts",),
)
