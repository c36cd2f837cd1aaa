"""What an uploaded file may be: told by its content, in bounded time and memory."""

import io
import time
import tracemalloc
import zipfile

import pytest

from core.imports.errors import (
    FileEncodingError,
    FileNotRecognisedError,
    FileTooLongError,
    FileUnsafeError,
)
from core.imports.files import check_file, read_rows
from tests.core.sheets import SHEET, around, csv_text, package, sheet_xml, xlsx

THAI = "รหัสโรงเรียน,ชื่อโรงเรียน\n31040001,บ้านสตึก\n"
ROWS = [["รหัสโรงเรียน", "ชื่อโรงเรียน"], ["31040001", "บ้านสตึก"]]


@pytest.mark.parametrize(
    "content",
    [
        THAI.encode(),
        THAI.encode("utf-8-sig"),
        THAI.encode("cp874"),
        THAI.replace(",", ";").encode(),
        THAI.replace(",", "\t").encode("cp874"),
        xlsx(ROWS),
    ],
    ids=["utf8", "bom", "tis620", "semicolons", "tabs", "xlsx"],
)
def test_read_rows__ways_to_write_the_same_table__same_rows(content):
    check_file(content)
    assert [list(row) for row in read_rows(content)] == ROWS


def _lying_size() -> bytes:
    """A part that unpacks to more than it declares."""
    honest = bytearray(package({SHEET: around("<row/>" * 50_000)}))
    with zipfile.ZipFile(io.BytesIO(honest)) as opened:
        size = opened.getinfo(SHEET).file_size.to_bytes(4, "little")
    return bytes(honest).replace(size, (100).to_bytes(4, "little"))


def _shared_texts() -> bytes:
    strings = f"<sst><si><t>{'ก' * 100_000}</t></si></sst>"
    cells = '<row><c t="s"><v>0</v></c></row>' * 50_000
    return package({"xl/sharedStrings.xml": strings, SHEET: around(cells)})


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
HOSTILE = {
    "pdf": (b"%PDF-1.7 ...", FileNotRecognisedError),
    "old office": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileNotRecognisedError),
    "html": (b"  <html><table>", FileNotRecognisedError),
    "binary": (b"a,b\n\x00\x01", FileNotRecognisedError),
    "polyglot": (b"%PDF-1.7\n" + xlsx(ROWS), FileNotRecognisedError),
    "other zip": (
        package({}).replace(b"xl/workbook.xml", b"xx/workbook.xml"),
        FileNotRecognisedError,
    ),
    "cut zip": (xlsx(ROWS)[:-40], FileUnsafeError),
    "spoilt zip": (xlsx(ROWS).replace(b"PK\x01\x02", b"PK\x01\x03", 1), FileUnsafeError),
    "lying size": (_lying_size(), FileUnsafeError),
    "billion laughs": (package({SHEET: LAUGHS}), FileUnsafeError),
    "utf-16 sheet": (package({SHEET: sheet_xml(ROWS).encode("utf-16")}), FileUnsafeError),
    "utf-16 elsewhere": (package({"xl/x.bin": "<row/>".encode("utf-16-le")}), FileUnsafeError),
    "zip bomb": (package({SHEET: b" " * 200_000_000}), FileUnsafeError),
    "million rows": (package({SHEET: around("<row><c/></row>" * 1_000_000)}), FileTooLongError),
    "far row": (
        package({SHEET: around('<row r="1048576"><c r="A1048576"/></row>')}),
        FileTooLongError,
    ),
    "far column": (package({SHEET: around('<row r="1"><c r="XFD1"/></row>')}), FileTooLongError),
    "wide row": (package({SHEET: around("<row>" + "<c/>" * 41 + "</row>")}), FileTooLongError),
    "repeated text": (_shared_texts(), FileUnsafeError),
    "csv too long": (b"a,b\n" * 100_002, FileTooLongError),
    "csv too wide": (b"," * 41 + b"\n", FileTooLongError),
    "csv with an endless cell": (b'a,b\n"' + b"x" * 200_000, FileUnsafeError),
    "neither utf-8 nor tis-620": (b"a,b\n\xfe\xff\x81\n", FileEncodingError),
    "damaged utf-8": (THAI.encode()[:-3] + b"\xe0\xb8\n", FileEncodingError),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_check_file__hostile__refused_soon_and_in_little_memory(name):
    content, error = HOSTILE[name]
    started = time.perf_counter()
    with pytest.raises(error):
        check_file(content)
    assert time.perf_counter() - started < 2

    tracemalloc.start()
    with pytest.raises(error):
        check_file(content)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 200 * 1024 * 1024


def test_check_file__at_the_limits__accepted():
    check_file(b"a,b\n" * 100_001)
    check_file(package({SHEET: around('<row r="100001"><c r="AN100001"/></row>')}))


def test_check_file__csv_with_thai_and_quotes__accepted():
    check_file(csv_text("ชื่อ,ที่อยู่", 'ก,"หมู่ 1, ต.สตึก"'))
