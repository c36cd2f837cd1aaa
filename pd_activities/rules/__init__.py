from pd_activities.rules.hours import may_see_hour_rules, may_see_transcript, may_set_hour_rules
from pd_activities.rules.logs import may_change_log, may_see_logs, may_verify_log, may_write_log
from pd_activities.rules.training import (
    may_attend,
    may_enrol,
    may_leave,
    may_run_training,
    may_see_attendance,
    may_see_trainings,
)

__all__ = [
    "may_attend",
    "may_change_log",
    "may_enrol",
    "may_leave",
    "may_run_training",
    "may_see_attendance",
    "may_see_hour_rules",
    "may_see_logs",
    "may_see_trainings",
    "may_see_transcript",
    "may_set_hour_rules",
    "may_verify_log",
    "may_write_log",
]
