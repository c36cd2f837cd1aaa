"""What can be wrong with an activity log beyond its shape."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from core.errors import FieldProblem
from core.text import Text

MOST_MINUTES = 24 * 60
EARLIEST = date(2000, 1, 1)

_FUTURE = Text("ยังไม่ถึงวันนั้น", "That day has not come yet.")
_PAST = Text("เก่าเกินไป กรุณาตรวจสอบว่าเป็นปี ค.ศ.", "Too long ago; is it a year CE?")
_BOTH_TIMES = Text("ต้องส่งทั้งเวลาเริ่มและเวลาจบ", "Send both times or neither.")
_ORDER = Text("ต้องอยู่หลังเวลาเริ่ม และไม่เกิน 24 ชั่วโมง", "Must come after the start, within 24 hours.")
_NO_MINUTES = Text("ต้องส่งจำนวนนาที หรือเวลาเริ่มและเวลาจบ", "Send minutes, or both times.")
_TOO_MANY = Text("มากกว่าเวลาตั้งแต่เริ่มจนจบ", "More than the time from start to end.")


def with_minutes(draft: Mapping[str, Any]) -> dict[str, Any]:
    """The draft with `minutes` reckoned from its two times, where it has none."""
    started_at, ended_at = draft.get("started_at"), draft.get("ended_at")
    if draft.get("minutes") is not None or started_at is None or ended_at is None:
        return dict(draft)
    return {**draft, "minutes": (ended_at - started_at) // timedelta(minutes=1)}


def problems_with(draft: Mapping[str, Any], today: date) -> list[FieldProblem]:
    """All that is wrong with a draft that went through `with_minutes`."""
    problems = []
    if draft["occurred_on"] > today:
        problems.append(FieldProblem("/occurred_on", "future", _FUTURE))
    if draft["occurred_on"] < EARLIEST:
        problems.append(FieldProblem("/occurred_on", "past", _PAST))
    problems += _wrong_times(draft.get("started_at"), draft.get("ended_at"))
    if not problems:
        problems += _wrong_minutes(draft)
    return problems


def _wrong_times(started_at: datetime | None, ended_at: datetime | None) -> list[FieldProblem]:
    if started_at is None and ended_at is None:
        return []
    if started_at is None or ended_at is None:
        name = "/started_at" if started_at is None else "/ended_at"
        return [FieldProblem(name, "required", _BOTH_TIMES)]
    if not timedelta(minutes=1) <= ended_at - started_at <= timedelta(minutes=MOST_MINUTES):
        return [FieldProblem("/ended_at", "out_of_range", _ORDER)]
    return []


def _wrong_minutes(draft: Mapping[str, Any]) -> list[FieldProblem]:
    minutes = draft.get("minutes")
    if minutes is None:
        return [FieldProblem("/minutes", "required", _NO_MINUTES)]
    if draft.get("started_at") is not None:
        most = (draft["ended_at"] - draft["started_at"]) // timedelta(minutes=1)
        if minutes > most:
            return [FieldProblem("/minutes", "out_of_range", _TOO_MANY)]
    return []
