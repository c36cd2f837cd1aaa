from core.api.routing import ApiRouter
from pd_activities.api import (
    attendance,
    certificates,
    committees,
    enrolments,
    hours,
    logs,
    meetings,
    motions,
    training_sessions,
    trainings,
    visits,
)


def register(api: ApiRouter) -> None:
    """Add this room's resources to the API."""
    trainings.register(api)
    training_sessions.register(api)
    enrolments.register(api)
    attendance.register(api)
    hours.register(api)
    certificates.register(api)
    logs.register(api)
    visits.register(api)
    committees.register(api)
    meetings.register(api)
    motions.register(api)
