"""An area's API, and two things to do that exist for the drills."""

import os
from typing import Any

from django.db import transaction
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend import urls_area
from core.access import is_signed_in
from core.api.routing import ApiRouter
from core.api.serializers import Serializer
from core.api.views import ApiViewSet
from core.jobs.actions import start_job
from core.jobs.models import Job
from core.journal import actions as journal
from tests.drills.app.jobs import KIND
from tests.drills.app.models import Mark


class MarkSerializer(Serializer):
    id = serializers.UUIDField(read_only=True)
    name = serializers.CharField(max_length=80)


class JobSerializer(Serializer):
    id = serializers.UUIDField(read_only=True)
    name = serializers.CharField(max_length=60, write_only=True)
    pieces = serializers.IntegerField(write_only=True)
    seconds = serializers.FloatField(write_only=True)


class MarkViewSet(ApiViewSet[Mark]):
    queryset = Mark.objects.none()
    serializer_class = MarkSerializer
    rules = {"create": is_signed_in}

    @transaction.atomic
    def create(self, request: Request, **_: Any) -> Response:
        mark = Mark.objects.create(**self.validated(), process=os.getpid())
        journal.record("drills.mark.left", mark, actor=self.actor)
        return self.answer(mark, status=201)


class JobViewSet(ApiViewSet[Job]):
    queryset = Job.objects.none()
    serializer_class = JobSerializer
    rules = {"create": is_signed_in}

    @transaction.atomic
    def create(self, request: Request, **_: Any) -> Response:
        job = start_job(KIND, self.validated(), actor=self.actor)
        return self.answer(job, status=202)


_api = ApiRouter()
_api.add("drill-marks", MarkViewSet)
_api.add("drill-jobs", JobViewSet)

urlpatterns = [*_api.patterns(), *urls_area.urlpatterns]
handler400 = urls_area.handler400
handler403 = urls_area.handler403
handler404 = urls_area.handler404
handler500 = urls_area.handler500
