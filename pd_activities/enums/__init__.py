from pd_activities.enums.logs import LogKind, LogStatus
from pd_activities.enums.training import (
    AttendanceSource,
    EnrolmentStatus,
    HourKind,
    HourSource,
    Modality,
    TrainingHost,
    TrainingStatus,
)

__all__ = [
    "AttendanceSource",
    "EnrolmentStatus",
    "HourKind",
    "HourSource",
    "LogKind",
    "LogStatus",
    "Modality",
    "TrainingHost",
    "TrainingStatus",
]
