"""The pieces that a report is laid out in, and how their values read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any, Self

from core.documents.sheets import Cell
from core.text import Text

_LEAST_P = 0.0005  # what three decimals would show as nothing

_UNDEFINED = {
    "no_answers": Text("ไม่มีคำตอบ", "no answers"),
    "one_answer": Text("คำตอบเดียว", "one answer"),
    "no_common_answers": Text("ไม่มีผู้ตอบทั้งสองรอบ", "nobody answered both"),
    "unanimity": Text("ตอบตรงกันทุกคน", "unanimous"),
    "no_changes": Text("ไม่มีผู้เปลี่ยนคำตอบ", "nobody changed"),
    "no_complete_rows": Text("ไม่มีผู้ตอบครบทุกข้อ", "nobody scored all"),
    "one_rater": Text("ผู้ตอบคนเดียว", "one rater"),
    "one_item": Text("มีข้อเดียว", "one item"),
    "nothing_ranked": Text("ทุกคนให้คะแนนเท่ากันทุกข้อ", "nothing ranked"),
    "not_five_points": Text("ใช้กับห้าระดับเท่านั้น", "five points only"),
    "not_nine_points": Text("ใช้กับเก้าระดับเท่านั้น", "nine points only"),
    "whole_scale": Text("มาตรมีสองระดับ", "two points only"),
    "too_few": Text("น้อยเกินกว่าจะแสดง", "too few to say"),
    "one_group": Text("มีกลุ่มเดียวที่มากพอ", "one group only"),
    "too_few_raters": Text("ผู้รับรองน้อยเกินไป", "too few raters"),
    "outside_table": Text("นอกตาราง", "outside the table"),
    "not_compared": Text("ไม่มีรอบก่อนให้เทียบ", "no earlier round"),
    "not_applicable": Text("ไม่ใช้", "not applicable"),
}
YES, NO = Text("ใช่", "yes"), Text("ไม่", "no")


@dataclass(frozen=True)
class Table:
    """`widths` are Typst's, one a column; `numbers` are columns from the first up to the second."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[str]
    numbers: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class Section:
    """A heading with what stands under it; a wide one lies across."""

    title: str
    paragraphs: Sequence[str] = ()
    tables: Sequence[Table] = ()
    plots: Sequence[dict[str, Any]] = field(default_factory=list)
    wide: bool = False


def read(frozen: Any) -> Cell:
    """A frozen value as a cell: rationals exact, what has no value as its reason in words."""
    if isinstance(frozen, dict):
        return str(_UNDEFINED[frozen["undefined"]])
    if isinstance(frozen, bool):
        return str(YES if frozen else NO)
    return Fraction(frozen) if isinstance(frozen, str) else frozen


class Held(Fraction):
    """A number that was held against a limit."""

    limit: Fraction

    def __new__(cls, value: Fraction, limit: Fraction) -> Self:
        made = super().__new__(cls, value)
        made.limit = limit
        return made


def held(cell: Cell, limit: str | None) -> Cell:
    """A cell that was held against a frozen limit; either may have no number."""
    if isinstance(cell, Fraction) and isinstance(limit, str):
        return Held(cell, Fraction(limit))
    return cell


def shown(cell: Cell) -> str:
    """A cell on paper: fractions with two decimals, half up, and p with three.

    What was held against a limit gets as many as it takes to stand on the right side of it.
    """
    match cell:
        case None:
            return ""
        case Held():
            side, limit = _side(cell, cell.limit), _rounded(cell.limit, 2)
            tried = [_rounded(cell, places) for places in (2, 3, 4)]
            return str(next((each for each in tried if _side(each, limit) == side), tried[-1]))
        case Fraction():
            return str(_rounded(cell, 2))
        case float():
            return f"{cell:.3f}" if not 0 < cell < _LEAST_P else "<0.001"
    return str(cell)


def _side(value: Fraction | Decimal, limit: Fraction | Decimal) -> int:
    return (value > limit) - (value < limit)


def _rounded(value: Fraction, places: int) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) + 0  # no minus before zero
