"""`/dashboards`: an area, a cluster or a school in one academic year, in one shape."""

from functools import partial
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from clusters.models import Cluster, School
from clusters.queries import clusters_visible_to, schools_visible_to
from core.api.conditional import CONDITIONAL_PARAMETERS, NOT_MODIFIED, unless_known
from core.api.parameters import academic_year_parameter, asked_academic_year
from core.api.views import ApiViewSet, M
from core.replica import from_replica
from monitoring.api.dashboard_serializers import DashboardSerializer
from monitoring.queries.dashboards import dashboard
from monitoring.queries.extent import Extent, Year, of_area, of_cluster, of_school
from monitoring.rules import (
    may_see_area_dashboard,
    may_see_cluster_dashboard,
    may_see_school_dashboard,
)

_PARAMETERS = [
    academic_year_parameter(
        "the CE year in which it begins, on 16 May; without it, the present one"
    ),
    *CONDITIONAL_PARAMETERS,
]
_RESPONSES = {200: DashboardSerializer, 304: NOT_MODIFIED}


class _DashboardViewSet(ApiViewSet[M]):
    serializer_class = DashboardSerializer
    query_parameters = frozenset({"academic_year"})

    def answer_dashboard(self, extent: Extent) -> Response:
        """The dashboard, or 304 if the one that was asked about still holds."""
        answer = self.answer(from_replica(partial(dashboard, extent)))
        return unless_known(self.request, answer)

    def year(self) -> Year:
        asked = asked_academic_year(self.request)
        return Year.present() if asked is None else Year(asked)


class AreaDashboardViewSet(_DashboardViewSet[School]):
    resource = "area_dashboard"
    queryset = School.objects.none()
    rules = {"retrieve": may_see_area_dashboard}

    @extend_schema(summary="The area's dashboard", parameters=_PARAMETERS, responses=_RESPONSES)
    def retrieve(self, request: Request, **_: Any) -> Response:
        """Counted anew at each call from what is in force; each indicator says what it counts."""
        return self.answer_dashboard(of_area(self.year()))


class ClusterDashboardViewSet(_DashboardViewSet[Cluster]):
    resource = "cluster_dashboards"
    queryset = Cluster.objects.none()
    rules = {"retrieve": may_see_cluster_dashboard}

    def get_queryset(self) -> QuerySet[Cluster]:
        return clusters_visible_to(self.actor)

    @extend_schema(summary="A cluster's dashboard", parameters=_PARAMETERS, responses=_RESPONSES)
    def retrieve(self, request: Request, **_: Any) -> Response:
        """Of the cluster and its schools: those that are its members on the day `as_of`."""
        return self.answer_dashboard(of_cluster(self.get_object(), self.year()))


class SchoolDashboardViewSet(_DashboardViewSet[School]):
    resource = "school_dashboards"
    queryset = School.objects.none()
    rules = {"retrieve": may_see_school_dashboard}

    def get_queryset(self) -> QuerySet[School]:
        return schools_visible_to(self.actor)

    @extend_schema(summary="A school's dashboard", parameters=_PARAMETERS, responses=_RESPONSES)
    def retrieve(self, request: Request, **_: Any) -> Response:
        """Of the school; stage and plans are those of the cluster that it belongs to `as_of`."""
        return self.answer_dashboard(of_school(self.get_object(), self.year()))
