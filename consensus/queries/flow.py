"""How people moved through a study: asked, accepted, answered each round. Numbers only."""

from collections import Counter
from typing import Any

from consensus.enums import PanelistState, PanelKind
from consensus.models import Round, Study
from consensus.queries.rounds import closed_rounds

_SECONDS_A_DAY = 86_400


def panel_flow(study: Study) -> dict[str, Any]:
    """Panelists and certifiers by how they replied, and each closed round with its days."""
    rows = study.panelists.values_list("kind", "state")
    tally = Counter(rows)
    return {
        "panelists": _replies(tally, PanelKind.PANELIST),
        "certifiers": _replies(tally, PanelKind.CERTIFIER),
        "rounds": [_round(each) for each in closed_rounds(study.pk)],
    }


def _replies(tally: Counter[tuple[str, str]], kind: PanelKind) -> dict[str, int]:
    """`accepted` is everyone who consented, also those who withdrew later."""
    withdrawn = tally[kind, PanelistState.WITHDRAWN]
    return {
        "invited": sum(tally[kind, state] for state in PanelistState),
        "accepted": tally[kind, PanelistState.ACCEPTED] + withdrawn,
        "declined": tally[kind, PanelistState.DECLINED],
        "withdrawn": withdrawn,
        "no_reply": tally[kind, PanelistState.INVITED],
    }


def _round(round_: Round) -> dict[str, Any]:
    if round_.closed_at is None or round_.results is None:
        raise ValueError(f"round {round_.number} is not closed")
    return {
        "number": round_.number,
        "kind": round_.kind,
        "opened_at": round_.opened_at,
        "closed_at": round_.closed_at,
        "days": round((round_.closed_at - round_.opened_at).total_seconds() / _SECONDS_A_DAY, 1),
        **round_.results["panel"],
    }
