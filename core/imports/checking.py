"""From cells to rows of a kind: headings found, cells parsed, problems noted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from core.imports.cells import BadCellError, cell_text
from core.imports.files import Cells
from core.imports.kinds import Column, ImportKind, Options, Problem, Row, recognise
from core.text import Text

_HEADING_WITHIN = 10  # rows: a title may stand above the table
_NO_TABLE = Text(
    "ไม่พบแถวหัวตาราง ต้องมีคอลัมน์ {columns}",
    "No heading row was found. These columns are needed: {columns}.",
)
_MISSING = Text("ต้องกรอก", "Must not be empty.")
_TWICE = Text("ซ้ำกับแถวที่ {first}", "The same as in row {first}.")


@dataclass
class Findings:
    """What is in a file: good rows, problems, and how its headings were understood."""

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    columns: dict[str, str | None] = field(default_factory=dict)
    row_count: int = 0
    new_count: int = 0
    has_table: bool = True


def check_rows(lines: Iterable[Cells], kind: ImportKind, options: Options) -> Findings:
    """Read all lines of a file as rows of this kind."""
    findings = Findings()
    numbered = enumerate(lines, start=1)
    places = _find_headings(numbered, kind, findings)
    if places is None:
        findings.has_table = False
        needed = ", ".join(each.headings[0] for each in kind.columns if each.required)
        findings.problems.append(Problem(1, "", "no_table", _NO_TABLE.format(columns=needed)))
        return findings
    parsed = _Parser(kind, options, places, findings)
    for number, cells in numbered:
        parsed.take(number, cells)
    _check_together(parsed.rows, kind, options, findings)
    return findings


def _find_headings(
    numbered: Iterable[tuple[int, Cells]], kind: ImportKind, findings: Findings
) -> dict[int, Column] | None:
    """The first line in which two of our columns (or the only one) are found."""
    for number, cells in numbered:
        headings = [cell_text(cell) for cell in cells]
        places = recognise(headings, kind.columns)
        if len(places) >= min(2, len(kind.columns)):
            findings.columns = {
                heading: places[place].name if place in places else None
                for place, heading in enumerate(headings)
                if heading
            }
            return places
        if number >= _HEADING_WITHIN:
            break
    return None


class _Parser:
    def __init__(
        self, kind: ImportKind, options: Options, places: Mapping[int, Column], findings: Findings
    ) -> None:
        self.kind, self.options, self.findings = kind, options, findings
        self.places = [(place, each.name, each.parse) for place, each in places.items()]
        self.required = [each.name for each in kind.columns if each.required]
        self.first_with: dict[str, int] = {}
        self.rows: list[tuple[int, Row]] = []

    def take(self, number: int, cells: Cells) -> None:
        """One line; blank ones do not count."""
        row: Row = {}
        bad: list[Problem] = []
        for place, name, parse in self.places:
            told = cell_text(cells[place]) if place < len(cells) else ""
            if told:
                try:
                    row[name] = parse(told)
                except BadCellError as error:
                    bad.append(Problem(number, name, error.code, error.detail))
        if not row and not bad:
            return
        self.findings.row_count += 1
        if self.kind.complete is not None:
            self.kind.complete(row, self.options)
        self._check(number, row, bad)

    def _check(self, number: int, row: Row, bad: list[Problem]) -> None:
        known_bad = {problem.column for problem in bad}
        bad += [
            Problem(number, name, "missing", _MISSING)
            for name in self.required
            if name not in row and name not in known_bad
        ]
        if not bad:
            key = self.kind.key(row)
            first = self.first_with.setdefault(key, number)
            if first != number:
                bad.append(Problem(number, "", "twice", _TWICE.format(first=first)))
        if bad:
            self.findings.problems += bad
        else:
            self.rows.append((number, row))


def _check_together(
    numbered: list[tuple[int, Row]], kind: ImportKind, options: Options, findings: Findings
) -> None:
    checked = kind.check([row for _, row in numbered], options)
    spoilt = {index for index, *_ in checked.problems}
    findings.problems += [
        Problem(numbered[index][0], column, code, detail)
        for index, column, code, detail in checked.problems
    ]
    findings.problems.sort(key=lambda problem: problem.row)
    findings.rows = [row for index, (_, row) in enumerate(numbered) if index not in spoilt]
    findings.new_count = sum(kind.key(row) not in checked.known for row in findings.rows)


def as_json(problem: Problem) -> dict[str, Any]:
    return {
        "row": problem.row,
        "column": problem.column,
        "code": problem.code,
        "th": problem.detail.th,
        "en": problem.detail.en,
    }
