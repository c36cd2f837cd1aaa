from core.api.routing import ApiRouter
from pd_activities.api import committees, meetings, motions, visits


def register(api: ApiRouter) -> None:
    """Add this room's resources to the API."""
    visits.register(api)
    committees.register(api)
    meetings.register(api)
    motions.register(api)
