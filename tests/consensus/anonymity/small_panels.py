"""Small panels in all shapes, and of whom each number that is published of them speaks."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import uuid4

from consensus.protocol import parse_protocol
from consensus.queries.row_data import rows_tell_few
from consensus.results.participation import NO_OPINION
from consensus.results.ratings import RatedItem, freeze_ratings

PROTOCOL = parse_protocol({"group_feedback": "all"})
PANELS = {4: 40, 5: 150, 6: 150, 7: 150, 9: 150, 10: 300, 15: 300, 18: 300}  # size: how many
ITEMS = [RatedItem(uuid4(), number, "", "ข้อ") for number in (1, 2)]
SMALLEST = 5


@dataclass(frozen=True)
class Panel:
    """Two items, rated twice: a row is what one person answered, round by round."""

    groups: list[str]
    rows: list[tuple[int | None, ...]]

    def column(self, round_: int, item: int) -> list[int | None]:
        return [row[2 * round_ + item] for row in self.rows]


@dataclass(frozen=True)
class Table:
    """`about` is what it tells: a round, an item, and whether "no opinion" is told as well."""

    name: str
    about: tuple[int, int, str]
    people: frozenset[int]


def panels(size: int) -> Iterator[Panel]:
    """Ever the same ones of this size: mostly complete, with leavers, joiners, lapses, groups."""
    chance = random.Random(size)  # noqa: S311  (repeatable, not secret)
    for _ in range(PANELS[size]):
        names = "กขค"[: chance.randint(1, 3)]
        groups = [chance.choice(names) for _ in range(size)]
        lively = chance.choice([0.5, 0.8, 0.95, 1.0])
        leaving = chance.sample(range(size), chance.choice([0, 0, 1, 2, size // 2]))
        rows = []
        for person in range(size):
            row = [_answer(chance, lively) for _ in range(4)]
            rows.append((*row[:2], None, None) if person in leaving else tuple(row))
        yield Panel(groups, rows)


def _answer(chance: random.Random, lively: float) -> int | None:
    if chance.random() < lively:
        return chance.randint(1, 5)
    return chance.choice([None, NO_OPINION])


def published(panel: Panel) -> list[Table]:
    """Every number of both rounds, and the rows, with the people whom it counts."""
    results = [_freeze(panel, 0), _freeze(panel, 1)]
    frozen = [each["items"] for each in results]
    tables = [*_of_rows(panel, frozen), *_of_agreement(panel, results)]
    for item in (0, 1):
        for round_ in (0, 1):
            tables += _of_round(panel, round_, item, frozen[round_][item])
        tables += _of_both(panel, item, frozen[1][item])
    return tables


def _freeze(panel: Panel, round_: int) -> dict:
    columns, before = (
        {each.id: panel.column(number, place) for place, each in enumerate(ITEMS)}
        for number in (round_, 0)
    )
    return freeze_ratings(
        PROTOCOL, ITEMS, panel.groups, columns, before=before if round_ else None, is_last=False
    )


def _having(column, allowed) -> frozenset[int]:
    return frozenset(person for person, answer in enumerate(column) if allowed(answer))


def _scored(column) -> frozenset[int]:
    return _having(column, bool)


def _shown(frozen: dict) -> set[str]:
    named = [*frozen["groups"], *frozen["subgroups"].get("groups", [])]
    return {each["name"] for each in named}


def _inside(panel: Panel, name: str) -> frozenset[int]:
    return frozenset(person for person, group in enumerate(panel.groups) if group == name)


def _of_round(panel: Panel, round_: int, item: int, frozen: dict) -> Iterator[Table]:
    column, about = panel.column(round_, item), (round_, item, "scores")
    if "counts" in frozen["summary"]:
        yield Table("whole", about, _scored(column))
    for name in _shown(frozen):
        yield Table(f"group {name}", about, _scored(column) & _inside(panel, name))
    if not isinstance(frozen["no_opinion"], dict) and (frozen["n"] + frozen["no_opinion"]):
        people = _having(column, lambda answer: answer is not None)
        yield Table("whole", (round_, item, "answers"), people)


def _of_both(panel: Panel, item: int, frozen: dict) -> Iterator[Table]:
    """Who scored both rounds, who left and who stayed: all speak of what was said before, too."""
    before, now = (panel.column(number, item) for number in (0, 1))
    if "kept" in frozen["stability"] and not isinstance(frozen["stability"]["kept"], dict):
        both = _scored(before) & _scored(now)
        yield from (Table("both", (number, item, "scores"), both) for number in (0, 1))
    if "leavers" in frozen["attrition"]:
        gone = frozenset(
            person
            for person, row in enumerate(panel.rows)
            if row[:2] != (None, None) and row[2:] == (None, None)
        )
        yield Table("leavers", (0, item, "scores"), _scored(before) & gone)
        yield Table("stayers", (0, item, "scores"), _scored(before) - gone)


def _of_agreement(panel: Panel, results: list[dict]) -> Iterator[Table]:
    """W is of those who scored every item, and tells of each of them."""
    for round_, each in enumerate(results):
        if "w" in each["agreement"]:
            whole = _scored(panel.column(round_, 0)) & _scored(panel.column(round_, 1))
            yield from (Table("agreement", (round_, item, "scores"), whole) for item in (0, 1))


def _of_rows(panel: Panel, frozen: list[list[dict]]) -> Iterator[Table]:
    """Those who finished; and, since they add up to its numbers, those of each group shown."""
    finished = _having(panel.rows, lambda row: None not in row)
    columns = {
        (round_ + 1, item): panel.column(round_, item) for round_ in (0, 1) for item in (0, 1)
    }
    if len(finished) < SMALLEST or rows_tell_few(columns, panel.groups, SMALLEST):
        return
    groups = {name for round_ in frozen for item in round_ for name in _shown(item)}
    for round_ in (0, 1):
        for item in (0, 1):
            about = (round_, item, "answers")
            yield Table("rows", about, finished)
            if scored := finished & _scored(panel.column(round_, item)):
                yield Table("rows", (round_, item, "scores"), scored)
            for name in groups:
                if found := finished & _inside(panel, name):
                    yield Table(f"rows of {name}", about, found)
            for name in _shown(frozen[round_][item]):
                answered = _having(panel.column(round_, item), lambda each: each is not None)
                yield Table(f"group {name}", about, answered & _inside(panel, name))
