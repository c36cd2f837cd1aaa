"""`/enrolments`: seats and waiting lists."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.routing import ApiRouter
from core.api.views import ApiViewSet, ListMixin, RetrieveMixin
from pd_activities.actions.enrolment import cancel_enrolment
from pd_activities.api.training_serializers import EnrolmentSerializer
from pd_activities.errors.training import TrainingNotOpenError
from pd_activities.models import Enrolment
from pd_activities.queries.training import enrolments_visible_to
from pd_activities.rules.training import may_leave, may_see_attendance


class EnrolmentFilter(django_filters.FilterSet):
    training = django_filters.UUIDFilter(field_name="training_id")
    teacher = django_filters.UUIDFilter(field_name="teacher_id")

    class Meta:
        model = Enrolment
        fields: ClassVar[list[str]] = ["status"]


@extend_schema_view(
    list=extend_schema(summary="Seats and waiting lists, by training in the order of arrival"),
    retrieve=extend_schema(summary="One enrolment"),
)
class EnrolmentViewSet(ListMixin, RetrieveMixin, ApiViewSet[Enrolment]):
    resource = "enrolments"
    queryset = Enrolment.objects.none()
    serializer_class = EnrolmentSerializer
    filterset_class = EnrolmentFilter
    ordering = ("training_id", "number")
    rules = {"list": may_see_attendance, "retrieve": may_see_attendance, "cancel": may_leave}
    problems = {"cancel": [TrainingNotOpenError]}

    def get_queryset(self) -> QuerySet[Enrolment]:
        return enrolments_visible_to(self.actor)

    @extend_schema(summary="Give a place back; the first who waits moves up", request=None)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, **_: Any) -> Response:
        return self.answer(cancel_enrolment(self.get_object(), actor=self.actor))


def register(api: ApiRouter) -> None:
    api.add("enrolments", EnrolmentViewSet)
