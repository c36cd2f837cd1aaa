"""How an area's academic years go."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from rest_framework import serializers

from core.api.serializers import Serializer
from core.area_settings.kinds import SettingDocument, SettingKind, register_kind
from core.area_settings.queries import document_of, versions_of
from core.dates import USUAL_PLAN, AcademicCalendar, YearPlan
from core.errors import invalid
from core.text import Text

_COMMON_YEAR = 2001  # has no 29 February, which cannot begin anything every year


class DayOfYearSerializer(Serializer):
    month = serializers.IntegerField(min_value=1, max_value=12)
    day = serializers.IntegerField(min_value=1, max_value=31)


class CalendarSerializer(Serializer):
    """A change moves the starts that are still to come, and none into the past: a year or term
    that has begun by then goes on until the next one begins by the new dates."""

    year_starts = DayOfYearSerializer(help_text="first day of the academic year and its first term")
    second_term_starts = DayOfYearSerializer(help_text="later in the same calendar year")


@dataclass(frozen=True)
class CalendarDocument(SettingDocument):
    plan: YearPlan = USUAL_PLAN

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        named = (document[name] for name in ("year_starts", "second_term_starts"))
        return cls(YearPlan(*((each["month"], each["day"]) for each in named)))

    def check(self) -> None:
        for name, (month, day) in vars(self.plan).items():
            _check_day(name, month, day)
        if self.plan.year_starts >= self.plan.second_term_starts:
            raise invalid(
                "/second_term_starts",
                "out_of_order",
                "ภาคเรียนที่สองต้องเริ่มหลังภาคเรียนแรกในปีปฏิทินเดียวกัน",
                "The second term begins after the first, in the same calendar year.",
            )

    def as_document(self) -> dict[str, Any]:
        return {
            name: {"month": month, "day": day} for name, (month, day) in vars(self.plan).items()
        }


def _check_day(name: str, month: int, day: int) -> None:
    try:
        date(_COMMON_YEAR, month, day)
    except ValueError:
        raise invalid(
            f"/{name}", "no_such_day", "ไม่มีวันนี้ในทุกปี", "Not every year has this day."
        ) from None


CALENDAR = register_kind(
    SettingKind(
        code="calendar",
        text=Text("ปฏิทินปีการศึกษา", "Academic calendar"),
        document=CalendarDocument,
        shape=CalendarSerializer,
    )
)


def area_calendar() -> AcademicCalendar:
    """The academic years and terms of the present area, with all changes that were adopted."""
    versions = versions_of(CALENDAR)
    return AcademicCalendar(
        (each.valid_from, document_of(CALENDAR, each).plan) for each in versions
    )
