"""What can be imported. A room above registers each kind: its columns, its checks, its writing."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.actor import Actor
from core.imports.cells import Parser
from core.text import Text

Row = dict[str, Any]
Options = Mapping[str, bool]


@dataclass(frozen=True)
class Column:
    """A column and the headings, Thai and English, by which people know it."""

    name: str
    headings: tuple[str, ...]
    parse: Parser
    required: bool = False


@dataclass(frozen=True)
class Problem:
    """What is wrong in one row (its number as the spreadsheet shows it), in one column or none."""

    row: int
    column: str
    code: str
    detail: Text


@dataclass
class Checked:
    """What a kind's own check answers: problems by index of row; keys that exist already."""

    problems: list[tuple[int, str, str, Text]] = field(default_factory=list)
    known: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class ImportKind:
    """`complete` fills in what follows from the other values, before anything is required.

    `check` sees all rows at once; `apply` writes some of them, in the caller's transaction, and
    answers with counts. Both may meet the same rows again. `begin` sees all good rows just before
    the first of them are written, and raises what stands in the way of the whole.
    """

    name: str
    columns: tuple[Column, ...]
    key: Callable[[Row], str]
    check: Callable[[Sequence[Row], Options], Checked]
    apply: Callable[[Sequence[Row], Options, Actor], Mapping[str, int]]
    complete: Callable[[Row, Options], None] | None = None
    begin: Callable[[Sequence[Row], Options], None] | None = None
    options: tuple[str, ...] = ()


_kinds: dict[str, ImportKind] = {}


def register_kind(kind: ImportKind) -> None:
    _kinds[kind.name] = kind


def kind_named(name: str) -> ImportKind:
    return _kinds[name]


def kind_names() -> list[str]:
    return sorted(_kinds)


def recognise(headings: Iterable[str], columns: Iterable[Column]) -> dict[int, Column]:
    """Which of our columns stands at which place; the first of two equal ones counts."""
    by_heading = {
        _plain(heading): column for column in columns for heading in (column.name, *column.headings)
    }
    found: dict[int, Column] = {}
    for place, heading in enumerate(headings):
        column = by_heading.get(_plain(heading))
        if column is not None and column not in found.values():
            found[place] = column
    return found


def _plain(heading: str) -> str:
    return re.sub(r"[\s_\-./()*:]+", "", heading).casefold()
