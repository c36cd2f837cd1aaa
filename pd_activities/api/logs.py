"""`/activity-logs`: written by teachers, also offline; verified by those who answer for them."""

from collections.abc import Sequence
from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.batch import BatchViewSet, Outcome, batch_of, results_of
from core.api.routing import ApiRouter
from core.api.views import ApiViewSet, RetrieveMixin
from core.errors import StaleVersionError
from pd_activities.actions import logs as actions
from pd_activities.api.log_serializers import (
    ActivityLogSerializer,
    BatchedLogSerializer,
    ChangeLogSerializer,
    ReturnSerializer,
    VerifySerializer,
    WriteLogSerializer,
)
from pd_activities.errors.logs import (
    ActivityLogDiffersError,
    ActivityLogVerifiedError,
    LogNotSubmittedError,
    NoStaffRecordError,
)
from pd_activities.errors.training import NoHourRulesError
from pd_activities.models import ActivityLog
from pd_activities.queries.logs import log_rows, logs_visible_to
from pd_activities.rules.logs import may_change_log, may_see_logs, may_verify_log, may_write_log


class LogFilter(django_filters.FilterSet):
    teacher = django_filters.UUIDFilter(field_name="teacher_id")
    school = django_filters.UUIDFilter(field_name="school_id")
    since = django_filters.DateFilter(field_name="occurred_on", lookup_expr="gte")
    until = django_filters.DateFilter(field_name="occurred_on", lookup_expr="lte")

    class Meta:
        model = ActivityLog
        fields: ClassVar[list[str]] = ["status", "kind", "work_scope"]


@extend_schema_view(
    retrieve=extend_schema(summary="One activity log"),
)
class ActivityLogViewSet(RetrieveMixin, ApiViewSet[ActivityLog]):
    resource = "activity_logs"
    queryset = ActivityLog.objects.none()
    serializer_class = ActivityLogSerializer
    filterset_class = LogFilter
    ordering = ("-occurred_on", "-id")
    rules = {
        "list": may_see_logs,
        "retrieve": may_see_logs,
        "create": may_write_log,
        "partial_update": may_change_log,
        "verify": may_verify_log,
        "send_back": may_verify_log,
    }
    problems = {
        "create": [NoStaffRecordError, ActivityLogDiffersError],
        "partial_update": [ActivityLogVerifiedError],
        "verify": [LogNotSubmittedError, StaleVersionError, NoHourRulesError],
    }

    def get_queryset(self) -> QuerySet[ActivityLog]:
        return logs_visible_to(self.actor).select_related("teacher")

    @extend_schema(
        summary="Activity logs, newest activity first", responses=ActivityLogSerializer(many=True)
    )
    def list(self, request: Request, **_: Any) -> Response:
        return self.answer_rows(log_rows(logs_visible_to(self.actor)))

    @extend_schema(
        summary="Log an activity of one's own",
        description="200 with the log as it is, where the same was sent before.",
        request=WriteLogSerializer,
        responses={201: ActivityLogSerializer, 200: ActivityLogSerializer},
    )
    def create(self, request: Request, **_: Any) -> Response:
        draft = self.validated(WriteLogSerializer)
        log, is_new = actions.write_log(**draft, actor=self.actor)
        return self.answer(log, status=201 if is_new else 200)

    @extend_schema(
        summary="Change an own log that is not verified; a returned one is sent again",
        request=ChangeLogSerializer,
    )
    def partial_update(self, request: Request, **_: Any) -> Response:
        log, changes = self.get_object(), self.validated(ChangeLogSerializer, partial=True)
        return self.answer(actions.update_log(log, changes, actor=self.actor))

    @extend_schema(summary="Verify a log: its minutes are credited", request=VerifySerializer)
    @action(detail=True, methods=["post"])
    def verify(self, request: Request, **_: Any) -> Response:
        fields = self.validated(VerifySerializer)
        return self.answer(actions.verify_log(self.get_object(), **fields, actor=self.actor))

    @extend_schema(
        operation_id="activity_logs_return",
        summary="Send a log back with a reason; what it had credited is reversed",
        request=ReturnSerializer,
    )
    @action(detail=True, methods=["post"], url_path="return")
    def send_back(self, request: Request, **_: Any) -> Response:
        fields = self.validated(ReturnSerializer)
        return self.answer(actions.return_log(self.get_object(), **fields, actor=self.actor))


class ActivityLogBatchViewSet(BatchViewSet[ActivityLog]):
    resource = "activity_logs_batch"
    queryset = ActivityLog.objects.none()
    item_serializer_class = BatchedLogSerializer
    shown_serializer_class = ActivityLogSerializer
    rules = {"create": may_write_log}
    problems = {"create": [NoStaffRecordError]}

    @extend_schema(
        operation_id="activity_logs_batch",
        tags=["activity_logs"],
        summary="Send up to 100 own logs that were written offline",
        description="What is right is written, also beside items that are refused.",
        request=batch_of(BatchedLogSerializer),
        responses={200: results_of(ActivityLogSerializer)},
    )
    def create(self, request: Request, **_: Any) -> Response:
        return super().create(request)

    def write(self, drafts: Sequence[dict[str, Any]]) -> Sequence[Outcome[ActivityLog]]:
        return [
            Outcome(synced.log, is_new=synced.is_new, error=synced.error)
            for synced in actions.sync_logs(drafts, actor=self.actor)
        ]


def register(api: ApiRouter) -> None:
    api.add("activity-logs", ActivityLogViewSet)
    api.add("activity-logs:batch", ActivityLogBatchViewSet)
