"""The result of a certification round."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from consensus.protocol import Protocol
from consensus.results.participation import participation
from consensus.statistics import Undefined, certify, to_jsonable


def freeze_certification(
    protocol: Protocol,
    parts: Sequence[str],
    seats: int,
    answers: Mapping[tuple[UUID, str, str], int],
) -> dict[str, Any]:
    """The certifiers' answers by (seat, part, criterion), and whether every part passes."""
    plan = protocol.certification
    tally = Counter((part, code, value) for (_, part, code), value in answers.items())
    asked = [(part, wording.code) for part in parts for wording in plan.criteria]
    values = range(plan.lowest, plan.highest + 1)
    lines = [
        _line(protocol, part, code, [tally[part, code, value] for value in values])
        for part, code in asked
    ]
    by_seat = Counter(seat for seat, _, _ in answers)
    return {
        "panel": participation(seats, by_seat.values(), len(asked)),
        "certified": all(line["passed"] for line in lines),
        "parts": lines,
    }


def _line(protocol: Protocol, part: str, code: str, counts: list[int]) -> dict[str, Any]:
    line: dict[str, Any] = {"part": part, "criterion": code, "n": sum(counts)}
    if sum(counts) < protocol.smallest_shown:
        return {**line, "outcome": to_jsonable(Undefined.TOO_FEW), "passed": False}
    outcome = certify(counts, protocol.certification.rule)
    shown = {"counts": counts, **to_jsonable(outcome)}
    return {**line, "outcome": shown, "passed": outcome.passed is True}
