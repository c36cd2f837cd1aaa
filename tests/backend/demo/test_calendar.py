from datetime import date, timedelta

from backend.demo.calendar import saturday_before
from core.dates import USUAL_CALENDAR


def test_saturday_before__any_day__its_week_is_over_and_in_one_academic_year():
    for number in range(3 * 365):
        day = date(2026, 1, 1) + timedelta(days=number)
        saturday = saturday_before(day)
        thursday = saturday + timedelta(days=5)

        assert saturday.strftime("%A") == "Saturday"
        assert day - timedelta(days=20) < saturday < thursday < day
        assert USUAL_CALENDAR.year_of(saturday) == USUAL_CALENDAR.year_of(thursday)
