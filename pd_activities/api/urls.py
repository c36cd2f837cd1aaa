from core.api.routing import ApiRouter
from pd_activities.api import visits


def register(api: ApiRouter) -> None:
    """Add this room's resources to the API."""
    visits.register(api)
