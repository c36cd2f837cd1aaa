"""Target 11: close a Delphi round, small and very large, against NumPy's percentiles of it."""

import random
import time
import uuid
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any

import numpy as np
from django.utils import timezone
from django_tenants.utils import schema_context

from consensus.actions.rounds import close_round
from consensus.enums import PanelKind, RoundKind, RoundStatus, StudyStatus
from consensus.models import PanelSeat, Rating, Round, Study, StudyItem
from consensus.protocol import dump_protocol, parse_protocol
from consensus.statistics import summarise_matrix
from core.actor import SYSTEM
from core.bulk import copy_rows
from tenants.models import Area
from tests.benchmarks.areas import make_area
from tests.world import make_person

POINTS = 5
TIMES = 15
Matrix = list[list[int]]  # rows panelists, columns items


def run() -> Iterator[dict[str, Any]]:
    area = make_area("delphi")
    for panelists, items in ((18, 60), (1_000, 200)):
        work = f"{panelists:,} panelists × {items} items"
        now, before = _ratings(panelists, items, seed=11), _ratings(panelists, items, seed=2569)
        yardstick = np.array(now, dtype=float)
        percentiles, summaries = _in_turn(
            lambda of=yardstick: np.percentile(of, [25, 50, 75], axis=0),
            lambda of=now: summarise_matrix(of, POINTS),
        )
        yield _row(f"{work}: every item's statistics", summaries, percentiles, "≤ 5")
        closing = _close(area, before, now)
        goal = "≤ 20 ms" if panelists == 18 else None
        yield _row(f"{work}: close the second round, committed", closing, percentiles, goal)


def _row(work: str, ours: float, yardstick: float, goal: str | None) -> dict[str, Any]:
    return {
        "target": 11,
        "work": f"{work}; NumPy's quartiles of the same matrix",
        "ours": round(ours, 2),
        "yardstick": round(yardstick, 2),
        "unit": "ms",
        "ratio": round(ours / yardstick, 1),
        "goal": goal,
    }


def _ratings(panelists: int, items: int, *, seed: int) -> Matrix:
    dice = random.Random(seed)  # noqa: S311  (synthetic ratings)
    return [dice.choices(range(1, POINTS + 1), (1, 2, 4, 7, 4), k=items) for _ in range(panelists)]


def _in_turn(*works: Callable[[], object]) -> list[float]:
    """The median milliseconds of each."""
    took = [[_milliseconds(work) for work in works] for _ in range(TIMES)]
    return [median(each) for each in zip(*took, strict=True)]


def _milliseconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1_000


def _close(area: Area, before: Matrix, now: Matrix) -> float:
    """The median milliseconds of closing the second rating round of a study."""
    with schema_context(area.schema_name):
        round_ = _second_round(before, now)
        took = []
        for _ in range(TIMES):
            took.append(_milliseconds(lambda: close_round(round_, actor=SYSTEM)))
            _reopen(round_)
    return median(took)


def _second_round(before: Matrix, now: Matrix) -> Round:
    protocol = dump_protocol(parse_protocol({"rounds": [{"kind": "rating"}] * 2}))
    study = Study.objects.create(
        title="Benchmark",
        facilitator_id=make_person("supervisor", "area", None, username=f"f{len(now)}").user_id,
        status=StudyStatus.ROUND_OPEN,
        protocol=protocol,
        seal="-",
        sealed_at=timezone.now(),
    )
    seats = [
        PanelSeat(study=study, kind=PanelKind.PANELIST, expertise=f"{number % 3}")
        for number in range(len(now))
    ]
    items = [StudyItem(study=study, position=n, text=f"Item {n}") for n in range(len(now[0]))]
    closed = {"status": RoundStatus.CLOSED, "closed_at": timezone.now(), "results": {}}
    first = Round(study=study, number=1, kind=RoundKind.RATING, **closed)
    second = Round(study=study, number=2, kind=RoundKind.RATING)
    for rows in (seats, items, [first, second]):
        type(rows[0]).objects.bulk_create(rows)
    copy_rows(
        Rating,
        ["id", "round_id", "seat_id", "item_id", "score", "no_opinion", "comment"],
        (
            [uuid.uuid4(), round_.pk, seat.pk, item.pk, score, False, ""]
            for round_, matrix in ((first, before), (second, now))
            for seat, scores in zip(seats, matrix, strict=True)
            for item, score in zip(items, scores, strict=True)
        ),
    )
    return Round.objects.select_related("study").get(pk=second.pk)


def _reopen(round_: Round) -> None:
    Round.objects.filter(pk=round_.pk).update(status=RoundStatus.OPEN, closed_at=None, results=None)
