"""`/studies/{study_id}/reports`: made by a job, fetched from `/documents`."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from consensus.actions.reports import request_report
from consensus.api.of_study import OfStudyViewSet
from consensus.api.report_serializers import RequestReportSerializer
from consensus.enums import ReportFormat
from consensus.errors import RoundNotClosedError
from consensus.models import Study
from consensus.rules import may_see_studies
from core.jobs.api import JobSerializer


class StudyReportViewSet(OfStudyViewSet[Study]):
    resource = "study_reports"
    queryset = Study.objects.none()
    serializer_class = RequestReportSerializer
    rules = {"create": may_see_studies}
    problems = {"create": [RoundNotClosedError]}

    @extend_schema(
        summary="Let a job make the study's report",
        request=RequestReportSerializer,
        responses={202: JobSerializer},
    )
    def create(self, request: Request, **_: Any) -> Response:
        """PDF, Excel or JSON of all that was sealed and frozen, or the anonymised data.

        The job's `result_url` is the file's address for seven days. Rows of single panelists are
        in `csv` alone, once rating has ended, and only where they tell on nobody.
        """
        given = self.validated()
        form = ReportFormat(given["form"])
        job = request_report(
            self.study, form=form, language=given.get("language"), actor=self.actor
        )
        return self.answer(job, status=202, serializer_class=JobSerializer)
