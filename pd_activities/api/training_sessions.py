"""`/training-sessions`: when and where, the check-in code, and taking attendance."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.access import require
from core.api.routing import ApiRouter
from core.api.views import ApiViewSet, ListMixin, RetrieveMixin
from pd_activities.actions.attendance import record_attendance
from pd_activities.actions.check_in import check_in, code_to_show
from pd_activities.actions.sessions import remove_session, update_session
from pd_activities.api.training_serializers import (
    ChangeSessionSerializer,
    CheckInSerializer,
    CodeSerializer,
    IntervalSerializer,
    RecordedSerializer,
    SessionAttendanceSerializer,
    TrainingSessionSerializer,
)
from pd_activities.errors.training import (
    CheckInClosedError,
    CodeExpiredError,
    CodeUnknownError,
    NotEnrolledError,
    SessionAttendedError,
    TrainingEndedError,
    TrainingNotOpenError,
)
from pd_activities.models import TrainingSession
from pd_activities.queries.training import attendee_of, sessions_visible_to
from pd_activities.rules.training import may_attend, may_run_training, may_see_trainings


class SessionFilter(django_filters.FilterSet):
    training = django_filters.UUIDFilter(field_name="training_id")
    since = django_filters.IsoDateTimeFilter(
        field_name="ends_at", lookup_expr="gt", help_text="that end after this"
    )
    until = django_filters.IsoDateTimeFilter(
        field_name="starts_at", lookup_expr="lt", help_text="that begin before this"
    )


@extend_schema_view(
    list=extend_schema(summary="Sessions of the trainings that one sees, by time"),
    retrieve=extend_schema(summary="One session"),
)
class TrainingSessionViewSet(ListMixin, RetrieveMixin, ApiViewSet[TrainingSession]):
    resource = "training_sessions"
    queryset = TrainingSession.objects.none()
    serializer_class = TrainingSessionSerializer
    filterset_class = SessionFilter
    ordering = ("starts_at", "id")
    withheld = frozenset({"code"})
    rules = {
        "list": may_see_trainings,
        "retrieve": may_see_trainings,
        "partial_update": may_run_training,
        "destroy": may_run_training,
        "code": may_run_training,
        "check_in": may_attend,
        "record_attendance": may_run_training,
    }
    problems = {
        "partial_update": [TrainingEndedError],
        "destroy": [TrainingEndedError, SessionAttendedError],
        "code": [CheckInClosedError, TrainingNotOpenError],
        "check_in": [
            NotEnrolledError,
            TrainingNotOpenError,
            CheckInClosedError,
            CodeUnknownError,
            CodeExpiredError,
        ],
        "record_attendance": [TrainingNotOpenError],
    }

    def get_queryset(self) -> QuerySet[TrainingSession]:
        return sessions_visible_to(self.actor)

    @extend_schema(summary="Change a session", request=ChangeSessionSerializer)
    def partial_update(self, request: Request, **_: Any) -> Response:
        session, changes = self.get_object(), self.validated(ChangeSessionSerializer, partial=True)
        return self.answer(update_session(session, changes, actor=self.actor))

    @extend_schema(summary="Remove a session that nobody attended")
    def destroy(self, request: Request, **_: Any) -> Response:
        remove_session(self.get_object(), actor=self.actor)
        return Response(status=204)

    @extend_schema(summary="The check-in code to show now; it rotates", responses=CodeSerializer)
    @action(detail=True, methods=["get"])
    def code(self, request: Request, **_: Any) -> Response:
        shown = code_to_show(self.get_object())
        response = self.answer(shown, serializer_class=CodeSerializer)
        response["Cache-Control"] = "no-store"
        return response

    @extend_schema(
        summary="Check in by a code that one saw; offline ones within 48 hours",
        description="200 with the check-in as it is, for whoever has checked in already.",
        request=CheckInSerializer,
        responses={201: IntervalSerializer, 200: IntervalSerializer},
    )
    @action(detail=True, methods=["post"], url_path="check-in")
    def check_in(self, request: Request, **_: Any) -> Response:
        fields = self.validated(CheckInSerializer)
        attendee = attendee_of(self.kwargs["pk"], self.actor)
        if attendee is None:
            self.get_object()  # 404 where one should not know of it
            raise NotEnrolledError
        require(may_attend, self.actor, attendee.session)
        interval, is_new = check_in(attendee, **fields, actor=self.actor)
        status = 201 if is_new else 200
        return self.answer(interval, status=status, serializer_class=IntervalSerializer)

    @extend_schema(
        summary="Record presence by hand or from a meeting's report: all items or none",
        request=SessionAttendanceSerializer,
        responses=RecordedSerializer,
    )
    @action(detail=True, methods=["post"], url_path="attendance")
    def record_attendance(self, request: Request, **_: Any) -> Response:
        fields = self.validated(SessionAttendanceSerializer)
        recorded = record_attendance(self.get_object(), **fields, actor=self.actor)
        return Response({"recorded": recorded})


def register(api: ApiRouter) -> None:
    api.add("training-sessions", TrainingSessionViewSet)
