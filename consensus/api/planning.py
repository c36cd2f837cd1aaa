"""`/study-planning`: what helps before a study is drafted."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from consensus.api.panel_serializers import ProtocolStepSerializer
from consensus.models import Study
from consensus.protocol_field import ProtocolField
from consensus.queries.planning import planning_help, study_forecast
from consensus.rules import may_propose_study
from core.api.serializers import Serializer
from core.api.views import ApiViewSet

_RATIONAL = "an exact rational from 0 to 1, as a string"


class ProtocolTemplateSerializer(Serializer):
    code = serializers.CharField()
    title = serializers.CharField()
    summary = serializers.CharField(help_text="what the panel does, and how it is decided")
    suits = serializers.CharField(help_text="when to choose it")
    protocol = ProtocolField()
    steps = ProtocolStepSerializer(many=True, help_text="as panelists are told, step by step")


class PanelSizeSerializer(Serializer):
    """Macmillan (1971): the error from `smallest` to `largest` experts, and its net decrease."""

    smallest = serializers.IntegerField()
    largest = serializers.IntegerField()
    error_from = serializers.CharField()
    error_to = serializers.CharField()
    net_decrease = serializers.CharField()


class StudyPlanningSerializer(Serializer):
    templates = ProtocolTemplateSerializer(many=True)
    panel_sizes = PanelSizeSerializer(many=True)


class ForecastStudySerializer(Serializer):
    panelists = serializers.IntegerField(min_value=1, max_value=100)
    opinions = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=1_000),
        max_length=100,
        help_text="expected weights of the scores, lowest first: [0, 0, 1, 5, 4]",
    )
    protocol = ProtocolField(required=False)
    leaving = serializers.CharField(
        max_length=20, required=False, help_text=f"chance to leave after a round: {_RATIONAL}"
    )
    moving = serializers.CharField(
        max_length=20,
        required=False,
        help_text=f"chance that someone outside the quartiles moves one step: {_RATIONAL}",
    )
    seed = serializers.IntegerField(
        min_value=0, max_value=2**31, required=False, help_text="the same seed, the same result"
    )


class RoundForecastSerializer(Serializer):
    """Shares of 1,000 simulated panels, as rationals; `margin` is for 95 %.

    Of a real-time round there is one: at closing, after those outside had seen the group;
    `leaving` is then the chance not to answer at all. Rankings are not simulated (400).
    """

    number = serializers.IntegerField()
    answering = serializers.CharField(help_text="panelists who answered, on average")
    consensus_in = serializers.CharField()
    consensus_out = serializers.CharField()
    no_consensus = serializers.CharField()
    too_few = serializers.CharField()
    margin = serializers.FloatField()


class StudyForecastSerializer(Serializer):
    rounds = RoundForecastSerializer(many=True)
    panel_size = serializers.DictField(
        help_text="the line of the table that a panel of this size has entered"
    )


class StudyPlanningViewSet(ApiViewSet[Study]):
    resource = "study_planning"
    queryset = Study.objects.none()
    serializer_class = StudyPlanningSerializer
    rules = {"retrieve": may_propose_study, "create": may_propose_study}

    def has_object(self) -> bool:
        return False  # it is the same for everybody

    @extend_schema(summary="Protocols to start from, and the error by panel size")
    def retrieve(self, request: Request, **_: Any) -> Response:
        return self.answer(planning_help())

    @extend_schema(
        summary="Forecast what a panel would decide on an item, by simulation",
        request=ForecastStudySerializer,
        responses={200: StudyForecastSerializer},
    )
    def create(self, request: Request, **_: Any) -> Response:
        given = self.validated(ForecastStudySerializer)
        return Response(StudyForecastSerializer(study_forecast(**given)).data)
