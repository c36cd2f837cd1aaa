"""What a cell may hold: parsers that answer with a value or raise BadCellError."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from core.dates import parse_date
from core.text import BilingualChoices, Text

Parser = Callable[[str], Any]

_EMAIL = re.compile(r"[^@\s]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\u200b]")


class BadCellError(Exception):
    """This text cannot be the column's value."""

    def __init__(self, code: str, th: str, en: str) -> None:
        super().__init__(en)
        self.code = code
        self.detail = Text(th, en)


def cell_text(cell: object) -> str:
    """A cell as a person sees it: no decimals on whole numbers, dates in ISO, one line, trimmed."""
    if isinstance(cell, str):
        if cell.isprintable() and "  " not in cell:  # nearly all: neither controls nor odd spaces
            return cell.strip()
        return " ".join(_CONTROL.sub(" ", cell).split())
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def text(longest: int) -> Parser:
    def parse(value: str) -> str:
        if len(value) > longest:
            raise BadCellError(
                "too_long", f"ยาวเกิน {longest} ตัวอักษร", f"Longer than {longest} characters."
            )
        return value

    return parse


def whole_number(most: int) -> Parser:
    def parse(value: str) -> int:
        digits = value.replace(",", "")
        if not digits.isdecimal() or len(digits) > len(str(most)) or int(digits) > most:
            raise BadCellError(
                "not_a_number", f"ต้องเป็นเลขจำนวนเต็ม 0 ถึง {most}", f"Must be 0 to {most}."
            )
        return int(digits)

    return parse


def email(value: str) -> str:
    if len(value) > 254 or _EMAIL.fullmatch(value) is None:  # noqa: PLR2004  (RFC 5321)
        raise BadCellError("not_an_email", "ไม่ใช่อีเมล", "Not an e-mail address.")
    return value.lower()


def day(value: str) -> str:
    """ISO, for JSON."""
    try:
        return parse_date(value).isoformat()
    except ValueError:
        raise BadCellError(
            "not_a_date",
            "ไม่ใช่วันที่ ตัวอย่าง 21/11/2569 หรือ 21 พฤศจิกายน 2569",
            "Not a date. Write 21/11/2569 or 2026-11-21.",
        ) from None


def choice(enumeration: type[BilingualChoices], also: Mapping[str, str] | None = None) -> Parser:
    """A member by its code or by its Thai or English label."""
    names = {
        name.casefold(): str(member.value)
        for member in enumeration
        for name in (str(member.value), str(member.label), member.en)
    } | dict(also or {})
    labels = " · ".join(str(member.label) for member in enumeration)

    def parse(value: str) -> str:
        found = names.get(value.casefold())
        if found is None:
            raise BadCellError("not_a_choice", f"ต้องเป็นหนึ่งใน {labels}", f"Must be one of {labels}.")
        return found

    return parse
