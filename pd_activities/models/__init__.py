"""Tables of this room, by what they are about."""

from pd_activities.models.committees import Committee, CommitteeRule, Seat
from pd_activities.models.meetings import (
    ActionItem,
    AgendaItem,
    Meeting,
    MeetingAttendance,
    Motion,
    Vote,
)
from pd_activities.models.supervision import (
    FeedbackConference,
    FollowUpAction,
    Instrument,
    Observation,
    SupervisionVisit,
)

__all__ = [
    "ActionItem",
    "AgendaItem",
    "Committee",
    "CommitteeRule",
    "FeedbackConference",
    "FollowUpAction",
    "Instrument",
    "Meeting",
    "MeetingAttendance",
    "Motion",
    "Observation",
    "Seat",
    "SupervisionVisit",
    "Vote",
]
