"""`/hour-rule-sets` and `/transcripts`."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from clusters.enums import Standing
from clusters.models import Teacher
from core.api.parameters import academic_year_parameter, asked_academic_year
from core.api.routing import ApiRouter
from core.api.serializers import ModelSerializer, Serializer
from core.api.views import ApiViewSet, ListMixin, RetrieveMixin
from core.dates import YEARS
from pd_activities.actions.certificates import issue_certificate
from pd_activities.actions.hours import adopt_hour_rules
from pd_activities.api.certificates import CertificateSerializer
from pd_activities.calculations.credit import HourRules
from pd_activities.enums import HourKind
from pd_activities.errors.certificates import NothingCreditedError
from pd_activities.models import HourRuleSet, LedgerEntry
from pd_activities.queries.hours import transcript_of, transcripts_visible_to
from pd_activities.rules.hours import (
    may_issue_certificate,
    may_see_hour_rules,
    may_see_transcript,
    may_set_hour_rules,
)

_MOST_MINUTES = 366 * 24 * 60  # of one year


# --- Rules -------------------------------------------------------------------------------------
class YearlyCapsSerializer(Serializer):
    """Most credit minutes of each kind in an academic year; a kind left out has no cap."""

    sparse = True

    def get_fields(self) -> dict[str, Any]:
        return {
            kind.value: serializers.IntegerField(
                min_value=0, max_value=_MOST_MINUTES, required=False
            )
            for kind in HourKind
        }


class RequirementSerializer(Serializer):
    sparse = True

    credit_minutes = serializers.IntegerField(min_value=1, max_value=_MOST_MINUTES)
    years = serializers.IntegerField(
        min_value=1, max_value=10, required=False, help_text="academic years; 1 if left out"
    )
    kinds = serializers.ListField(
        child=serializers.ChoiceField(choices=HourKind.choices),
        max_length=len(HourKind),
        required=False,
        help_text="of hours that count; all if left out",
    )
    standings = serializers.ListField(
        child=serializers.ChoiceField(choices=Standing.choices),
        max_length=len(Standing),
        required=False,
        help_text="of whom it is asked; of all if left out",
    )


class HourRulesSerializer(Serializer):
    minutes_per_credit_hour = serializers.IntegerField(
        min_value=30, max_value=120, required=False, help_text="60; 50 where a lesson is an hour"
    )
    minimum_presence_percent = serializers.IntegerField(
        min_value=0,
        max_value=100,
        required=False,
        help_text="of a training's time; below it nothing is credited; 80 if left out",
    )
    round_down_to_minutes = serializers.IntegerField(min_value=1, max_value=60, required=False)
    yearly_caps = YearlyCapsSerializer(required=False)
    requirements = serializers.ListField(
        child=RequirementSerializer(), max_length=20, required=False, help_text="asked of teachers"
    )


class HourRuleSetSerializer(ModelSerializer):
    id = serializers.UUIDField(required=False)
    rules = HourRulesSerializer()

    class Meta:
        model = HourRuleSet
        fields = ("id", "version", "number", "valid_from", "valid_until", "rules", "created_at")
        read_only_fields = ("version", "number", "valid_until", "created_at")


@extend_schema_view(
    list=extend_schema(summary="Rules of credit hours, newest first"),
    retrieve=extend_schema(summary="One version of the rules"),
)
class HourRuleSetViewSet(ListMixin, RetrieveMixin, ApiViewSet[HourRuleSet]):
    resource = "hour_rule_sets"
    queryset = HourRuleSet.objects.none()
    serializer_class = HourRuleSetSerializer
    ordering = ("-number",)
    rules = {
        "list": may_see_hour_rules,
        "retrieve": may_see_hour_rules,
        "create": may_set_hour_rules,
    }

    def get_queryset(self) -> QuerySet[HourRuleSet]:
        return HourRuleSet.objects.all()

    @extend_schema(summary="Adopt rules that hold from a day on; those before end on the eve")
    def create(self, request: Request, **_: Any) -> Response:
        fields = self.validated()
        rules = HourRules.from_document(fields.pop("rules"))
        return self.answer(adopt_hour_rules(**fields, rules=rules, actor=self.actor), status=201)


# --- Transcripts -------------------------------------------------------------------------------
class LedgerEntrySerializer(ModelSerializer):
    reverses = serializers.UUIDField(source="reverses_id", allow_null=True)

    class Meta:
        model = LedgerEntry
        fields = (
            "id",
            "occurred_on",
            "kind",
            "title",
            "minutes",
            "credit_minutes",
            "source_kind",
            "source_id",
            "rule_set_version",
            "reverses",
            "recorded_at",
        )


class YearTotalSerializer(Serializer):
    academic_year = serializers.IntegerField(help_text="the CE year in which it begins")
    kind = serializers.ChoiceField(choices=HourKind.choices)
    minutes = serializers.IntegerField()
    credit_minutes = serializers.IntegerField()
    credit_hours = serializers.CharField()


class ProgressSerializer(Serializer):
    kinds = serializers.ListField(
        source="requirement.kinds",
        child=serializers.ChoiceField(choices=HourKind.choices),
        help_text="of hours that count; empty: all",
    )
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    credit_minutes = serializers.IntegerField(
        source="requirement.credit_minutes", help_text="asked for between these days"
    )
    credited_minutes = serializers.IntegerField(help_text="credited between these days")
    missing_minutes = serializers.IntegerField()


class TranscriptSerializer(Serializer):
    teacher = serializers.UUIDField(source="teacher.pk")
    teacher_name = serializers.CharField(source="teacher.name_th")
    school = serializers.UUIDField(source="teacher.school_id")
    school_name = serializers.CharField(source="teacher.school.name_th")
    entries = LedgerEntrySerializer(many=True)
    totals = YearTotalSerializer(many=True)
    requirements = ProgressSerializer(
        many=True, help_text="what the rules ask of someone of this standing, and what is missing"
    )
    credit_minutes = serializers.IntegerField()
    credit_hours = serializers.CharField(help_text="60 credit minutes are one hour")


class CertifySerializer(Serializer):
    academic_year = serializers.IntegerField(
        min_value=YEARS.start,
        max_value=YEARS.stop - 1,
        required=False,
        allow_null=True,
        help_text="only this one (CE); all if left out",
    )


class TranscriptViewSet(ApiViewSet[Teacher]):
    resource = "transcripts"
    queryset = Teacher.objects.none()
    serializer_class = TranscriptSerializer
    query_parameters = frozenset({"academic_year"})
    rules = {"retrieve": may_see_transcript, "certify": may_issue_certificate}
    problems = {"certify": [NothingCreditedError]}

    def get_queryset(self) -> QuerySet[Teacher]:
        return transcripts_visible_to(self.actor)

    @extend_schema(
        summary="A teacher's credit hours: every entry, sums by academic year, and what is missing",
        parameters=[academic_year_parameter("only this one (CE)")],
    )
    def retrieve(self, request: Request, **_: Any) -> Response:
        return self.answer(transcript_of(self.get_object(), asked_academic_year(request)))

    @extend_schema(
        summary="Certify a teacher's hours as they are now, signed by the area",
        description="200 with the certificate that says the same already, if it still holds.",
        request=CertifySerializer,
        responses={201: CertificateSerializer, 200: CertificateSerializer},
    )
    @action(detail=True, methods=["post"])
    def certify(self, request: Request, **_: Any) -> Response:
        """Whoever may read the transcript may. Hours credited later need another certificate."""
        teacher, given = self.get_object(), self.validated(CertifySerializer)
        certificate, is_new = issue_certificate(
            teacher, academic_year=given.get("academic_year"), actor=self.actor
        )
        status = 201 if is_new else 200
        return self.answer(certificate, status=status, serializer_class=CertificateSerializer)


def register(api: ApiRouter) -> None:
    api.add("hour-rule-sets", HourRuleSetViewSet)
    api.add("transcripts", TranscriptViewSet)
