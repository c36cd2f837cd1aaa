"""Tables of this room, by what they are about."""

from pd_activities.models.attendance import AttendanceInterval
from pd_activities.models.certificates import Certificate
from pd_activities.models.committees import Committee, CommitteeRule, Seat
from pd_activities.models.hours import HourRuleSet, LedgerEntry
from pd_activities.models.logs import ActivityLog
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
from pd_activities.models.training import Enrolment, Training, TrainingSession

__all__ = [
    "ActionItem",
    "ActivityLog",
    "AgendaItem",
    "AttendanceInterval",
    "Certificate",
    "Committee",
    "CommitteeRule",
    "Enrolment",
    "FeedbackConference",
    "FollowUpAction",
    "HourRuleSet",
    "Instrument",
    "LedgerEntry",
    "Meeting",
    "MeetingAttendance",
    "Motion",
    "Observation",
    "Seat",
    "SupervisionVisit",
    "Training",
    "TrainingSession",
    "Vote",
]
