"""Schools and clusters: how many, at which stage, with which plans."""

from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from clusters.enums import NetworkStage, PlanStatus, Validation
from clusters.models import Cluster, Plan, PlanVersion, School, StageChange
from monitoring.queries.extent import Extent

NO_STAGE = "none"  # below the first


def schools(extent: Extent) -> int:
    return School.objects.filter(extent.schools("pk")).count()


def stages(extent: Extent) -> dict[str, int]:
    """Clusters by the stage that was last found in the year or before it."""
    found = StageChange.objects.filter(
        cluster=OuterRef("pk"), found_at__lt=extent.year.ends_before
    ).order_by("-id")
    counts = dict(
        Cluster.objects.filter(extent.clusters("pk"))
        .order_by()
        .annotate(stage=Coalesce(Subquery(found.values("stage")[:1]), Value("")))
        .values_list("stage")
        .annotate(count=Count("pk"))
    )
    return {NO_STAGE: counts.get("", 0)} | {each: counts.get(each, 0) for each in NetworkStage}


def plans(extent: Extent) -> dict[str, Any]:
    """Plans of the year, each once: by its newest version that is no draft."""
    frozen = (
        PlanVersion.objects.filter(plan=OuterRef("pk"))
        .exclude(status=PlanStatus.DRAFT)
        .order_by("-number")
    )
    written = Plan.objects.filter(
        extent.clusters("cluster"), academic_year=extent.year.number
    ).annotate(
        newest_status=Subquery(frozen.values("status")[:1]),
        newest_validation=Subquery(frozen.values("validation")[:1]),
    )
    return written.aggregate(
        draft=Count("pk", filter=Q(newest_status=None)),
        **{
            status: Count("pk", filter=Q(newest_status=status))
            for status in (PlanStatus.SUBMITTED, PlanStatus.ADOPTED)
        },
        **{each: Count("pk", filter=Q(newest_validation=each)) for each in Validation},
    )
