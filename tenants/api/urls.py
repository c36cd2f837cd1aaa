from core.api.routing import ApiRouter
from tenants.api.applications import AreaApplicationViewSet
from tenants.api.areas import AreaViewSet
from tenants.api.keys import AreaKeyViewSet, RevokedCertificateViewSet
from tenants.api.leaving import (
    ArchiveViewSet,
    DeletionCertificateViewSet,
    LeavingViewSet,
    StayingViewSet,
)
from tenants.api.official import ApplicationDocumentViewSet, OfficialDomainViewSet
from tenants.api.service_plans import AreaServicePlanViewSet, ServicePlanViewSet
from tenants.api.usage import OwnUsageViewSet, UsageViewSet


def register_in_area(api: ApiRouter) -> None:
    """Add what an area's own administrators see and decide of the area as a whole."""
    api.add_single("leaving", LeavingViewSet)
    api.add_single("leaving/cancel", StayingViewSet, post="cancel")
    api.add_single("leaving/archive", ArchiveViewSet, get="archive")
    api.add_single("usage", OwnUsageViewSet)


def register(api: ApiRouter) -> None:
    """Add this room's resources to the platform API."""
    api.add("area-applications", AreaApplicationViewSet)
    api.add("application-documents", ApplicationDocumentViewSet)
    api.add("official-domains", OfficialDomainViewSet)
    api.add("areas", AreaViewSet)
    api.add_single("areas/<str:area_id>/service-plan", AreaServicePlanViewSet, post="move")
    api.add_single("areas/<str:area_id>/keys", AreaKeyViewSet)
    api.add("areas/<str:area_id>/revoked-certificates", RevokedCertificateViewSet)
    api.add("deletion-certificates", DeletionCertificateViewSet)
    api.add("service-plans", ServicePlanViewSet)
    api.add("usage", UsageViewSet)
