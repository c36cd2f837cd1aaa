"""`/trainings`: from the draft to the credit hours."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.routing import ApiRouter
from core.api.views import ApiViewSet, ListMixin, RetrieveMixin
from pd_activities.actions import training as actions
from pd_activities.actions.enrolment import enrol
from pd_activities.actions.hours import award_hours
from pd_activities.actions.sessions import add_session
from pd_activities.api.training_serializers import (
    AwardSerializer,
    ChangeTrainingSerializer,
    EnrolmentSerializer,
    EnrolSerializer,
    TrainingSerializer,
    TrainingSessionSerializer,
)
from pd_activities.errors.logs import NoStaffRecordError
from pd_activities.errors.training import (
    CapacityBelowEnrolledError,
    NoHourRulesError,
    TrainingEndedError,
    TrainingNotClosedError,
    TrainingNotDraftError,
    TrainingNotOpenError,
    TrainingNotOverError,
    TrainingWithoutSessionsError,
)
from pd_activities.models import Training
from pd_activities.queries.training import trainings_visible_to
from pd_activities.rules.training import may_enrol, may_run_training, may_see_trainings


class TrainingFilter(django_filters.FilterSet):
    cluster = django_filters.UUIDFilter(field_name="cluster_id")
    school = django_filters.UUIDFilter(field_name="school_id")

    class Meta:
        model = Training
        fields: ClassVar[list[str]] = ["status", "host", "modality", "work_scope"]


@extend_schema_view(
    list=extend_schema(summary="Trainings of the area, one's cluster and one's school"),
    retrieve=extend_schema(summary="One training"),
)
class TrainingViewSet(ListMixin, RetrieveMixin, ApiViewSet[Training]):
    resource = "trainings"
    queryset = Training.objects.none()
    serializer_class = TrainingSerializer
    filterset_class = TrainingFilter
    ordering = ("-id",)
    rules = {
        "list": may_see_trainings,
        "retrieve": may_see_trainings,
        "create": may_run_training,
        "partial_update": may_run_training,
        "open": may_run_training,
        "close": may_run_training,
        "cancel": may_run_training,
        "award_hours": may_run_training,
        "add_session": may_run_training,
        "enrol": may_enrol,
    }
    problems = {
        "partial_update": [TrainingEndedError, CapacityBelowEnrolledError],
        "open": [TrainingNotDraftError, TrainingWithoutSessionsError],
        "close": [TrainingNotOpenError, TrainingWithoutSessionsError, TrainingNotOverError],
        "cancel": [TrainingEndedError],
        "award_hours": [TrainingNotClosedError, NoHourRulesError],
        "add_session": [TrainingEndedError],
        "enrol": [TrainingNotOpenError, NoStaffRecordError],
    }

    def get_queryset(self) -> QuerySet[Training]:
        return trainings_visible_to(self.actor)

    @extend_schema(summary="Draft a training")
    def create(self, request: Request, **_: Any) -> Response:
        made = actions.create_training(**self.validated(), actor=self.actor)
        return self.answer(made, status=201)

    @extend_schema(
        summary="Change a draft or open training; more seats go to the waiting list",
        request=ChangeTrainingSerializer,
    )
    def partial_update(self, request: Request, **_: Any) -> Response:
        training, changes = (
            self.get_object(),
            self.validated(ChangeTrainingSerializer, partial=True),
        )
        return self.answer(actions.update_training(training, changes, actor=self.actor))

    @extend_schema(summary="Announce a draft and take enrolments", request=None)
    @action(detail=True, methods=["post"])
    def open(self, request: Request, **_: Any) -> Response:
        return self.answer(actions.open_training(self.get_object(), actor=self.actor))

    @extend_schema(summary="End a training after its last session", request=None)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, **_: Any) -> Response:
        return self.answer(actions.close_training(self.get_object(), actor=self.actor))

    @extend_schema(summary="Call a training off", request=None)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, **_: Any) -> Response:
        return self.answer(actions.cancel_training(self.get_object(), actor=self.actor))

    @extend_schema(
        summary="Credit hours to all who attended a closed training",
        request=None,
        responses=AwardSerializer,
    )
    @action(detail=True, methods=["post"], url_path="award-hours")
    def award_hours(self, request: Request, **_: Any) -> Response:
        posted = award_hours(self.get_object(), actor=self.actor)
        return self.answer(posted, serializer_class=AwardSerializer)

    @extend_schema(
        summary="Add a session to a training",
        request=TrainingSessionSerializer,
        responses={201: TrainingSessionSerializer},
    )
    @action(detail=True, methods=["post"], url_path="sessions")
    def add_session(self, request: Request, **_: Any) -> Response:
        fields = self.validated(TrainingSessionSerializer)
        made = add_session(self.get_object(), **fields, actor=self.actor)
        return self.answer(made, status=201, serializer_class=TrainingSessionSerializer)

    @extend_schema(
        summary="Enrol oneself, or someone of the training that one runs",
        description="200 with the seat as it is, for whoever has one already.",
        request=EnrolSerializer,
        responses={201: EnrolmentSerializer, 200: EnrolmentSerializer},
    )
    @action(detail=True, methods=["post"], url_path="enrolments")
    def enrol(self, request: Request, **_: Any) -> Response:
        fields = self.validated(EnrolSerializer)
        enrolment, is_new = enrol(self.get_object(), **fields, actor=self.actor)
        status = 201 if is_new else 200
        return self.answer(enrolment, status=status, serializer_class=EnrolmentSerializer)


def register(api: ApiRouter) -> None:
    api.add("trainings", TrainingViewSet)
