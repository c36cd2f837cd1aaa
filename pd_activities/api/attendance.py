"""`/attendance`: who was there when, with every correction beside what it corrects."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.routing import ApiRouter
from core.api.views import ApiViewSet, ListMixin, RetrieveMixin
from pd_activities.actions.attendance import correct_attendance
from pd_activities.api.training_serializers import CorrectSerializer, IntervalSerializer
from pd_activities.errors.training import AlreadyCorrectedError
from pd_activities.models import AttendanceInterval
from pd_activities.queries.attendance import attendance_visible_to
from pd_activities.rules.training import may_run_training, may_see_attendance


class AttendanceFilter(django_filters.FilterSet):
    session = django_filters.UUIDFilter(field_name="session_id")
    training = django_filters.UUIDFilter(field_name="session__training_id")
    teacher = django_filters.UUIDFilter(field_name="teacher_id")


@extend_schema_view(
    list=extend_schema(summary="Intervals of presence, newest first"),
    retrieve=extend_schema(summary="One interval of presence"),
)
class AttendanceViewSet(ListMixin, RetrieveMixin, ApiViewSet[AttendanceInterval]):
    resource = "attendance"
    queryset = AttendanceInterval.objects.none()
    serializer_class = IntervalSerializer
    filterset_class = AttendanceFilter
    ordering = ("-id",)
    versioned = False
    rules = {
        "list": may_see_attendance,
        "retrieve": may_see_attendance,
        "correct": may_run_training,
    }
    problems = {"correct": [AlreadyCorrectedError]}

    def get_queryset(self) -> QuerySet[AttendanceInterval]:
        return attendance_visible_to(self.actor)

    @extend_schema(
        summary="Put a right interval in the place of a wrong one",
        request=CorrectSerializer,
        responses={201: IntervalSerializer},
    )
    @action(detail=True, methods=["post"])
    def correct(self, request: Request, **_: Any) -> Response:
        fields = self.validated(CorrectSerializer)
        made = correct_attendance(self.get_object(), **fields, actor=self.actor)
        return self.answer(made, status=201)


def register(api: ApiRouter) -> None:
    api.add("attendance", AttendanceViewSet)
