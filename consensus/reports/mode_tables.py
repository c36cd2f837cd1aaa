"""Tables of what not every study has: rankings, a real-time round's showings, groups."""

from collections.abc import Mapping
from typing import Any

from consensus.enums import RoundKind
from consensus.reports.layout import Table, read
from consensus.reports.sections import head, of_round
from consensus.reports.wording import LABELS
from core.documents.sheets import Cell

Frozen = Mapping[str, Any]


def items_of(round_: Frozen) -> list[Frozen]:
    found: list[Frozen] = round_["results"]["items"]
    return found


def shows_groups(round_: Frozen) -> bool:
    return any(item.get("groups") for item in items_of(round_))


def is_real_time(content: Frozen, round_: Frozen) -> bool:
    planned = content["protocol"]["rounds"][round_["number"] - 1]
    return bool(planned.get("real_time"))


def snapshot_table(round_: Frozen) -> Table:
    """How often what the panel saw was renewed: in numbers, since what it was would tell more."""
    rows: list[list[Cell]] = []
    for item in items_of(round_):
        shown = item["feedback"]["snapshots"]
        rows.append(
            [
                item["position"],
                len(shown),
                " → ".join(str(each["n"]) for each in shown),
                " → ".join(str(each["changed"]) for each in shown),
                read(item["feedback"]["changed_since"]),
            ]
        )
    widths = ["auto", "auto", "1fr", "1fr", "auto"]
    return Table(of_round("snapshots", round_), head("snapshots"), rows, widths, (0, 2))


def group_table(round_: Frozen) -> Table:
    rows: list[list[Cell]] = [
        [
            item["position"],
            group["name"],
            group["n"],
            *(read(group["quartiles"][name]) for name in ("q1", "median", "q3", "iqr")),
            " · ".join(str(count) for count in group["counts"]),
        ]
        for item in items_of(round_)
        for group in item["groups"]
    ]
    widths = ["auto", "1fr", *["auto"] * 6]
    return Table(of_round("groups", round_), head("groups"), rows, widths, (2, 7))


def ranking_tables(content: Frozen) -> list[Table]:
    """The panel's order of each ranking, the first item first, and the groups that may be shown."""
    ranked = [each for each in content["rounds"] if each["kind"] == RoundKind.RANKING]
    by_group = [each for each in ranked if each["results"]["groups"]]
    return [*map(_order, reversed(ranked)), *map(_by_group, by_group)]


def _order(round_: Frozen) -> Table:
    names = ("mean_rank", "median_rank", "top_share")
    items = sorted(items_of(round_), key=lambda item: item["summary"].get("place", 0))
    rows: list[list[Cell]] = [
        [
            read(item["summary"].get("place", item["summary"])),
            item["position"],
            item["text"],
            *(read(item["summary"].get(name, item["summary"])) for name in names),
        ]
        for item in items
    ]
    widths = ["auto", "auto", "1fr", *["auto"] * 3]
    title = str(LABELS["ranking"].format(number=round_["number"], top=round_["results"]["top"]))
    return Table(title, head("ranking"), rows, widths, (3, 6))


def _by_group(round_: Frozen) -> Table:
    rows: list[list[Cell]] = [
        [item["position"], each["name"], each["n"], read(each["mean_ranks"][at]), read(each["w"])]
        for at, item in enumerate(items_of(round_))
        for each in round_["results"]["groups"]
    ]
    widths = ["auto", "1fr", *["auto"] * 3]
    return Table(of_round("rank_groups", round_), head("rank_groups"), rows, widths, (2, 5))
