from core.api.routing import ApiRouter
from tenants.api.applications import AreaApplicationViewSet
from tenants.api.areas import AreaViewSet
from tenants.api.service_plans import AreaServicePlanViewSet, ServicePlanViewSet
from tenants.api.usage import OwnUsageViewSet, UsageViewSet


def register(api: ApiRouter) -> None:
    """Add this room's resources to the platform API."""
    api.add("area-applications", AreaApplicationViewSet)
    api.add("areas", AreaViewSet)
    api.add_single("areas/<str:area_id>/service-plan", AreaServicePlanViewSet, post="move")
    api.add("service-plans", ServicePlanViewSet)
    api.add("usage", UsageViewSet)


def register_in_area(api: ApiRouter) -> None:
    """Add this room's resources to the API of an area."""
    api.add_single("usage", OwnUsageViewSet)
