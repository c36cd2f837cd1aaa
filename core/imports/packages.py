"""Looking through an XLSX package before anything opens it.

A small package can unpack to gigabytes, or place one cell in the last row and column, for which a
reader lays out the whole sheet. So every part is unpacked once, in small pieces, and its rows,
cells and references are counted, up to a limit.
"""

import io
import re
import zipfile
import zlib
from typing import IO

from core.imports.errors import FileNotRecognisedError, FileTooLongError, FileUnsafeError

LARGEST_UNPACKED = 150 * 1024 * 1024  # bytes
MOST_PARTS = 500
LARGEST_TEXT = 4 * 1024 * 1024  # bytes of one text
LARGEST_REPEATED = 400 * 1024 * 1024  # bytes of shared texts, were all cells the longest one
_PIECE = 1024 * 1024  # bytes
_NEEDED = {"[Content_Types].xml", "xl/workbook.xml"}
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}

_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
# A row beyond 100,001 or a column beyond AN (40), named by a row or a cell.
_FAR_AWAY = re.compile(
    rb"""\sr\s*=\s*["'](?:[A-Za-z]*0*(?:\d{7,}|[2-9]\d{5}|1(?!0000[01]["'])\d{5})"""
    rb"""|(?:[A-Za-z]{3,}|[B-Zb-z][A-Za-z]|[Aa][O-Zo-z])\d+)["']"""
)
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")  # in which nothing would be found
_LONG_TEXT = re.compile(rb">[^<]{100,}")


def check_package(content: bytes, *, most_rows: int, most_columns: int) -> None:
    """Raises FileNotRecognisedError, FileUnsafeError or FileTooLongError."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _check_parts(package)
            counts = _Counts(most_rows, most_columns)
            for part in package.infolist():
                with package.open(part) as stream:  # holds it to its declared size and checksum
                    counts.look_through(stream)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise FileUnsafeError from error
    # Each cell may repeat the longest of the shared texts.
    if counts.cells * counts.longest_text > LARGEST_REPEATED:
        raise FileUnsafeError


def _check_parts(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    if not {part.filename for part in parts} >= _NEEDED:
        raise FileNotRecognisedError
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise FileUnsafeError
    if any(part.compress_type not in _METHODS for part in parts):
        raise FileUnsafeError


class _Counts:
    """What is counted while the parts stream by."""

    def __init__(self, most_rows: int, most_columns: int) -> None:
        self.most_rows, self.most_columns = most_rows, most_columns
        self.cells = 0
        self.longest_text = 0

    def look_through(self, stream: IO[bytes]) -> None:
        """Any part may be the sheet: which one is, other parts say."""
        self.rows = self.cells_in_row = 0
        rest = stream.read(_PIECE)
        if rest.startswith(_UTF_16):
            raise FileUnsafeError
        while rest:
            whole, rest = _cut(rest)
            self._count(whole)
            piece = stream.read(_PIECE)
            if not piece:
                break
            rest += piece
        self._count(rest)

    def _count(self, text: bytes) -> None:
        if _DECLARATION.search(text):
            raise FileUnsafeError
        if _FAR_AWAY.search(text):
            raise FileTooLongError
        begun, *rows = _ROW.split(text)
        self._count_cells(begun)
        for row in rows:
            self.cells_in_row = 0
            self._count_cells(row)
        self.rows += len(rows)
        if self.rows > self.most_rows:
            raise FileTooLongError
        for found in _LONG_TEXT.finditer(text):
            self.longest_text = max(self.longest_text, found.end() - found.start())

    def _count_cells(self, text: bytes) -> None:
        found = len(_CELL.findall(text))
        self.cells += found
        self.cells_in_row += found
        if self.cells_in_row > self.most_columns:
            raise FileTooLongError


def _cut(text: bytes) -> tuple[bytes, bytes]:
    """At the last tag that has begun, so that no tag is cut in two."""
    place = text.rfind(b"<")
    if place < 1:
        if len(text) > LARGEST_TEXT:
            raise FileUnsafeError
        return b"", text
    return text[:place], text[place:]
