"""Hours that the rules ask for, and how far someone is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.dates import AcademicCalendar


@dataclass(frozen=True)
class Requirement:
    """So many credit minutes within the present academic year and the `years - 1` before it.

    `kinds` of hours that count, all if empty; `standings` of which it is asked, all if empty.
    """

    credit_minutes: int
    years: int = 1
    kinds: tuple[str, ...] = ()
    standings: tuple[str, ...] = ()

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "Requirement":
        lists = {name: tuple(document.get(name, ())) for name in ("kinds", "standings")}
        return cls(**{**document, **lists})


@dataclass(frozen=True)
class Progress:
    """What of a requirement was credited from its first to its last day."""

    requirement: Requirement
    first_day: date
    last_day: date
    credited_minutes: int

    @property
    def missing_minutes(self) -> int:
        return max(0, self.requirement.credit_minutes - self.credited_minutes)


def progress(
    requirements: Iterable[Requirement],
    *,
    standing: str,
    year: int,
    credited: Mapping[tuple[int, str], int],
    calendar: AcademicCalendar,
) -> list[Progress]:
    """Of someone of this standing, at the end of this academic year, in the rules' order.

    `credited` holds credit minutes by academic year and kind.
    """
    return [
        _progress(each, year, credited, calendar)
        for each in requirements
        if not each.standings or standing in each.standings
    ]


def _progress(
    asked: Requirement,
    year: int,
    credited: Mapping[tuple[int, str], int],
    calendar: AcademicCalendar,
) -> Progress:
    first = year - asked.years + 1
    minutes = sum(
        minutes
        for (when, kind), minutes in credited.items()
        if first <= when <= year and (not asked.kinds or kind in asked.kinds)
    )
    return Progress(asked, calendar.days_of(first)[0], calendar.days_of(year)[1], minutes)
