"""How people moved through a study: asked, accepted, answered each round. Numbers only."""

from collections import Counter
from typing import Any
from uuid import UUID

from consensus.enums import FollowUpWay, PanelistState, PanelKind
from consensus.models import Round, Study
from consensus.queries.recordings import entered_in
from consensus.queries.rounds import closed_rounds
from consensus.queries.studies import follow_ups_of

_SECONDS_A_DAY = 86_400


def panel_flow(study: Study) -> dict[str, Any]:
    """Panelists and certifiers by how they replied, and each closed round with its days."""
    people = list(study.panelists.values_list("kind", "state", "letter_at"))
    tally = Counter((kind, state) for kind, state, _ in people)
    by_letter = Counter(kind for kind, _, letter_at in people if letter_at is not None)
    noted = Counter(follow_ups_of(study).values_list("round", "way"))
    return {
        "panelists": _replies(tally, by_letter, PanelKind.PANELIST),
        "certifiers": _replies(tally, by_letter, PanelKind.CERTIFIER),
        "rounds": [_round(each, noted) for each in closed_rounds(study.pk)],
    }


def _replies(
    tally: Counter[tuple[str, str]], by_letter: Counter[str], kind: PanelKind
) -> dict[str, int]:
    """`accepted` is everyone who consented, also those who withdrew later."""
    withdrawn = tally[kind, PanelistState.WITHDRAWN]
    return {
        "invited": sum(tally[kind, state] for state in PanelistState),
        "by_letter": by_letter[kind],
        "accepted": tally[kind, PanelistState.ACCEPTED] + withdrawn,
        "declined": tally[kind, PanelistState.DECLINED],
        "withdrawn": withdrawn,
        "no_reply": tally[kind, PanelistState.INVITED],
    }


def _round(round_: Round, noted: Counter[tuple[UUID, str]]) -> dict[str, Any]:
    if round_.closed_at is None or round_.results is None:
        raise ValueError(f"round {round_.number} is not closed")
    return {
        "number": round_.number,
        "kind": round_.kind,
        "opened_at": round_.opened_at,
        "closed_at": round_.closed_at,
        "days": round((round_.closed_at - round_.opened_at).total_seconds() / _SECONDS_A_DAY, 1),
        **round_.results["panel"],
        "recorded": entered_in(round_.results),
        "reminders": round_.reminder_count,
        "follow_ups": {way: noted[round_.pk, way] for way in FollowUpWay.values},
    }
