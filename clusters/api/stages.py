"""A cluster's network stage, and what each stage asks for in this area."""

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clusters.actions.stages import set_stage_rules
from clusters.enums import NetworkStage
from clusters.evidence import known_evidence
from clusters.models import StageChange, StageRules
from clusters.queries import stage_rules
from clusters.rules import may_read, may_set_stage_rules
from core.api.serializers import ModelSerializer, Serializer
from core.api.views import ApiViewSet

MOST_CODES = 20


class EvidenceSerializer(Serializer):
    code = serializers.CharField()
    th = serializers.CharField(source="text.th")
    en = serializers.CharField(source="text.en")


class StageChangeSerializer(ModelSerializer):
    stage = serializers.SerializerMethodField(help_text="null: below the first stage")
    evidence = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = StageChange
        fields = ("id", "stage", "evidence", "found_at")
        read_only_fields = fields

    @extend_schema_field(serializers.ChoiceField(choices=NetworkStage.choices, allow_null=True))
    def get_stage(self, change: StageChange) -> str | None:
        return change.stage or None


class StageSerializer(Serializer):
    stage = serializers.ChoiceField(
        choices=NetworkStage.choices, allow_null=True, help_text="as last found"
    )
    next_stage = serializers.ChoiceField(choices=NetworkStage.choices, allow_null=True)
    evidence = serializers.ListField(child=serializers.CharField(), help_text="there today")
    missing = serializers.ListField(
        child=serializers.CharField(), help_text="what the next stage still asks for"
    )
    history = StageChangeSerializer(many=True, help_text="newest first")


def _codes() -> serializers.ListField:
    return serializers.ListField(
        child=serializers.SlugField(max_length=60), min_length=1, max_length=MOST_CODES
    )


class RequirementsSerializer(Serializer):
    """Codes of evidence for each stage; stages that are left out stay as they are."""

    awareness = _codes()
    coordination = _codes()
    commitment = _codes()
    management = _codes()
    relationship_building = _codes()
    relationship_maintenance = _codes()


class StageRulesSerializer(ModelSerializer):
    requirements = RequirementsSerializer()
    known_evidence = serializers.SerializerMethodField()

    class Meta:
        model = StageRules
        fields = ("version", "requirements", "known_evidence")
        read_only_fields = ("version",)

    @extend_schema_field(EvidenceSerializer(many=True))
    def get_known_evidence(self, _rules: StageRules) -> Any:
        return EvidenceSerializer(known_evidence(), many=True).data


class StageRulesViewSet(ApiViewSet[StageRules]):
    resource = "stage_rules"
    queryset = StageRules.objects.none()
    serializer_class = StageRulesSerializer
    rules = {"retrieve": may_read, "partial_update": may_set_stage_rules}

    @extend_schema(summary="Which evidence each network stage asks for")
    def retrieve(self, request: Request, **_: Any) -> Response:
        return self.answer(stage_rules())

    @extend_schema(summary="Change which evidence the network stages ask for")
    def partial_update(self, request: Request, **_: Any) -> Response:
        requirements = self.validated(partial=True).get("requirements", {})
        return self.answer(set_stage_rules(requirements, actor=self.actor))
