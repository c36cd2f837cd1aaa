"""A protocol as the complete document that is stored and sealed."""

from typing import Any

from consensus.protocol.model import FIXED, PlannedRound, Protocol, Wording
from consensus.statistics import dump_rule


def dump_protocol(protocol: Protocol) -> dict[str, Any]:
    """The complete document; parsing it gives an equal protocol."""
    plan = protocol.certification
    return {
        "rounds": [_dump_round(each) for each in protocol.rounds],
        "scale": {"points": protocol.points, "labels": [vars(each) for each in protocol.labels]},
        "consensus": dump_rule(protocol.consensus),
        "in_from": str(protocol.in_from),
        "stability": dump_rule(protocol.stability),
        "smallest_shown": protocol.smallest_shown,
        "comments_shown": protocol.comments_shown,
        "group_feedback": protocol.group_feedback.value,
        "certification": {
            "rule": dump_rule(plan.rule),
            "points": plan.points,
            "criteria": [_dump_wording(each) for each in plan.criteria],
            "by_section": plan.by_section,
        },
        "validation": {"every_item_in": protocol.every_item_in, "certified": protocol.certified},
        **FIXED,
    }


def _dump_round(planned: PlannedRound) -> dict[str, Any]:
    document: dict[str, Any] = {"kind": planned.kind.value}
    if planned.prompts:
        document["prompts"] = [_dump_wording(each) for each in planned.prompts]
    if planned.real_time:
        document["real_time"] = True
    if planned.agreement:
        document |= {"top": planned.top, "agreement": dump_rule(planned.agreement)}
    return document


def _dump_wording(wording: Wording) -> dict[str, str]:
    return {"code": wording.code, "th": wording.text.th, "en": wording.text.en}
