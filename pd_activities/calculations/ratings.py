"""Observation forms and ratings: what a well-formed one is."""

from collections.abc import Iterator, Mapping
from typing import Any


def wrong_ratings(document: Mapping[str, Any], ratings: Mapping[str, int]) -> Iterator[str]:
    """Codes that the form does not have, or whose rating is off its scale 1..scale_max."""
    known = {criterion["code"] for criterion in document["criteria"]}
    for code, rating in ratings.items():
        if code not in known or not 1 <= rating <= document["scale_max"]:
            yield code


def repeated_codes(document: Mapping[str, Any]) -> list[str]:
    codes = [criterion["code"] for criterion in document["criteria"]]
    return sorted({code for code in codes if codes.count(code) > 1})
