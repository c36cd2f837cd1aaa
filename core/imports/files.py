"""Reading an uploaded table: its type is told by its content, and its size is known before."""

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import islice

from python_calamine import CalamineWorkbook

from core.imports.errors import (
    FileEncodingError,
    FileNotRecognisedError,
    FileTooLongError,
    FileUnsafeError,
)
from core.imports.packages import check_package

LARGEST_FILE = 20 * 1024 * 1024  # bytes
MOST_ROWS = 100_000
MOST_COLUMNS = 40

_ZIP = b"PK\x03\x04"
# Of other types by which a file could pass for text: PDF, old Office, HTML and XML, scripts, RTF.
_NO_TEXT = (b"%PDF", b"\xd0\xcf\x11\xe0", b"<", b"#!", b"{\\rtf", b"PK", b"GIF8", b"\x89PNG")
_HIGH = bytes(range(0x80, 0x100))
_FIRST_THAI_IN_UTF8 = (b"\xe0\xb8", b"\xe0\xb9")

Cells = Sequence[object]


def check_file(content: bytes) -> None:
    """Refuse, in bounded time and memory, what cannot be read safely. Raises the errors above."""
    if content.startswith(_ZIP):
        check_package(content, most_rows=MOST_ROWS + 1, most_columns=MOST_COLUMNS)
        return
    for number, row in enumerate(_csv_rows(content)):
        if number > MOST_ROWS or len(row) > MOST_COLUMNS:
            raise FileTooLongError


def read_rows(content: bytes) -> Iterator[Cells]:
    """All rows from the first line of the sheet on, in order; content that `check_file` passed."""
    if content.startswith(_ZIP):
        yield from _xlsx_rows(content)
    else:
        yield from islice(_csv_rows(content), MOST_ROWS + 1)


def _xlsx_rows(content: bytes) -> Sequence[Cells]:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        raise FileUnsafeError from error


def _csv_rows(content: bytes) -> Iterator[Cells]:
    if content[:1024].lstrip().startswith(_NO_TEXT) or b"\x00" in content:
        raise FileNotRecognisedError
    lines = io.StringIO(_decode(content), newline="")
    first = lines.readline()
    lines.seek(0)
    delimiter = max(",;\t", key=first.count)
    try:
        yield from csv.reader(lines, delimiter=delimiter)
    except csv.Error as error:
        raise FileUnsafeError from error


def _decode(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    # Damaged UTF-8 would pass for TIS-620, as gibberish.
    high = len(content) - len(content.translate(None, _HIGH))
    if sum(content.count(each) for each in _FIRST_THAI_IN_UTF8) * 6 > high:
        raise FileEncodingError
    try:
        return content.decode("cp874")
    except UnicodeDecodeError:
        raise FileEncodingError from None
