from core.api.routing import ApiRouter
from monitoring.api.dashboards import (
    AreaDashboardViewSet,
    ClusterDashboardViewSet,
    SchoolDashboardViewSet,
)
from monitoring.api.events import EventViewSet


def register(api: ApiRouter) -> None:
    """Add this room's resources to the API."""
    api.add("events", EventViewSet)
    api.add_single("dashboards/area", AreaDashboardViewSet)
    api.add("dashboards/clusters", ClusterDashboardViewSet)
    api.add("dashboards/schools", SchoolDashboardViewSet)
