"""`/jobs`: how far long work is. A person sees the jobs that they started."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.access import is_signed_in
from core.api.routing import ApiRouter
from core.api.serializers import ModelSerializer
from core.api.views import ApiViewSet, ListMixin, RetrieveMixin
from core.jobs.actions import JobFinishedError, cancel_job
from core.jobs.models import Job


class JobSerializer(ModelSerializer):
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
            "result",
            "created_at",
            "finished_at",
        )
        read_only_fields = fields


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
        return self.answer(cancel_job(self.get_object()))


def register(api: ApiRouter) -> None:
    api.add("jobs", JobViewSet)
