"""`/studies/{study_id}/rounds`, `/rounds/{id}`: opened, extended, closed; progress in numbers."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from consensus.actions import rounds as actions
from consensus.actions.comments import withhold_comment
from consensus.api.of_study import OfStudyViewSet
from consensus.api.serializers import (
    AnonymousTextSerializer,
    CommentSerializer,
    ExtendRoundSerializer,
    OpenRoundSerializer,
    RoundCompletionSerializer,
    RoundSerializer,
    WithholdCommentSerializer,
)
from consensus.errors import (
    ItemsMissingError,
    NotRankableError,
    PanelTooSmallError,
    RoundLimitError,
    RoundNotClosedError,
    RoundNotOpenError,
    TooFewAnswersError,
    WrongStudyStatusError,
)
from consensus.models import Round
from consensus.queries.comments import comments_of
from consensus.queries.rounds import anonymous_texts, completion
from consensus.queries.studies import rounds_visible_to
from consensus.rules import may_code_answers, may_run_study, may_see_studies
from core.api.views import ApiViewSet, ListMixin, RetrieveMixin
from core.jobs.api import JobSerializer


class StudyRoundViewSet(ListMixin, OfStudyViewSet[Round]):
    resource = "study_rounds"
    queryset = Round.objects.none()
    serializer_class = RoundSerializer
    ordering = ("number", "id")
    rules = {"list": may_see_studies, "create": may_run_study}
    problems = {
        "create": [
            WrongStudyStatusError,
            RoundLimitError,
            ItemsMissingError,
            NotRankableError,
            PanelTooSmallError,
        ]
    }

    def get_queryset(self) -> QuerySet[Round]:
        return rounds_visible_to(self.actor).filter(study=self.study)

    @extend_schema(summary="Open the next round of the protocol", request=OpenRoundSerializer)
    def create(self, request: Request, **_: Any) -> Response:
        given = self.validated(OpenRoundSerializer)
        return self.answer(actions.open_round(self.study, **given, actor=self.actor), status=201)


class RoundViewSet(RetrieveMixin, ApiViewSet[Round]):
    resource = "rounds"
    queryset = Round.objects.none()
    serializer_class = RoundSerializer
    rules = {
        "retrieve": may_see_studies,
        "completion": may_run_study,
        "close": may_run_study,
        "extend": may_run_study,
        "remind": may_run_study,
        "texts": may_code_answers,
        "comments": may_run_study,
        "withhold": may_run_study,
    }
    problems = {
        "close": [RoundNotOpenError],
        "extend": [RoundNotOpenError],
        "remind": [RoundNotOpenError],
        "texts": [RoundNotClosedError, TooFewAnswersError],
        "comments": [RoundNotClosedError],
        "withhold": [RoundNotClosedError],
    }

    def get_queryset(self) -> QuerySet[Round]:
        return rounds_visible_to(self.actor)

    @extend_schema(summary="Close the round and freeze its statistics", request=None)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, **_: Any) -> Response:
        return self.answer(actions.close_round(self.get_object(), actor=self.actor))

    @extend_schema(summary="Move the closing time, with a reason", request=ExtendRoundSerializer)
    @action(detail=True, methods=["post"])
    def extend(self, request: Request, **_: Any) -> Response:
        round_ = self.get_object()
        given = self.validated(ExtendRoundSerializer)
        return self.answer(actions.extend_round(round_, **given, actor=self.actor))

    @extend_schema(
        summary="Remind those who have not finished", request=None, responses={202: JobSerializer}
    )
    @action(detail=True, methods=["post"])
    def remind(self, request: Request, **_: Any) -> Response:
        job = actions.remind(self.get_object(), actor=self.actor)
        return self.answer(job, status=202, serializer_class=JobSerializer)

    @extend_schema(summary="How many have answered", responses=RoundCompletionSerializer)
    @action(detail=True)
    def completion(self, request: Request, **_: Any) -> Response:
        return Response(completion(self.get_object()))

    @extend_schema(
        summary="The texts of a closed open-ended round, without names and shuffled",
        responses=AnonymousTextSerializer(many=True),
        filters=False,
    )
    @action(detail=True, pagination_class=None, filter_backends=[])
    def texts(self, request: Request, **_: Any) -> Response:
        rows = anonymous_texts(self.get_object())
        return Response(AnonymousTextSerializer(rows, many=True).data)

    @extend_schema(
        summary="The comments of a rating round and what the panel sees of each, by nobody",
        responses=CommentSerializer(many=True),
        filters=False,
    )
    @action(detail=True, pagination_class=None, filter_backends=[])
    def comments(self, request: Request, **_: Any) -> Response:
        """Once it is closed, or in real time those shown at present; shuffled, without scores."""
        rows = comments_of(self.get_object())
        return Response(CommentSerializer(rows, many=True).data)

    @extend_schema(
        summary="Keep a comment, or pieces of it, from the panel, with a reason",
        request=WithholdCommentSerializer,
        responses=CommentSerializer,
    )
    @action(detail=True, methods=["post"], url_path="comments/<uuid:comment_id>/withhold")
    def withhold(self, request: Request, *, comment_id: UUID, **_: Any) -> Response:
        """Because it names somebody or gives one away. Acts at once, and is counted in the report.

        Done again, the last one counts; an empty list of pieces shows the comment as it is.
        """
        round_, given = self.get_object(), self.validated(WithholdCommentSerializer)
        pieces = given.get("pieces")
        comment = withhold_comment(
            round_,
            comment_id,
            pieces=None if pieces is None else [(each["start"], each["end"]) for each in pieces],
            reason=given["reason"],
            actor=self.actor,
        )
        return Response(CommentSerializer(comment).data)
