from pd_activities.models.attendance import AttendanceInterval
from pd_activities.models.hours import HourRuleSet, LedgerEntry
from pd_activities.models.logs import ActivityLog
from pd_activities.models.training import Enrolment, Training, TrainingSession

__all__ = [
    "ActivityLog",
    "AttendanceInterval",
    "Enrolment",
    "HourRuleSet",
    "LedgerEntry",
    "Training",
    "TrainingSession",
]
