"""Buddhist era, academic and fiscal years."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.dates import (
    academic_term,
    academic_year,
    academic_year_days,
    buddhist_year,
    common_year,
    fiscal_year,
    fiscal_year_days,
    parse_date,
    short_thai_date,
    term_days,
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
    assert academic_term(day) == expected


@given(DAYS)
def test_academic_and_fiscal_year__every_day__lies_inside_its_own(day):
    first, last = academic_year_days(academic_year(day))
    assert first <= day <= last
    assert academic_year(last + timedelta(days=1)) == academic_year(day) + 1
    first, last = term_days(*academic_term(day))
    assert first <= day <= last
    first, last = fiscal_year_days(fiscal_year(day))
    assert first <= day <= last


@given(st.integers(1900, 2300))
def test_term_days__of_a_year__cover_it_without_gap(year):
    first, second = term_days(year, 1), term_days(year, 2)
    assert (first[0], second[1]) == academic_year_days(year)
    assert first[1] + timedelta(days=1) == second[0]
