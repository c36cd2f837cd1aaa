"""Parameters of addresses that several rooms read in the same way."""

from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from core.dates import YEARS
from core.errors import invalid

_ACADEMIC_YEAR = "academic_year"


def academic_year_parameter(description: str) -> OpenApiParameter:
    """For the document: the CE year in which an academic year begins."""
    bounds = {"type": "integer", "minimum": YEARS.start, "maximum": YEARS.stop - 1}
    return OpenApiParameter(_ACADEMIC_YEAR, bounds, description=description)


def asked_academic_year(request: Request) -> int | None:
    """The academic year that is asked for, or None. Raises InvalidInputError."""
    given = request.query_params.get(_ACADEMIC_YEAR)
    if given is None:
        return None
    if not given.isascii() or not given.isdigit() or int(given[:5]) not in YEARS:
        raise invalid(f"/{_ACADEMIC_YEAR}", "out_of_range", "ต้องเป็นปี ค.ศ.", "Must be a year CE.")
    return int(given)
