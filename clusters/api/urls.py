from clusters.api.agreements import AgreementViewSet
from clusters.api.clusters import ClusterViewSet, MembershipViewSet
from clusters.api.plans import PlanVersionViewSet, PlanViewSet
from clusters.api.schools import SchoolViewSet
from clusters.api.stages import StageRulesViewSet
from clusters.api.teachers import TeacherViewSet
from core.api.routing import ApiRouter


def register(api: ApiRouter) -> None:
    """Add this room's resources to the API."""
    api.add("schools", SchoolViewSet)
    api.add("teachers", TeacherViewSet)
    api.add("clusters", ClusterViewSet)
    api.add_single("stage-rules", StageRulesViewSet)
    api.add("memberships", MembershipViewSet)
    api.add("agreements", AgreementViewSet)
    api.add("plans", PlanViewSet)
    api.add("plan-versions", PlanVersionViewSet)
