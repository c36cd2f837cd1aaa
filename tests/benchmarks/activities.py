"""The rows of targets 4 and 5: some schools, their teachers, 20,000 activity logs."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

SCHOOLS, TEACHERS, LOGS = 5, 100, 20_000
_FIRST_DAY = date(2025, 5, 16)
_REFLECTION = "ผู้เรียนมีส่วนร่วมมากขึ้นเมื่อได้ลงมือทำเอง ครั้งต่อไปจะลดเวลาบรรยายลง"


@dataclass(frozen=True)
class Rows:
    """Equal in every run and every project, by column."""

    schools: list[dict[str, Any]] = field(default_factory=lambda: list(_schools()))
    teachers: list[dict[str, Any]] = field(default_factory=lambda: list(_teachers()))
    logs: list[dict[str, Any]] = field(default_factory=lambda: list(_logs()))


def _schools() -> Iterator[dict[str, Any]]:
    for number in range(SCHOOLS):
        yield {"id": _id(1, number), "code": f"3104{number:04}", "name_th": f"โรงเรียนที่ {number}"}


def _teachers() -> Iterator[dict[str, Any]]:
    for number in range(TEACHERS):
        yield {
            "id": _id(2, number),
            "staff_code": f"BR4-{number:05}",
            "name_th": f"ครูคนที่ {number}",
            "school_id": _id(1, number % SCHOOLS),
        }


def _logs() -> Iterator[dict[str, Any]]:
    for number in range(LOGS):
        day = _FIRST_DAY + timedelta(days=number // 60)
        began = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
        teacher = number % TEACHERS
        yield {
            "id": _id(3, number),
            "teacher_id": _id(2, teacher),
            "school_id": _id(1, teacher % SCHOOLS),
            "occurred_on": day,
            "started_at": began,
            "ended_at": began + timedelta(minutes=90),
            "minutes": 90,
            "kind": "plc",
            "title": f"วง PLC ครั้งที่ {number}",
            "reflection": _REFLECTION,
        }


def _id(kind: int, number: int) -> UUID:
    return UUID(int=kind << 96 | number)
