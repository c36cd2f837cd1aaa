"""What a panelist sees of expertise groups: frozen totals of those that may be shown."""

from collections.abc import Sequence
from typing import Any

from consensus.enums import GroupFeedback
from consensus.models import Panelist
from consensus.protocol import Protocol


def sees_group(panelist: Panelist, name: str, protocol: Protocol) -> bool:
    """Whether the protocol shows this panelist the totals of that group, if these may be shown."""
    own = protocol.group_feedback == GroupFeedback.OWN and name == panelist.expertise
    return own or protocol.group_feedback == GroupFeedback.ALL


def group_feedback(
    panelist: Panelist, groups: Sequence[dict[str, Any]], protocol: Protocol
) -> list[dict[str, Any]]:
    """The groups of a frozen item that this panelist sees."""
    return [
        {
            "name": each["name"],
            "n": each["n"],
            **{name: each["quartiles"][name] for name in ("median", "q1", "q3", "iqr")},
            "distribution": each["counts"],
        }
        for each in groups
        if sees_group(panelist, each["name"], protocol)
    ]
