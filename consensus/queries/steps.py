"""Where a panelist or certifier stands in the study."""

from typing import Any

from consensus.enums import PanelKind, RoundKind, RoundStatus, StepState
from consensus.models import Panelist, Round
from consensus.protocol import Protocol, steps_of


def steps_for(panelist: Panelist, newest: Round | None, protocol: Protocol) -> list[dict[str, Any]]:
    """What the study asks of such people, step by step, and which of it is past, now or ahead.

    A study may end with fewer rounds than planned: once certifiers are asked, rounds are past.
    """
    steps, rounds = steps_of(protocol), len(protocol.rounds)
    mine = steps[:rounds] if panelist.kind == PanelKind.PANELIST else steps[rounds:]
    certifying = newest is not None and newest.kind == RoundKind.CERTIFICATION
    reached = 0 if newest is None else rounds + 1 if certifying else newest.number
    is_open = newest is not None and newest.status == RoundStatus.OPEN

    def state(number: int) -> StepState:
        if number == reached and is_open:
            return StepState.NOW
        return StepState.PAST if number <= reached else StepState.AHEAD

    return [
        {
            "number": step.number,
            "kind": step.kind,
            "state": state(step.number),
            "title": str(step.title),
            "now": str(step.now),
            "seen": str(step.seen),
            "following": str(step.following),
        }
        for step in mine
    ]
