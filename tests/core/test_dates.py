"""Buddhist era, academic and fiscal years."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.dates import (
    USUAL_CALENDAR,
    AcademicCalendar,
    YearPlan,
    buddhist_year,
    common_year,
    fiscal_year,
    fiscal_year_days,
    parse_date,
    short_thai_date,
    thai_date,
    thai_month,
)

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2300, 12, 31))


def test_thai_date__a_day__in_words():
    day = date(2026, 11, 21)
    assert thai_date(day) == "21 พฤศจิกายน 2569"
    assert short_thai_date(day) == "21 พ.ย. 2569"
    assert thai_month(day) == "พฤศจิกายน 2569"


def test_buddhist_year__already_buddhist__refused():
    assert buddhist_year(2026) == 2569
    with pytest.raises(ValueError, match="already"):
        buddhist_year(2569)


@given(DAYS)
def test_parse_date__whatever_we_write__read_back(day):
    written = (
        thai_date(day),
        short_thai_date(day),
        day.isoformat(),
        f"{day.day}/{day.month}/{buddhist_year(day.year)}",
        f"{day.day}/{day.month}/{day.year}",
    )
    assert {parse_date(text) for text in written} == {day}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("๒๑ พฤศจิกายน ๒๕๖๙", date(2026, 11, 21)),
        ("วันที่ 1 เม.ย. พ.ศ. 2560", date(2017, 4, 1)),
        ("29/02/2567", date(2024, 2, 29)),
    ],
)
def test_parse_date__as_people_type_it(text, day):
    assert parse_date(text) == day


@pytest.mark.parametrize("text", ["", "31/2/2569", "21 Nov 2026", "2569", "29/02/2569"])
def test_parse_date__no_date__value_error(text):
    with pytest.raises(ValueError):  # noqa: PT011  (datetime words it its own way)
        parse_date(text)


@given(DAYS)
def test_common_year__of_a_buddhist_year__undoes_it_once(day):
    assert common_year(buddhist_year(day.year)) == day.year
    assert common_year(common_year(buddhist_year(day.year))) == day.year


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 5, 15), (2025, 2)),
        (date(2026, 5, 16), (2026, 1)),
        (date(2026, 10, 31), (2026, 1)),
        (date(2026, 11, 1), (2026, 2)),
        (date(2027, 1, 1), (2026, 2)),
    ],
)
def test_academic_term__around_its_borders(day, expected):
    assert USUAL_CALENDAR.term_of(day) == expected


@given(DAYS)
def test_fiscal_year__every_day__lies_inside_its_own(day):
    first, last = fiscal_year_days(fiscal_year(day))
    assert first <= day <= last


_IN_YEAR = st.dates(date(2001, 1, 1), date(2001, 12, 31)).map(lambda day: (day.month, day.day))
_PLANS = (
    st.tuples(_IN_YEAR, _IN_YEAR)
    .filter(lambda pair: pair[0] < pair[1])
    .map(lambda pair: YearPlan(*pair))
)
_CHANGES = st.lists(
    st.tuples(st.dates(date(2020, 1, 1), date(2030, 12, 31)), _PLANS), max_size=5
).map(lambda changes: sorted(changes, key=lambda change: change[0]))


@given(_CHANGES)
def test_calendar__however_often_changed__years_and_terms_without_overlap_or_gap(changes):
    calendar = AcademicCalendar(changes)
    for year in range(2015, 2035):
        first, second = calendar.term_days(year, 1), calendar.term_days(year, 2)
        assert (first[0], second[1]) == calendar.days_of(year)
        assert first[0] <= first[1] < second[0] <= second[1]
        assert first[1] + timedelta(days=1) == second[0]
        assert second[1] + timedelta(days=1) == calendar.days_of(year + 1)[0]


@given(_CHANGES, DAYS)
def test_calendar__every_day__lies_inside_its_own_term(changes, day):
    calendar = AcademicCalendar(changes)
    year, term = calendar.term_of(day)
    assert year == calendar.year_of(day)
    first, last = calendar.term_days(year, term)
    assert first <= day <= last


@given(_CHANGES.filter(bool))
def test_calendar__one_more_change__days_before_it_stay_as_they_were(changes):
    *before, (since, plan) = changes
    was, now = AcademicCalendar(before), AcademicCalendar([*before, (since, plan)])
    for days in range(1, 800):
        day = since - timedelta(days=days)
        assert was.term_of(day) == now.term_of(day)


@pytest.mark.parametrize(
    ("since", "starts_2020", "second_2020", "starts_2021"),
    [
        # As in 2563, when schools opened on 1 July: told before the year would have begun.
        (date(2020, 4, 1), date(2020, 7, 1), date(2020, 12, 1), date(2021, 7, 1)),
        (date(2020, 5, 16), date(2020, 7, 1), date(2020, 12, 1), date(2021, 7, 1)),
        # The year has begun: its second term and the next year move.
        (date(2020, 6, 1), date(2020, 5, 16), date(2020, 12, 1), date(2021, 7, 1)),
        (date(2020, 11, 2), date(2020, 5, 16), date(2020, 11, 1), date(2021, 7, 1)),
    ],
)
def test_calendar__changed__starts_to_come_move(since, starts_2020, second_2020, starts_2021):
    calendar = AcademicCalendar([(since, YearPlan((7, 1), (12, 1)))])
    assert calendar.days_of(2020)[0] == starts_2020
    assert calendar.term_days(2020, 2)[0] == second_2020
    assert calendar.days_of(2021)[0] == starts_2021
    assert calendar.days_of(2019)[0] == date(2019, 5, 16)
