"""Thai text order, as ICU has it (the Royal Institute's)."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.thai import sort_key

ORDERED = [
    # consonant first, whatever vowel is written before it
    ["กา", "แก", "ขา", "เขา"],
    ["เก", "แก", "โก", "ใก", "ไก"],
    ["ไก่", "ไข่"],
    # marks decide only where the letters are equal
    ["ปา", "ป่า", "ป้า", "ป๊า", "ป๋า"],
    ["เขา", "เข่า", "เข้า"],
    ["แกง", "แก่ง", "แก้ง"],
    # names of districts and schools
    ["กระสัง", "คูเมือง", "แคนดง", "นาโพธิ์", "บ้านใหม่ไชยพจน์", "พุทไธสง", "สตึก"],
]


@pytest.mark.parametrize("words", ORDERED)
def test_sort_key__icu_examples__same_order(words):
    mixed = words.copy()
    random.Random(7).shuffle(mixed)  # noqa: S311
    assert sorted(mixed, key=sort_key) == words


@given(st.text("กขคเแโใไะาิี", max_size=8), st.text("กขคเแโใไะาิี", max_size=8))
def test_sort_key__marks_added__other_letters_keep_their_order(one, other):
    if sort_key(one) < sort_key(other) and not other.startswith(one):
        assert sort_key(one + "\u0e49") < sort_key(other)


@given(st.text(max_size=12), st.text(max_size=12))
def test_sort_key__different_texts__never_tie(one, other):
    assert (sort_key(one) == sort_key(other)) == (one == other)
