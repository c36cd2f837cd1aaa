"""The protocol of a study in the API document. consensus.protocol checks what it says."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from consensus.enums import GroupFeedback

_RATIONAL = {"type": "string", "description": 'an exact rational: "7/2", "1.5" or "2"'}


def _object(description: str, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "description": description, "properties": properties}


def _rule(names: str) -> dict[str, Any]:
    told = f"`{{rule: name, …}}`, one of: {names}; rationals are strings"
    return {**_object(told, rule={"type": "string"}), "additionalProperties": True}


_LABEL = _object("a point in words", th={"type": "string"}, en={"type": "string"})
_WORDING = _object(
    "a code with its wording",
    code={"type": "string"},
    th={"type": "string"},
    en={"type": "string"},
)
_PROTOCOL = _object(
    "What is left out takes the area's default: at first, the published Buriram study.",
    rounds={
        "type": "array",
        "items": _object(
            "open-ended rounds first, then ratings, then rankings; the list is the round limit",
            kind={"type": "string", "enum": ["open_ended", "rating", "ranking"]},
            prompts={"type": "array", "items": _WORDING},
            real_time={
                "type": "boolean",
                "description": "of the only rating round: answers change until it closes, and the "
                "group is shown as of the last snapshot",
            },
            top={"type": "integer", "description": "of a ranking: first places that are counted"},
            agreement=_rule("kendall_w (`at_least`: .5 moderate, .7 strong); of a ranking"),
        ),
    },
    scale=_object(
        "points of the scale, lowest first",
        points={"type": "integer"},
        labels={"type": "array", "items": _LABEL},
    ),
    consensus=_rule("iqr, percent_agreement, ipras, median_iqr; `method` grouped or raw decides"),
    in_from={**_RATIONAL, "description": "consensus with a median from here on is in"},
    stability=_rule("net_change"),
    smallest_shown={"type": "integer", "description": "nothing that counts fewer is shown (≥ 5)"},
    comments_shown={"type": "boolean"},
    group_feedback={
        "type": "string",
        "enum": [each.value for each in GroupFeedback],
        "description": "whose totals a panelist sees; a group is an expertise, and is shown only "
        "where it and all the others have 5 answers",
    },
    certification=_object(
        "what certifiers are asked, of the whole and of each section",
        rule=_rule("unanimous, cvr, i_cvi, ioc, median_iqr"),
        points={"type": "integer", "description": "2 is no (1) and yes (2); ioc has 3: -1, 0, 1"},
        criteria={"type": "array", "items": _WORDING},
        by_section={"type": "boolean"},
    ),
    validation=_object(
        "what makes a plan validated",
        every_item_in={"type": "boolean"},
        certified={"type": "boolean"},
    ),
    quantiles=_object("names and versions of the quantile rules; fixed"),
    feedback={
        "type": "array",
        "items": {"type": "string"},
        "description": "what panelists see of the round before, beside comments; fixed",
    },
    stopping={"type": "string", "description": "fixed: settled_or_limit"},
    anonymity={"type": "string", "description": "fixed: pseudonymous"},
)
_PROTOCOL["example"] = {
    "rounds": [{"kind": "rating"}, {"kind": "rating"}],
    "consensus": {"rule": "iqr", "at_most": "3/2", "method": "grouped"},
}


@extend_schema_field(_PROTOCOL)
class ProtocolField(serializers.JSONField):
    """A protocol as JSON."""
