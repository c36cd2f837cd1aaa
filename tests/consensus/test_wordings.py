"""Codes in the words that panelists and certifiers read."""

import pytest

from consensus.protocol import parse_protocol
from consensus.wordings import certifying_words, section_text


@pytest.mark.parametrize(
    ("certification", "words"),
    [
        ({}, [(1, "No"), (2, "Yes")]),
        (
            {"rule": {"rule": "ioc"}},
            [(-1, "Not congruent"), (0, "Not sure"), (1, "Congruent")],
        ),
        (
            {"rule": {"rule": "median_iqr"}},
            [(1, "Least"), (2, "Little"), (3, "Moderate"), (4, "Much"), (5, "Most")],
        ),
        ({"points": 3}, [(1, "1"), (2, "2"), (3, "3")]),
    ],
)
def test_certifying_words__each_rule__every_value_in_order(certification, words):
    protocol = parse_protocol({"certification": certification})

    assert [(value, text.en) for value, text in certifying_words(protocol)] == words


def test_section_text__a_work_scope_or_any_other__in_words():
    assert section_text("curriculum").th == "การพัฒนาหลักสูตร"
    assert section_text("awareness").th == "awareness"
