"""Check a published table by hand: `python -m consensus.statistics --counts 0,0,2,9,7`."""

import argparse
import csv
import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn, TextIO

from consensus.statistics.agreement import panel_agreement
from consensus.statistics.consensus_rules import (
    DEFAULT_CONSENSUS_RULE,
    ConsensusRule,
    parse_consensus_rule,
)
from consensus.statistics.errors import InvalidMatrixError, StatisticsError
from consensus.statistics.jsonable import to_jsonable
from consensus.statistics.judgement import judge_consensus
from consensus.statistics.summary import ItemSummary, summarise_item, summarise_matrix

_WHOLE = re.compile(r"[0-9]{1,9}")
_BAD_INPUT = 2

_Row = list[int | None]


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, without the usage around it."""

    def error(self, message: str) -> NoReturn:
        self.exit(_BAD_INPUT, f"{self.prog}: error: {message}\n")


def main(arguments: Sequence[str] | None = None, output: TextIO | None = None) -> int:
    """Print the statistics of counts or of a matrix as JSON. Exits with 2 on bad input."""
    parser = _parser()
    chosen = parser.parse_args(arguments)
    try:
        rule = _rule(chosen.rule)
        document = (
            _counts_document(chosen.counts, rule)
            if chosen.counts is not None
            else _matrix_document(chosen.matrix, chosen.scale, chosen.header, rule)
        )
    except (StatisticsError, csv.Error) as error:
        parser.error(str(error))
    except OSError as error:
        parser.error(f"cannot read {chosen.matrix}: {error.strerror}")
    except UnicodeDecodeError:
        parser.error(f"{chosen.matrix} is not a UTF-8 text")
    (output or sys.stdout).write(json.dumps(document, indent=2, ensure_ascii=False) + "\n")
    return 0


def _parser() -> _Parser:
    parser = _Parser(
        prog="python -m consensus.statistics",
        description="Print the statistics of Delphi ratings as JSON, rationals as strings.",
    )
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--counts", help="answers per score, lowest first: 0,0,2,9,7")
    source.add_argument(
        "--matrix", metavar="FILE.csv", help="rows panelists, columns items, empty = missing"
    )
    parser.add_argument("--scale", type=int, default=5, help="points of the matrix (default 5)")
    parser.add_argument(
        "--header",
        choices=["auto", "yes", "no"],
        default="auto",
        help="whether the matrix starts with item names (auto: yes if it starts with no score)",
    )
    parser.add_argument("--rule", help='consensus rule, as {"rule": "iqr", "at_most": "1"}')
    return parser


def _rule(text: str | None) -> ConsensusRule:
    if text is None:
        return DEFAULT_CONSENSUS_RULE
    try:
        document = json.loads(text)
    except ValueError as error:
        raise StatisticsError(f"--rule is not JSON: {error}") from error
    return parse_consensus_rule(document)


def _counts_document(text: str, rule: ConsensusRule) -> dict[str, Any]:
    counts = []
    for part in text.split(","):
        if not _WHOLE.fullmatch(part.strip()):
            raise StatisticsError(f"--counts: {part.strip()!r} is not a whole number from 0 on")
        counts.append(int(part))
    return _item_document(summarise_item(counts), rule)


def _item_document(summary: ItemSummary, rule: ConsensusRule) -> dict[str, Any]:
    """Lay the grouped quartiles, the ones to check first, on top."""
    document: dict[str, Any] = to_jsonable(summary)
    on_top = document.pop("grouped")
    if "undefined" in on_top:
        on_top = dict.fromkeys(("q1", "median", "q3", "iqr"), on_top)
    head = {"n": document.pop("n"), "counts": document.pop("counts")}
    consensus = to_jsonable(judge_consensus(summary, rule))
    return {**head, **on_top, **document, "consensus": consensus}


def _matrix_document(path: str, size: int, header: str, rule: ConsensusRule) -> dict[str, Any]:
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        names, rows = _read_matrix(file, header)
    items = [
        {"item": name} | _item_document(summary, rule)
        for name, summary in zip(names, summarise_matrix(rows, size), strict=True)
    ]
    agreement = to_jsonable(panel_agreement(rows))
    return {"panelists": len(rows), "items": items, "agreement": agreement}


def _read_matrix(file: TextIO, header: str) -> tuple[list[str], list[_Row]]:
    """Return the item names (1, 2, ... without a header) and the rows of scores."""
    reader = csv.reader(file)
    lines = [(reader.line_num, [cell.strip() for cell in row]) for row in reader]
    width = max((len(cells) for _, cells in lines), default=0)
    # A blank line is a missing answer in a file of one column, and nothing in any other.
    lines = [(line, cells or [""]) for line, cells in lines if cells or width == 1]
    first = lines[0][1] if lines else []
    unscored = any(first) and not any(map(_WHOLE.fullmatch, first))
    named = header == "yes" or (header == "auto" and unscored)
    names = first if named else [str(number) for number in range(1, len(first) + 1)]
    body = lines[1:] if named else lines
    if not body:
        raise InvalidMatrixError("the matrix has no row of scores")
    return names, [_read_row(cells, len(names), line) for line, cells in body]


def _read_row(cells: list[str], width: int, line: int) -> _Row:
    if len(cells) != width:
        raise InvalidMatrixError(f"line {line} has {len(cells)} cells instead of {width}")
    row: _Row = []
    for column, cell in enumerate(cells, 1):
        if cell and not _WHOLE.fullmatch(cell):
            raise InvalidMatrixError(f"line {line}, column {column}: {cell!r} is no whole score")
        row.append(int(cell) if cell else None)
    return row
