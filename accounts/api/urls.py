from accounts.api.me import MeViewSet
from core.api.routing import ApiRouter


def register(api: ApiRouter) -> None:
    """Add this room's resources to the API of an area and of the platform."""
    api.add_single("me", MeViewSet)
