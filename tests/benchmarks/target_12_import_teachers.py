"""Target 12: 5,000 teachers from a spreadsheet, against pandas and COPY into the same table."""

import io
import time
from collections.abc import Iterator
from statistics import median
from typing import Any
from uuid import UUID

import pandas as pd
from django.db import connection
from django.utils import timezone
from django_tenants.utils import schema_context
from psycopg import sql

from clusters.models import School, Teacher
from core.actor import Actor, ActorKind
from core.ids import new_id
from core.imports.actions import apply_import, start_import
from core.imports.enums import ImportState
from core.imports.models import ImportBatch
from core.jobs.actions import run_job
from core.thai import sort_key
from tests.benchmarks.areas import make_area
from tests.core.sheets import xlsx

TEACHERS, SCHOOLS, ROUNDS = 5_000, 150, 9
WORK = f"import {TEACHERS:,} teachers from XLSX, checked row by row, with journal; pandas and COPY"
_OFFICER = Actor(kind=ActorKind.USER, id=UUID(int=1))
_HEADINGS = ("รหัสบุคลากร", "คำนำหน้า", "ชื่อ", "นามสกุล", "รหัสโรงเรียน", "ตำแหน่ง", "วิทยฐานะ", "อีเมล")
_COLUMNS = [
    *("id", "version", "created_at", "updated_at", "staff_code", "name_th", "sort_key"),
    *("school_id", "position", "standing", "email", "is_synthetic"),
]


def run() -> Iterator[dict[str, Any]]:
    area, content = make_area("import"), xlsx([_HEADINGS, *map(_teacher, range(TEACHERS))])
    with schema_context(area.schema_name):
        _make_schools()
        times = [(_timed(_import, content), _timed(_copy, content)) for _ in range(ROUNDS + 1)]
    connection.close()
    ours, yardstick = (median(each) for each in zip(*times[1:], strict=True))
    yield {
        "target": 12,
        "work": WORK,
        "ours": round(ours, 2),
        "yardstick": round(yardstick, 2),
        "unit": "s",
        "ratio": round(ours / yardstick, 1),
        "goal": "≤ 3",
    }


def _teacher(number: int) -> tuple[str, ...]:
    return (
        f"BR4-{number:05}",
        "นางสาว",
        f"ชื่อที่{number}",
        f"นามสกุลที่{number}",
        f"3104{number % SCHOOLS:04}",
        "ครู",
        "ชำนาญการ",
        f"teacher{number}@example.go.th",
    )


def _make_schools() -> None:
    names = [f"โรงเรียนที่ {number}" for number in range(SCHOOLS)]
    School.objects.bulk_create(
        School(
            code=f"3104{number:04}",
            name_th=name,
            district="สตึก",
            province="บุรีรัมย์",
            sort_key=sort_key(name),
        )
        for number, name in enumerate(names)
    )


def _timed(work: Any, content: bytes) -> float:
    """Seconds until all teachers are there, into an empty table."""
    Teacher.objects.all().delete()
    began = time.perf_counter()
    work(content)
    took = time.perf_counter() - began
    count = Teacher.objects.filter(position="teacher", standing="professional").count()
    if count != TEACHERS:
        raise RuntimeError(f"{count} teachers")
    return took


def _import(content: bytes) -> None:
    batch = start_import(
        kind="teachers", file_name="teachers.xlsx", content=content, options={}, actor=_OFFICER
    )
    run_job(_job_of(batch))
    batch.refresh_from_db()
    batch = apply_import(batch, skip_problem_rows=False, actor=_OFFICER)
    run_job(_job_of(batch))
    batch.refresh_from_db()
    if batch.state != ImportState.APPLIED:
        raise RuntimeError(str(batch.state))


def _job_of(batch: ImportBatch) -> UUID:
    if batch.job_id is None:
        raise RuntimeError("no job")
    return batch.job_id


def _copy(content: bytes) -> None:
    """What a script would do: no checks, no journal, names sorted as they are."""
    schools = dict(School.objects.values_list("code", "pk"))
    frame = pd.read_excel(io.BytesIO(content), engine="calamine", dtype=str)
    frame.columns = pd.Index(
        ["staff_code", "prefix", "first", "last", "school", "position", "standing", "email"]
    )
    frame["name_th"] = frame["prefix"] + frame["first"] + " " + frame["last"]
    frame["sort_key"] = frame["name_th"]
    frame["school_id"] = frame["school"].map(schools)
    frame["position"] = frame["position"].map({"ครู": "teacher"})
    frame["standing"] = frame["standing"].map({"ชำนาญการ": "professional"})
    frame["id"] = [new_id() for _ in range(len(frame))]
    frame["version"], frame["is_synthetic"] = 1, False
    frame["created_at"] = frame["updated_at"] = timezone.now().isoformat()
    names = sql.SQL(", ").join(map(sql.Identifier, _COLUMNS))
    statement = sql.SQL("COPY clusters_teacher ({}) FROM STDIN (FORMAT csv)").format(names)
    text = frame[_COLUMNS].to_csv(header=False, index=False)
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(text)
