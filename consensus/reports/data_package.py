"""The anonymised data of a study with the script that recomputes its results: one ZIP."""

import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import Any

from consensus.enums import RoundKind
from consensus.models import Round, Study
from consensus.protocol import parse_protocol
from consensus.queries.flow import panel_flow
from consensus.queries.rounds import closed_rounds, told_of_dropped
from consensus.queries.row_data import RowData, row_data_of
from consensus.reports.notes import README, ROW_DATA
from consensus.results.participation import NO_OPINION
from core.documents.sheets import Cell, make_csv

_SCRIPTS = ("recompute.py", "formulas.py", "orders.py")


def data_package(study: Study) -> bytes:
    """A ZIP whose entries bear no time, so that nothing in it tells more than its content."""
    found = row_data_of(study)
    rounds = list(closed_rounds(study.pk))
    parts = {
        "README.txt": _readme(found),
        "protocol.json": _as_json(_protocol(study, rounds)),
        "results.json": _as_json({each.number: each.results for each in rounds}),
        "counts.csv": _counts(study, rounds),
        "places.csv": _places(rounds),
        "certification.csv": _certification(study, rounds),
        "participation.csv": _participation(study),
        **({"ratings.csv": _ratings(found)} if isinstance(found, RowData) else {}),
        **{name: _script(name) for name in _SCRIPTS},
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _script(name: str) -> bytes:
    return files("consensus.reports").joinpath("recomputing", name).read_bytes()


def _as_json(document: Any) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _readme(found: Any) -> bytes:
    if isinstance(found, RowData):
        rows = ROW_DATA["left"].format(rows=len(found.rows))
    else:
        rows = ROW_DATA["withheld"].format(why="{why}")
        rows = type(rows)(rows.th.format(why=found.text.th), rows.en.format(why=found.text.en))
    return f"{README.th}\n{rows.th}\n\n{README.en}\n{rows.en}\n".encode()


def _protocol(study: Study, rounds: Sequence[Round]) -> dict[str, Any]:
    return {
        "title": study.title,
        "seal": study.seal,
        "smallest_shown": study.protocol["smallest_shown"],
        "protocol": study.protocol,
        "dropped": told_of_dropped(study.pk),
        "rounds": [{"number": each.number, "kind": each.kind} for each in rounds],
    }


def _counts(study: Study, rounds: Sequence[Round]) -> bytes:
    points = parse_protocol(study.protocol).points
    answers = [f"answer_{score}" for score in range(1, points + 1)]
    head = ["round", "item", "section", "text", "n", "no_opinion", "missing", *answers]
    return make_csv(head, _count_lines(rounds, points))


def _count_lines(rounds: Sequence[Round], points: int) -> Iterator[list[Cell]]:
    for round_ in rounds:
        if round_.kind == RoundKind.RATING and round_.results is not None:
            for item in round_.results["items"]:
                told = (item[name] for name in ("position", "section", "text", "n"))
                given = (_if_told(item["no_opinion"]), item["missing"])
                counts = item["summary"].get("counts", [None] * points)
                yield [round_.number, *told, *given, *counts]


def _if_told(frozen: Any) -> Cell:
    return None if isinstance(frozen, dict) else frozen


def _places(rounds: Sequence[Round]) -> bytes:
    """How often each place was given to each item of a ranking."""
    ranked = {
        each.number: each.results
        for each in rounds
        if each.kind == RoundKind.RANKING and each.results is not None
    }
    size = max((len(results["items"]) for results in ranked.values()), default=0)
    head = ["round", "item", "section", "text", "n", *(f"place_{n}" for n in range(1, size + 1))]
    lines: list[list[Cell]] = [
        [
            number,
            *(item[name] for name in ("position", "section", "text")),
            results["n"],
            *_padded(item["summary"].get("counts", []), size),
        ]
        for number, results in ranked.items()
        for item in results["items"]
    ]
    return make_csv(head, lines)


def _padded(counts: Sequence[int], size: int) -> list[Cell]:
    return [*counts, *[None] * (size - len(counts))]


def _certification(study: Study, rounds: Sequence[Round]) -> bytes:
    plan = parse_protocol(study.protocol).certification
    values = range(plan.lowest, plan.highest + 1)
    head = ["round", "part", "criterion", "n", *(f"answer_{value}" for value in values)]
    lines: list[list[Cell]] = []
    for round_ in rounds:
        if round_.kind == RoundKind.CERTIFICATION and round_.results is not None:
            for line in round_.results["parts"]:
                counts = line["outcome"].get("counts", [None] * len(values))
                lines.append([round_.number, line["part"], line["criterion"], line["n"], *counts])
    return make_csv(head, lines)


def _participation(study: Study) -> bytes:
    """How many answered each round, how their answers came in, and how they were followed up."""
    lines = [
        {
            **{name: each[name] for name in ("number", "kind", "asked", "answered", "complete")},
            **{f"recorded_{way}": count for way, count in each["recorded"].items()},
            "reminders": each["reminders"],
            **{f"follow_up_{way}": count for way, count in each["follow_ups"].items()},
        }
        for each in panel_flow(study)["rounds"]
    ]
    return make_csv(list(lines[0]) if lines else [], [list(line.values()) for line in lines])


def _ratings(found: RowData) -> bytes:
    head = [f"r{number}_i{item}" for number, item in found.columns]
    told = {NO_OPINION: "no opinion"}
    rows = ([told.get(answer or 0, answer) for answer in row] for row in found.rows)
    return make_csv(head, rows)
