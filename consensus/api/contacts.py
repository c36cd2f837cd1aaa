"""`/studies/{study_id}/letters`, `…/follow-ups`: reaching people on paper and in person."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from consensus.actions import follow_ups as actions
from consensus.actions.official_letters import issue_letters
from consensus.api.contact_serializers import LettersSerializer, StudyFollowUpSerializer
from consensus.api.of_study import OfStudyViewSet
from consensus.errors import LetterTooLateError, NothingAskedError, WrongStudyStatusError
from consensus.models import Panelist
from consensus.official_letters.setting import LetterHead, set_letters
from consensus.participation import FollowUp
from consensus.queries.studies import follow_ups_of
from consensus.rules import may_run_study
from core.api.views import ListMixin

_PDF = "application/pdf"


class StudyLetterViewSet(OfStudyViewSet[Panelist]):
    resource = "study_letters"
    queryset = Panelist.objects.none()
    serializer_class = LettersSerializer
    idempotent = False  # the answer holds secrets
    withheld = frozenset({"create"})
    rules = {"create": may_run_study}
    problems = {"create": [LetterTooLateError, WrongStudyStatusError]}

    @extend_schema(
        summary="Print official letters, each with a personal link and its QR code",
        request=LettersSerializer,
        responses={(201, _PDF): OpenApiTypes.BINARY},
        examples=[OpenApiExample("pdf", value="%PDF-1.7 …", media_type=_PDF, response_only=True)],
    )
    def create(self, request: Request, **_: Any) -> HttpResponse:
        """One PDF, a page each, in the person's language; kept nowhere. Print it on the office's
        own paper with the emblem, whose place is left. A link opens on one device only, and only
        while nobody has come in for the person another way: whoever holds the letter afterwards
        reads no answers.
        """
        given = self.validated(LettersSerializer)
        panelists = given.pop("panelists", ())
        letters = issue_letters(self.study, panelists=panelists, actor=self.actor)
        pdf = set_letters(self.study, LetterHead(**given), letters)
        response = HttpResponse(pdf, status=201, content_type=_PDF)
        response["Content-Disposition"] = content_disposition_header(
            as_attachment=True, filename="delphi-letters.pdf"
        )
        response["Cache-Control"] = "private, no-store"
        return response


class FollowUpViewSet(ListMixin, OfStudyViewSet[FollowUp]):
    resource = "study_follow_ups"
    queryset = FollowUp.objects.none()
    serializer_class = StudyFollowUpSerializer
    versioned = False
    rules = dict.fromkeys(["list", "create", "destroy"], may_run_study)
    problems = {"create": [NothingAskedError]}

    def get_queryset(self) -> QuerySet[FollowUp]:
        return follow_ups_of(self.study)

    @extend_schema(summary="Note a visit or a call, beside the reminders of a round")
    def create(self, request: Request, **_: Any) -> Response:
        """Of anyone whom the round asks, whether they have finished or not: nobody may learn who
        has. Reminders by mail go only to those who have not."""
        noted = actions.note_follow_up(self.study, **self.validated(), actor=self.actor)
        return self.answer(noted, status=201)

    @extend_schema(summary="Take back what was noted by mistake")
    def destroy(self, request: Request, **_: Any) -> Response:
        actions.remove_follow_up(self.get_object(), self.study, actor=self.actor)
        return Response(status=204)
