"""`/studies`: drafted, sealed, concluded, certified or abandoned."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from consensus.actions import rounds as round_actions
from consensus.actions import studies as actions
from consensus.actions.verdicts import conclude_study
from consensus.api.coding_serializers import StudyCodingSerializer
from consensus.api.report_serializers import PanelFlowSerializer
from consensus.api.serializers import (
    AbandonStudySerializer,
    ChangeStudySerializer,
    ConcludeStudySerializer,
    CreateStudySerializer,
    OpenRoundSerializer,
    RoundSerializer,
    StudyResultsSerializer,
    StudySealSerializer,
    StudySerializer,
)
from consensus.errors import (
    AlreadyOnPanelError,
    PanelTooSmallError,
    PlanVersionNotSubmittedError,
    StudyNotReadyError,
    StudyNotSealedError,
    StudySealedError,
    VerdictSettledError,
    WrongStudyStatusError,
)
from consensus.models import Study
from consensus.queries.coding import coding_of
from consensus.queries.flow import panel_flow
from consensus.queries.rounds import closed_rounds
from consensus.queries.studies import studies_visible_to
from consensus.rules import (
    may_code_answers,
    may_prepare_study,
    may_propose_study,
    may_run_study,
    may_see_studies,
)
from consensus.sealing import sealed_text
from core.api.views import ApiViewSet, ListMixin, RetrieveMixin
from core.errors import QuotaExceededError


class StudyFilter(django_filters.FilterSet):
    plan_version = django_filters.UUIDFilter(field_name="plan_version_id")

    class Meta:
        model = Study
        fields: ClassVar[list[str]] = ["status"]


class StudyViewSet(ListMixin, RetrieveMixin, ApiViewSet[Study]):
    resource = "studies"
    queryset = Study.objects.none()
    serializer_class = StudySerializer
    filterset_class = StudyFilter
    ordering = ("-id",)
    rules = {
        "list": may_see_studies,
        "retrieve": may_see_studies,
        "read_seal": may_see_studies,
        "results": may_see_studies,
        "panel_flow": may_see_studies,
        "coding": may_code_answers,
        "create": may_propose_study,
        "partial_update": may_prepare_study,
        "seal": may_run_study,
        "conclude": may_run_study,
        "open_certification": may_run_study,
        "abandon": may_run_study,
    }
    problems = {
        "create": [PlanVersionNotSubmittedError, QuotaExceededError],
        "partial_update": [StudySealedError, WrongStudyStatusError, AlreadyOnPanelError],
        "seal": [WrongStudyStatusError, StudyNotReadyError],
        "read_seal": [StudyNotSealedError],
        "conclude": [WrongStudyStatusError],
        "open_certification": [WrongStudyStatusError, VerdictSettledError, PanelTooSmallError],
        "abandon": [WrongStudyStatusError, VerdictSettledError],
    }

    def get_queryset(self) -> QuerySet[Study]:
        return studies_visible_to(self.actor)

    @extend_schema(summary="Draft or propose a study", request=CreateStudySerializer)
    def create(self, request: Request, **_: Any) -> Response:
        given = self.validated(CreateStudySerializer)
        return self.answer(actions.create_study(**given, actor=self.actor), status=201)

    @extend_schema(
        summary="Change a draft; name another facilitator", request=ChangeStudySerializer
    )
    def partial_update(self, request: Request, **_: Any) -> Response:
        study = self.get_object()
        changes = self.validated(ChangeStudySerializer)
        reason = changes.pop("reason", "")
        return self.answer(actions.update_study(study, changes, actor=self.actor, reason=reason))

    @extend_schema(summary="Freeze protocol and items under their hash", request=None)
    @action(detail=True, methods=["post"])
    def seal(self, request: Request, **_: Any) -> Response:
        return self.answer(actions.seal_study(self.get_object(), actor=self.actor))

    @extend_schema(summary="The seal and the text it is the hash of", responses=StudySealSerializer)
    @seal.mapping.get
    def read_seal(self, request: Request, **_: Any) -> Response:
        study = self.get_object()
        if not study.seal:
            raise StudyNotSealedError
        text = sealed_text(study, study.items.order_by("position"))
        return Response({"seal": study.seal, "text": text.decode()})

    @extend_schema(summary="End the rating rounds", request=ConcludeStudySerializer)
    @action(detail=True, methods=["post"])
    def conclude(self, request: Request, **_: Any) -> Response:
        study = self.get_object()
        given = self.validated(ConcludeStudySerializer)
        return self.answer(conclude_study(study, **given, actor=self.actor))

    @extend_schema(
        summary="Ask the certifiers", request=OpenRoundSerializer, responses={201: RoundSerializer}
    )
    @action(detail=True, methods=["post"], url_path="certification")
    def open_certification(self, request: Request, **_: Any) -> Response:
        study = self.get_object()
        given = self.validated(OpenRoundSerializer)
        round_ = round_actions.open_certification(study, **given, actor=self.actor)
        return self.answer(round_, status=201, serializer_class=RoundSerializer)

    @extend_schema(summary="End a study before its end", request=AbandonStudySerializer)
    @action(detail=True, methods=["post"])
    def abandon(self, request: Request, **_: Any) -> Response:
        study = self.get_object()
        given = self.validated(AbandonStudySerializer)
        return self.answer(actions.abandon_study(study, **given, actor=self.actor))

    @extend_schema(
        summary="Themes of the answers, and how far both coders agree",
        responses=StudyCodingSerializer,
    )
    @action(detail=True)
    def coding(self, request: Request, **_: Any) -> Response:
        study = self.get_object()
        is_second = not may_run_study(self.actor, study)
        told = coding_of(study, seen_by=self.actor.id if is_second else None)
        return Response(StudyCodingSerializer(told).data)

    @extend_schema(
        summary="How many were asked, accepted, and answered each closed round",
        responses=PanelFlowSerializer,
    )
    @action(detail=True, url_path="panel-flow")
    def panel_flow(self, request: Request, **_: Any) -> Response:
        return Response(PanelFlowSerializer(panel_flow(self.get_object())).data)

    @extend_schema(summary="Every closed round as it was frozen", responses=StudyResultsSerializer)
    @action(detail=True)
    def results(self, request: Request, **_: Any) -> Response:
        study = self.get_object()
        shown = {
            "id": study.pk,
            "status": study.status,
            "verdict": study.verdict,
            "seal": study.seal,
            "rounds": closed_rounds(study.pk),
        }
        return Response(StudyResultsSerializer(shown).data)
