"""When the story happens: in a week that is over, so that the demonstration works on any day."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from core.dates import USUAL_CALENDAR

_SATURDAY = 5
_LASTS = timedelta(days=5)


def saturday_before(day: date) -> date:
    """The last Saturday whose following Thursday is over, in the same academic year."""
    found = day - _LASTS - timedelta(days=1)
    found -= timedelta(days=(found.weekday() - _SATURDAY) % 7)
    if USUAL_CALENDAR.year_of(found) != USUAL_CALENDAR.year_of(found + _LASTS):
        found -= timedelta(days=7)
    return found


SATURDAY = saturday_before(timezone.localdate())
YEAR = USUAL_CALENDAR.year_of(SATURDAY)  # CE, in which it begins
FIRST_DAY, LAST_DAY = (day.isoformat() for day in USUAL_CALENDAR.days_of(YEAR))


def on(days: int) -> str:
    """The day so many days after the Saturday."""
    return (SATURDAY + timedelta(days=days)).isoformat()


def at(hour: float, days: int = 0) -> str:
    """An hour of that day, Thai time."""
    midnight = datetime.combine(SATURDAY + timedelta(days=days), time.min)
    return timezone.make_aware(midnight + timedelta(hours=hour)).isoformat()
