"""The shapes of committees, seats and rules."""

from fractions import Fraction
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api.serializers import ModelSerializer, Serializer
from pd_activities.enums.committees import CommitteeKind, MajorityOf, SeatCategory, SeatRole
from pd_activities.models import Committee, CommitteeRule, Seat

_MOST_SEATS = 100


class CompositionSerializer(Serializer):
    """Empty where composition is free."""

    sparse = True

    size = serializers.IntegerField(min_value=1, max_value=_MOST_SEATS, required=False)
    term_years = serializers.IntegerField(min_value=1, max_value=10, required=False)
    categories = serializers.DictField(
        child=serializers.IntegerField(min_value=0, max_value=_MOST_SEATS),
        required=False,
        help_text="Seat category → how many seats.",
    )

    def validate_categories(self, value: dict[str, int]) -> dict[str, int]:
        unknown = value.keys() - set(SeatCategory.values)
        if unknown:
            raise serializers.ValidationError(f"{sorted(unknown)[0]}: {', '.join(SeatCategory)}")
        return value


class ProcedureSerializer(Serializer):
    quorum = serializers.RegexField(
        r"^[1-9][0-9]?/[1-9][0-9]?$",
        help_text="The fraction of the filled seats that must be present, such as 1/2 or 2/3.",
    )
    majority_of = serializers.ChoiceField(choices=MajorityOf.choices)
    casting_vote = serializers.BooleanField(help_text="A tie is decided by the chair.")

    def validate_quorum(self, value: str) -> str:
        if Fraction(value) > 1:
            raise serializers.ValidationError("> 1")
        return value


class CommitteeRuleSerializer(ModelSerializer):
    id = serializers.UUIDField(required=False)
    kind = serializers.ChoiceField(choices=CommitteeKind.choices)
    pupils_from = serializers.IntegerField(min_value=0, max_value=100_000, required=False)
    composition = CompositionSerializer(required=False)
    procedure = ProcedureSerializer()

    class Meta:
        model = CommitteeRule
        fields = (
            "id",
            "version",
            "kind",
            "title",
            "pupils_from",
            "valid_from",
            "valid_until",
            "composition",
            "procedure",
        )
        read_only_fields = ("version",)
        extra_kwargs = {"valid_until": {"required": False}}
        validators = ()  # the database keeps it once


class ChangeCommitteeRuleSerializer(Serializer):
    title = serializers.CharField(max_length=200, required=False)
    valid_until = serializers.DateField(required=False, allow_null=True)
    composition = CompositionSerializer(required=False)
    procedure = ProcedureSerializer(required=False)


class CommitteeSerializer(ModelSerializer):
    composition = CompositionSerializer(read_only=True)
    procedure = ProcedureSerializer(read_only=True)

    class Meta:
        model = Committee
        fields = (
            "id",
            "version",
            "kind",
            "cluster",
            "school",
            "name_th",
            "name_en",
            "established_on",
            "dissolved_on",
            "composition",
            "procedure",
        )
        read_only_fields = fields


class FoundCommitteeSerializer(Serializer):
    id = serializers.UUIDField(required=False)
    kind = serializers.ChoiceField(choices=CommitteeKind.choices)
    cluster = serializers.UUIDField(required=False, help_text="For a cluster's committee.")
    school = serializers.UUIDField(required=False, help_text="For a school's committee.")
    name_th = serializers.CharField(max_length=200)
    name_en = serializers.CharField(max_length=200, required=False, allow_blank=True)
    established_on = serializers.DateField()
    composition = CompositionSerializer(required=False, help_text="Without it, the area's rule.")
    procedure = ProcedureSerializer(required=False, help_text="Without it, the area's rule.")


class ChangeCommitteeSerializer(Serializer):
    name_th = serializers.CharField(max_length=200, required=False)
    name_en = serializers.CharField(max_length=200, required=False, allow_blank=True)
    dissolved_on = serializers.DateField(required=False, allow_null=True)
    composition = CompositionSerializer(required=False)
    procedure = ProcedureSerializer(required=False)


class SeatSerializer(ModelSerializer):
    class Meta:
        model = Seat
        fields = (
            "id",
            "version",
            "committee",
            "category",
            "role",
            "holder_name",
            "user",
            "term_from",
            "term_until",
        )
        read_only_fields = fields


class FillSeatSerializer(Serializer):
    id = serializers.UUIDField(required=False)
    category = serializers.ChoiceField(choices=SeatCategory.choices)
    role = serializers.ChoiceField(choices=SeatRole.choices, required=False)
    holder_name = serializers.CharField(max_length=160)
    user = serializers.UUIDField(
        required=False, allow_null=True, help_text="Without it, a member without an account."
    )
    term_from = serializers.DateField()
    term_until = serializers.DateField(
        required=False, help_text="The last day; without it, as the committee's rule says."
    )


class ChangeSeatSerializer(Serializer):
    holder_name = serializers.CharField(max_length=160, required=False)
    user = serializers.UUIDField(required=False, allow_null=True)
    term_until = serializers.DateField(required=False, allow_null=True)


class GapSerializer(Serializer):
    category = serializers.ChoiceField(choices=SeatCategory.choices)
    wanted = serializers.IntegerField()
    filled = serializers.IntegerField()
    missing = serializers.IntegerField(help_text="Negative where there are too many.")


class CompositionReportSerializer(Serializer):
    on = serializers.DateField()
    size = serializers.IntegerField(allow_null=True)
    filled = serializers.IntegerField()
    complete = serializers.BooleanField()
    gaps = serializers.SerializerMethodField()

    @extend_schema_field(GapSerializer(many=True))
    def get_gaps(self, report: Any) -> Any:
        return GapSerializer(report["gaps"], many=True).data
