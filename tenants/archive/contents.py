"""What goes into an archive: every table, but for what its room says may not or need not."""

from collections.abc import Callable, Iterator

from core.text import Text

# Tables whose rows stay behind, each with the reason; and single columns of others.
_left_out: dict[str, Text] = {}
_secret_columns: dict[tuple[str, str], Text] = {}
# Rows of a table that keep a column to themselves: (table, column) → SQL of a condition.
_withheld: dict[tuple[str, str], str] = {}

File = tuple[str, bytes]  # a name in the archive, and what is in it
_writers: list[Callable[[], Iterator[File]]] = []

SECRET = Text("ความลับสำหรับเข้าระบบ ใช้นอกระบบไม่ได้", "A secret of signing in, of no use elsewhere")
TECHNICAL = Text(
    "ข้อมูลทางเทคนิคของระบบ ไม่ใช่ข้อมูลของเขต", "How the system works, not what the area did"
)


def leaves_out(why: Text, *tables: str) -> None:
    """Keep these tables out of archives; an archive says so, and why."""
    _left_out.update(dict.fromkeys(tables, why))


def keeps_secret(why: Text, table: str, column: str) -> None:
    """Keep a column of a table out of archives."""
    _secret_columns[table, column] = why


def withholds(table: str, column: str, *, where: str) -> None:
    """Leave a column empty in the rows that meet this condition (SQL, ours alone)."""
    _withheld[table, column] = where


def adds_files(writer: Callable[[], Iterator[File]]) -> Callable[[], Iterator[File]]:
    """Register who adds files to archives; called inside the area."""
    _writers.append(writer)
    return writer


def left_out() -> dict[str, Text]:
    return dict(sorted(_left_out.items()))


def secret_columns() -> dict[str, Text]:
    return {f"{table}.{column}": why for (table, column), why in sorted(_secret_columns.items())}


def is_secret(table: str, column: str) -> bool:
    return (table, column) in _secret_columns


def withheld_where(table: str, column: str) -> str | None:
    return _withheld.get((table, column))


def added_files() -> Iterator[File]:
    for writer in _writers:
        yield from writer()
