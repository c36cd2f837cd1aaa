"""Help with planning a study: protocols to start from, panel sizes, a forecast."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from consensus.enums import RoundKind
from consensus.protocol import Protocol, parse_protocol
from consensus.protocol.parts import Part
from consensus.protocol.templates import TEMPLATES
from consensus.statistics import (
    PANEL_SIZES,
    Expectation,
    forecast,
    panel_size_help,
    parse_rational,
    to_jsonable,
)
from core.errors import invalid


def planning_help() -> dict[str, Any]:
    """The protocol library, and the net decrease in error by panel size."""
    return {"templates": TEMPLATES, "panel_sizes": to_jsonable(PANEL_SIZES)}


def study_forecast(
    *,
    panelists: int,
    opinions: Sequence[int],
    protocol: Mapping[str, Any] | None = None,
    leaving: str = "0",
    moving: str = "0",
    seed: int = 0,
) -> dict[str, Any]:
    """What a panel would probably decide on one item. Raises InvalidInputError."""
    planned = parse_protocol(protocol or {})
    _require_fitting(opinions, planned)
    real_time = any(each.real_time for each in planned.rounds)
    expected = Expectation(
        opinions=tuple(opinions),
        panelists=panelists,
        # In real time a first answer, then another look at the group: the second one is kept.
        rounds=2 if real_time else sum(each.kind == RoundKind.RATING for each in planned.rounds),
        leaving=_chance(leaving, "/leaving"),
        moving=_chance(moving, "/moving"),
    )
    rounds = forecast(
        expected,
        rule=planned.consensus,
        in_from=planned.in_from,
        smallest=planned.smallest_shown,
        seed=seed,
    )
    return {
        "rounds": to_jsonable([replace(rounds[-1], number=1)] if real_time else rounds),
        "panel_size": to_jsonable(panel_size_help(panelists)),
    }


def _require_fitting(opinions: Sequence[int], planned: Protocol) -> None:
    if all(each.kind != RoundKind.RATING for each in planned.rounds):
        raise invalid(
            "/protocol/rounds",
            "nothing_rated",
            "จำลองได้เฉพาะการให้คะแนน ระเบียบวิธีนี้มีแต่การจัดลำดับ",
            "Only ratings are simulated, and this protocol has rankings alone.",
        )
    if len(opinions) != planned.points or not any(opinions):
        raise invalid(
            "/opinions",
            "does_not_fit",
            f"ต้องมีน้ำหนัก {planned.points} ค่า ตามจำนวนระดับของมาตร และไม่เป็นศูนย์ทั้งหมด",
            f"Give {planned.points} weights, one for each point of the scale, not all of them 0.",
        )


def _chance(text: str, pointer: str) -> Fraction:
    return Part(text, pointer).by(
        lambda value: parse_rational(value, low=Fraction(0), high=Fraction(1))
    )
