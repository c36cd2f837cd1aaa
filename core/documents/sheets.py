"""Tables for spreadsheet programs. No text becomes a formula there."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import xlsxwriter

Cell = str | int | float | Fraction | None

_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_NOT_IN_NAMES = str.maketrans("[]:*?/\\", "       ")
_LONGEST_NAME = 31
_WIDEST = 60  # characters


@dataclass(frozen=True)
class Sheet:
    """A sheet's name, its heading and its rows."""

    name: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def make_xlsx(sheets: Iterable[Sheet]) -> bytes:
    """A workbook; names are shortened to what spreadsheet programs allow, and made to differ."""
    file = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        number = book.add_format({"num_format": "0.00##", "valign": "top"})
        for place, sheet in enumerate(sheets, start=1):
            page = book.add_worksheet(_sheet_name(place, sheet.name))
            for column, width in enumerate(_widths(sheet)):
                page.set_column(column, column, width)
            page.write_row(0, 0, sheet.head, bold)
            page.freeze_panes(1, 0)
            for row, cells in enumerate(sheet.rows, start=1):
                for column, cell in enumerate(cells):
                    if isinstance(cell, Fraction | float):
                        page.write_number(row, column, float(cell), number)
                    elif isinstance(cell, int):
                        page.write_number(row, column, cell)
                    elif cell is not None:
                        page.write_string(row, column, cell, wrapped)
    return file.getvalue()


def _sheet_name(place: int, name: str) -> str:
    plain = f"{place} {name}".translate(_NOT_IN_NAMES).strip(" '")
    return plain[:_LONGEST_NAME]


def _widths(sheet: Sheet) -> Iterator[int]:
    for column, heading in enumerate(sheet.head):
        texts = [str(row[column]) for row in sheet.rows if isinstance(row[column], str)]
        yield min(max(map(len, [heading, *texts])) + 2, _WIDEST)


def make_csv(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with the mark by which spreadsheet programs know it; texts are kept from running."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(head)
    writer.writerows([[_safe(cell) for cell in row] for row in rows])
    return file.getvalue().encode("utf-8-sig")


def _safe(cell: Cell) -> Cell:
    if isinstance(cell, str) and cell.startswith(_BEGINS_FORMULA):
        return f"'{cell}"
    return cell
