"""`/jobs`: how far long work is. A person sees the jobs that they started."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.access import is_signed_in
from core.api.routing import ApiRouter
from core.api.serializers import FieldProblemSerializer, ModelSerializer
from core.api.views import ApiViewSet, ListMixin, RetrieveMixin
from core.jobs.actions import JobFinishedError, cancel_job
from core.jobs.models import Job
from core.text import Text


class JobSerializer(ModelSerializer):
    problems = serializers.SerializerMethodField(help_text="so far; the work goes on beside them")
    result_url = serializers.SerializerMethodField(help_text="where to read what it made")

    class Meta:
        model = Job
        fields = (
            "id",
            "version",
            "kind",
            "state",
            "done",
            "total",
            "problems",
            "result_url",
            "created_at",
            "finished_at",
        )
        read_only_fields = fields

    @extend_schema_field(FieldProblemSerializer(many=True))
    def get_problems(self, job: Job) -> list[dict[str, Any]]:
        return [{**each, "detail": str(Text(**each["detail"]))} for each in job.problems]

    def get_result_url(self, job: Job) -> str | None:
        url: str | None = job.result.get("url")
        return url


class JobViewSet(ListMixin, RetrieveMixin, ApiViewSet[Job]):
    resource = "jobs"
    queryset = Job.objects.none()
    serializer_class = JobSerializer
    ordering = ("-id",)
    rules = {"list": is_signed_in, "retrieve": is_signed_in, "cancel": is_signed_in}
    problems = {"cancel": [JobFinishedError]}

    def get_queryset(self) -> QuerySet[Job]:
        return Job.objects.filter(started_by=self.actor.id)

    @extend_schema(summary="Cancel a job after its present piece", request=None)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, **_: Any) -> Response:
        return self.answer(cancel_job(self.get_object(), actor=self.actor))


def register(api: ApiRouter) -> None:
    api.add("jobs", JobViewSet)
