"""Thai text order without ICU: a key to store beside a name and to sort by, bytewise."""

import re

_LEADING_VOWEL = re.compile("[เแโใไ][ก-ฮ]")
_MARKS = re.compile("[\u0e47-\u0e4c]")  # ็ ่ ้ ๊ ๋ ์
_LEVELS = "\u0001"  # below every letter, so that the first level decides first


def sort_key(text: str) -> str:
    """First level: leading vowels behind their consonant, marks dropped; then with the marks.

    Agrees with ICU's Thai collation on the words it was tried on.
    """
    swapped = _LEADING_VOWEL.sub(_reversed, text)
    return f"{_MARKS.sub('', swapped)}{_LEVELS}{swapped}"


def _reversed(pair: re.Match[str]) -> str:
    return pair[0][::-1]
