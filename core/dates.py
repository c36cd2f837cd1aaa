"""Thai time: Buddhist era, dates in words, academic and fiscal years.

Years are CE everywhere inside; the Buddhist era exists only where people read or type.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

BE_OFFSET = 543
FIRST_BE_YEAR = 2400  # a year from here on can only be meant as Buddhist era
YEARS = range(2000, 2200)  # CE, of what happens; others were mistyped
_FISCAL_YEAR_STARTS = (10, 1)  # month, day

MONTHS = (
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
)
_ABBREVIATED = (
    "ม.ค.",
    "ก.พ.",
    "มี.ค.",
    "เม.ย.",
    "พ.ค.",
    "มิ.ย.",
    "ก.ค.",
    "ส.ค.",
    "ก.ย.",
    "ต.ค.",
    "พ.ย.",
    "ธ.ค.",
)
_MONTH_NUMBERS = {
    name: number for names in (MONTHS, _ABBREVIATED) for number, name in enumerate(names, start=1)
}
_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_IN_WORDS = re.compile(r"(?:วันที่\s*)?(\d{1,2})\s+(\S+)\s+(?:พ\.ศ\.\s*)?(\d{4})")
_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00:00)?")


# --- Buddhist era ------------------------------------------------------------------------------
def buddhist_year(year: int) -> int:
    """2026 → 2569. Refuses a year that is Buddhist already."""
    if year >= FIRST_BE_YEAR:
        raise ValueError(f"{year} is a Buddhist year already")
    return year + BE_OFFSET


def common_year(year: int) -> int:
    """A year that a person typed, in either era, as CE: 2569 → 2026, 2026 → 2026."""
    return year - BE_OFFSET if year >= FIRST_BE_YEAR else year


def thai_date(day: date) -> str:
    """`21 พฤศจิกายน 2569`."""
    return f"{day.day} {MONTHS[day.month - 1]} {buddhist_year(day.year)}"


def short_thai_date(day: date) -> str:
    """`21 พ.ย. 2569`."""
    return f"{day.day} {_ABBREVIATED[day.month - 1]} {buddhist_year(day.year)}"


def thai_month(day: date) -> str:
    """`พฤศจิกายน 2569`."""
    return f"{MONTHS[day.month - 1]} {buddhist_year(day.year)}"


def parse_date(text: str) -> date:
    """A date as people type it: in Thai words, `21/11/2569` (day first) or ISO; either era.

    Raises ValueError.
    """
    plain = " ".join(text.translate(_THAI_DIGITS).split())
    if found := _ISO.fullmatch(plain):
        year, month, day = (int(part) for part in found.groups())
    elif found := _SLASHED.fullmatch(plain):
        day, month, year = (int(part) for part in found.groups())
    elif (found := _IN_WORDS.fullmatch(plain)) and found[2] in _MONTH_NUMBERS:
        day, month, year = int(found[1]), _MONTH_NUMBERS[found[2]], int(found[3])
    else:
        raise ValueError(f"{text!r} is no date")
    return date(common_year(year), month, day)


# --- Academic year -----------------------------------------------------------------------------
@dataclass(frozen=True)
class YearPlan:
    """On which (month, day) academic years and their second terms begin, both in one CE year."""

    year_starts: tuple[int, int] = (5, 16)
    second_term_starts: tuple[int, int] = (11, 1)


USUAL_PLAN = YearPlan()  # where no area has said otherwise


class AcademicCalendar:
    """Which academic year and term a day belongs to, also where the plan of years has changed.

    Years are named by the CE year in which they begin. A change moves the starts that are still to
    come on its day, and none into the past: so years and terms neither overlap nor leave a gap,
    and those that have begun stay as they were.
    """

    def __init__(self, changes: Iterable[tuple[date, YearPlan]] = ()) -> None:
        """`changes` in their order; before the first the usual plan holds."""
        self._changes = tuple(changes)
        self._known: dict[int, tuple[date, date]] = {}

    def year_of(self, day: date) -> int:
        """The CE year in which the academic year of this day began."""
        return day.year if day >= self._starts(day.year)[0] else day.year - 1

    def term_of(self, day: date) -> tuple[int, int]:
        """(academic year, term 1 or 2) of this day."""
        year = self.year_of(day)
        return year, 1 if day < self._starts(year)[1] else 2

    def days_of(self, year: int) -> tuple[date, date]:
        """First and last day of the academic year that begins in this CE year."""
        return self._starts(year)[0], self._starts(year + 1)[0] - timedelta(days=1)

    def term_days(self, year: int, term: int) -> tuple[date, date]:
        """First and last day of a term (1 or 2)."""
        first, last = self.days_of(year)
        second = self._starts(year)[1]
        return (first, second - timedelta(days=1)) if term == 1 else (second, last)

    def _starts(self, year: int) -> tuple[date, date]:
        """The first days of both terms."""
        if year not in self._known:
            self._known[year] = self._planned(year)
        return self._known[year]

    def _planned(self, year: int) -> tuple[date, date]:
        first, second = _starts_in(year, USUAL_PLAN)
        for since, plan in self._changes:
            new_first, new_second = _starts_in(year, plan)
            if first >= since and new_first >= since:
                first = new_first
            if second >= since and new_second >= since and new_second > first:
                second = new_second
        return first, second


def _starts_in(year: int, plan: YearPlan) -> tuple[date, date]:
    return date(year, *plan.year_starts), date(year, *plan.second_term_starts)


USUAL_CALENDAR = AcademicCalendar()


# --- Fiscal year: 1 October to 30 September, named by the year in which it ends ----------------
def fiscal_year(day: date) -> int:
    return day.year + 1 if (day.month, day.day) >= _FISCAL_YEAR_STARTS else day.year


def fiscal_year_days(year: int) -> tuple[date, date]:
    """First and last day of the fiscal year that ends in this CE year."""
    next_start = date(year, *_FISCAL_YEAR_STARTS)
    return date(year - 1, *_FISCAL_YEAR_STARTS), next_start - timedelta(days=1)
