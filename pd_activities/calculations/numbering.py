"""How meetings, agenda items and resolutions are numbered on paper."""

import re

from core.dates import buddhist_year

_NUMBER = re.compile(r"([1-9][0-9]?)(?:\.([1-9][0-9]?))?")


def meeting_reference(number: int, year: int) -> str:
    """`3/2569`: the third meeting of the year 2026 CE."""
    return f"{number}/{buddhist_year(year)}"


def resolution_reference(meeting: str, agenda_number: str) -> str:
    """`3/2569-4.2`: the resolution under agenda item 4.2 of meeting 3/2569."""
    return f"{meeting}-{agenda_number}"


def agenda_place(number: str) -> int | None:
    """Where `4.2` stands: 402, so that 4.10 comes after 4.9; None if it is no such number."""
    match = _NUMBER.fullmatch(number)
    if match is None:
        return None
    return int(match[1]) * 100 + int(match[2] or 0)
