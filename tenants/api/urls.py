from core.api.routing import ApiRouter
from tenants.api.applications import AreaApplicationViewSet
from tenants.api.areas import AreaViewSet


def register(api: ApiRouter) -> None:
    """Add this room's resources to the platform API."""
    api.add("area-applications", AreaApplicationViewSet)
    api.add("areas", AreaViewSet)
