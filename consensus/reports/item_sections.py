"""The sections of a report about items: numbers, plots, stability, robustness."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from consensus.enums import SCORED, RoundKind
from consensus.reports.layout import Section, Table, held, read
from consensus.reports.mode_tables import (
    group_table,
    is_real_time,
    ranking_tables,
    shows_groups,
    snapshot_table,
)
from consensus.reports.sections import head, heading, of_round, say
from consensus.reports.wording import BANDS
from consensus.results.ratings import verdict_of
from consensus.statistics import IprasRule
from consensus.wordings import STRENGTHS, VERDICTS
from core.documents.sheets import Cell

Frozen = Mapping[str, Any]


def _rating_rounds(content: Frozen) -> list[Frozen]:
    return [each for each in content["rounds"] if each["kind"] == RoundKind.RATING]


def items_section(content: Frozen) -> Section:
    rounds, ranked = _rating_rounds(content), ranking_tables(content)
    dropped = list(_dropped(content))
    if not rounds:
        notes = [] if ranked else [say("no_ratings")]
        return Section(heading("items"), notes, [*ranked, *dropped], wide=bool(ranked))
    method = content["protocol"]["consensus"]["method"]
    tables = [
        _final(rounds[-1], content["protocol"]),
        *_flips(rounds[-1]),
        *(_both_methods(each) for each in rounds),
        *ranked,
        *dropped,
    ]
    plots = [_distributions(content, rounds), _ranges(content, rounds, method)]
    return Section(heading("items"), [say("items_note")], tables, plots, wide=True)


def _final(round_: Frozen, protocol: Frozen) -> Table:
    """Without a column for bands where the scale has none."""
    rule = protocol["consensus"]
    bands = rule["rule"] == IprasRule.rule or len(protocol["scale"]["labels"]) == FIVE_POINTS
    rows = []
    for item in round_["results"]["items"]:
        read_off = item["summary"].get(rule["method"], {})
        median, iqr = (_or_why(item["summary"], read_off, name) for name in ("median", "iqr"))
        rows.append(
            [
                item["position"],
                item["text"],
                item["n"],
                read(item["no_opinion"]),
                item["missing"],
                held(median, item["judgement"].get("in_from")),
                held(iqr, rule.get("at_most", rule.get("iqr_at_most"))),
                *([_band(item, read_off)] if bands else []),
                _word(VERDICTS, _verdict(item)),
                "".join(_marks(item)),
            ]
        )
    names = [*head("final"), *(head("band") if bands else []), *head("final_verdict")]
    widths = ["auto", "1fr", *["auto"] * (len(names) - 2)]
    return Table(of_round("final", round_), names, rows, widths, (2, 7))


def _band(item: Frozen, read_off: Frozen) -> Cell:
    """The word for a median; by RAND/UCLA only what the panel does not disagree on has another
    than "uncertain" (from 7 on appropriate, up to 3 inappropriate)."""
    consensus = item["judgement"].get("consensus")
    if consensus is None or consensus["rule"]["rule"] != IprasRule.rule:
        return _word(BANDS, read_off.get("band", item["summary"]))
    low, high = _THIRDS
    median = Fraction(consensus["median"])
    if consensus["reached"] is not True or low < median < high:
        return str(BANDS["uncertain"])
    return str(BANDS["appropriate" if median >= high else "inappropriate"])


def _or_why(summary: Frozen, quartiles: Frozen, name: str) -> Cell:
    return read(quartiles.get(name, summary))


def _two_decimals(cell: Cell) -> Cell:
    return Fraction(cell) if isinstance(cell, float) else cell


def _word(words: Mapping[str, Any], frozen: Any) -> Cell:
    return read(frozen) if isinstance(frozen, dict) else str(words[frozen])


def _verdict(item: Frozen) -> Any:
    verdict = verdict_of(item)
    return verdict if verdict in VERDICTS else {"undefined": verdict}


def _marks(item: Frozen) -> Iterator[str]:
    if item["judgement"].get("consensus", {}).get("methods_disagree"):
        yield "≠"
    if item["on_edge"]:
        yield "±"
    if item["summary"].get("grouped", {}).get("empty_class"):
        yield "◊"


def _flips(round_: Frozen) -> Iterator[Table]:
    """Which single change would flip a verdict; none where every verdict stands firm."""
    rows: list[list[Cell]] = []
    for item in round_["results"]["items"]:
        changes: dict[Cell, list[str]] = {}
        for flip in item.get("flips", []):  # rounds closed long ago have none
            changes.setdefault(_word(VERDICTS, flip["verdict"]), []).append(_change(flip))
        for verdict, told in changes.items():
            rows.append([item["position"], " · ".join(told), verdict])
    if rows:
        yield Table(of_round("flips", round_), head("flips"), rows, ["auto", "1fr", "auto"])


def _change(flip: Frozen) -> str:
    if isinstance(flip["moved_to"], int):
        return f"{flip['score']} → {flip['moved_to']} ({flip['panelists']})"
    return say("flip_leaving").format(**flip)


def _dropped(content: Frozen) -> Iterator[Table]:
    names = ("position", "text", "after", "reason")
    rows = [[item[name] for name in names] for item in content["dropped"]]
    if rows:
        widths = ["auto", "1fr", "auto", "1fr"]
        yield Table(say("dropped"), head("dropped"), rows, widths)


FIVE_POINTS = 5
_THIRDS = (3, 7)  # of nine points, RAND/UCLA
_QUARTILES = ("q1", "median", "q3", "iqr")


def _both_methods(round_: Frozen) -> Table:
    rows: list[list[Cell]] = []
    for item in round_["results"]["items"]:
        summary = item["summary"]
        read_off = [summary.get(method, {}) for method in ("grouped", "raw")]
        rows.append(
            [
                item["position"],
                item["n"],
                *(_or_why(summary, each, name) for each in read_off for name in _QUARTILES),
                _or_why(summary, summary, "mean"),
                _two_decimals(_or_why(summary, summary, "sd")),
                _or_why(summary, summary, "top_two"),
                read(item["judgement"].get("consensus", {}).get("reached", item["judgement"])),
            ]
        )
    widths = ["auto", *["1fr"] * 13]
    return Table(of_round("both_methods", round_), head("both_methods"), rows, widths, (1, 13))


# --- Plots: numbers in, shares and positions out; the template draws -----------------------------
def _distributions(content: Frozen, rounds: Sequence[Frozen]) -> dict[str, Any]:
    """For each item a bar a round, divided by the share of each score."""
    lines = [
        {
            "item": str(item["position"]),
            "round": of_round("round", round_),
            "n": item["n"],
            "counts": item["summary"].get("counts"),
        }
        for item, round_ in _by_item(rounds)
    ]
    scores = len(content["protocol"]["scale"]["labels"])
    kind = {"kind": "distributions", "title": say("distributions"), "few": read(_TOO_FEW)}
    return {**kind, "scores": scores, "lines": lines}


def _ranges(content: Frozen, rounds: Sequence[Frozen], method: str) -> dict[str, Any]:
    """For each item and round the median with the bar from Q1 to Q3, in points of the scale."""
    lines = []
    for item, round_ in _by_item(rounds):
        quartiles = item["summary"].get(method, {})
        points = {name: float(Fraction(quartiles[name])) for name in _QUARTILES if quartiles}
        lines.append({"item": str(item["position"]), "round": of_round("round", round_), **points})
    scores = len(content["protocol"]["scale"]["labels"])
    kind = {"kind": "ranges", "title": say("ranges"), "few": read(_TOO_FEW)}
    return {**kind, "scores": scores, "lines": lines}


_TOO_FEW = {"undefined": "too_few"}


def _by_item(rounds: Sequence[Frozen]) -> Iterator[tuple[Frozen, Frozen]]:
    """Each item with each round that asked it, the rounds of an item together."""
    for first in rounds[0]["results"]["items"]:
        for round_ in rounds:
            for item in round_["results"]["items"]:
                if item["position"] == first["position"]:
                    yield item, round_


# --- Stability and robustness --------------------------------------------------------------------
def robustness_section(content: Frozen) -> Section:
    rounds = _rating_rounds(content)
    scored = [each for each in content["rounds"] if each["kind"] in SCORED]
    if not scored:
        return Section(heading("robustness"), [say("no_ratings")])
    live = [each for each in rounds if is_real_time(content, each)]
    tables = [
        *(snapshot_table(each) for each in live),
        *(_moved(each) for each in (*live, *rounds[1:])),
        _agreement(scored),
        *(_attrition(each) for each in rounds[1:]),
        *(_subgroups(each) for each in rounds if _has_groups(each)),
        *(group_table(each) for each in rounds if shows_groups(each)),
    ]
    return Section(heading("robustness"), tables=tables)


def _moved(round_: Frozen) -> Table:
    counts = ("answered_earlier", "answered_later", "answered_both")
    rows: list[list[Cell]] = []
    for item in round_["results"]["items"]:
        moved = item["stability"]
        test = moved.get("wilcoxon", moved)
        rows.append(
            [
                item["position"],
                *(read(moved.get(name, moved)) for name in counts),
                held(read(moved.get("net_change", moved)), moved.get("rule", {}).get("below")),
                *(read(moved.get(name, moved)) for name in ("kept", "kappa")),
                read(test.get("p", test)),
                read(moved.get("stable", moved)),
            ]
        )
    return Table(of_round("moved", round_), head("moved"), rows, ["auto", *["1fr"] * 8], (1, 8))


def _agreement(rounds: Sequence[Frozen]) -> Table:
    """W of each round; of a ranking also how strong that is, and whether the order is agreed."""
    names = ("panelists", "w", "chi_squared", "degrees", "p")
    ranked = any(round_["kind"] == RoundKind.RANKING for round_ in rounds)
    rows: list[list[Cell]] = []
    for round_ in rounds:
        found = round_["results"]["agreement"]
        cells = [read(found.get(name, found)) for name in names]
        judged = round_["results"].get("judgement", {})
        if "strength" in judged:
            cells[1] = held(cells[1], judged["limit"])
            cells += [str(STRENGTHS[judged["strength"]]), read(judged["reached"])]
        elif ranked:
            cells += ["", ""]
        rows.append([round_["number"], *cells])
    names_shown = [*head("agreement"), *(head("agreement_ranking") if ranked else [])]
    return Table(say("agreement"), names_shown, rows, ["1fr"] * len(names_shown), (1, 6))


def _attrition(round_: Frozen) -> Table:
    names = ("leavers", "stayers", "difference", "p")
    rows: list[list[Cell]] = []
    for item in round_["results"]["items"]:
        found = item["attrition"]
        rows.append([item["position"], *(read(found.get(name, found)) for name in names)])
    return Table(
        of_round("attrition", round_), head("attrition"), rows, ["auto", *["1fr"] * 4], (1, 5)
    )


def _has_groups(round_: Frozen) -> bool:
    return any("groups" in item["subgroups"] for item in round_["results"]["items"])


def _subgroups(round_: Frozen) -> Table:
    rows: list[list[Cell]] = [
        [
            item["position"],
            group["name"],
            group["n"],
            read(group["median"]),
            read(group["iqr"]),
            read(item["subgroups"]["p"]),
        ]
        for item in round_["results"]["items"]
        for group in item["subgroups"].get("groups", [])
    ]
    widths = ["auto", "1fr", *["auto"] * 4]
    return Table(of_round("subgroups", round_), head("subgroups"), rows, widths, (2, 6))
