"""Enumerations of this room, by what they are about."""

from pd_activities.enums.committees import (
    ActionItemStatus,
    AgendaKind,
    CastingVote,
    CommitteeKind,
    MajorityOf,
    MeetingStatus,
    MotionStatus,
    Presence,
    SeatCategory,
    SeatRole,
    VoteChoice,
)
from pd_activities.enums.supervision import FollowUpOwner, PidrePhase, VisitStatus

__all__ = [
    "ActionItemStatus",
    "AgendaKind",
    "CastingVote",
    "CommitteeKind",
    "FollowUpOwner",
    "MajorityOf",
    "MeetingStatus",
    "MotionStatus",
    "PidrePhase",
    "Presence",
    "SeatCategory",
    "SeatRole",
    "VisitStatus",
    "VoteChoice",
]
