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
from pd_activities.enums.logs import LogKind, LogStatus
from pd_activities.enums.supervision import FollowUpOwner, PidrePhase, VisitStatus
from pd_activities.enums.training import (
    AttendanceSource,
    CertificateCheck,
    EnrolmentStatus,
    HourKind,
    HourSource,
    Modality,
    TrainingHost,
    TrainingStatus,
)

__all__ = [
    "ActionItemStatus",
    "AgendaKind",
    "AttendanceSource",
    "CastingVote",
    "CertificateCheck",
    "CommitteeKind",
    "EnrolmentStatus",
    "FollowUpOwner",
    "HourKind",
    "HourSource",
    "LogKind",
    "LogStatus",
    "MajorityOf",
    "MeetingStatus",
    "Modality",
    "MotionStatus",
    "PidrePhase",
    "Presence",
    "SeatCategory",
    "SeatRole",
    "TrainingHost",
    "TrainingStatus",
    "VisitStatus",
    "VoteChoice",
]
