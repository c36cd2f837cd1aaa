from core.api.routing import ApiRouter
from monitoring.api.events import EventViewSet


def register(api: ApiRouter) -> None:
    """Add this room's resources to the API."""
    api.add("events", EventViewSet)
