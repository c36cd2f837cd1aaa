"""The shapes of supervision visits."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api.serializers import DateTimeField, ModelSerializer, Serializer
from pd_activities.calculations.pidre import phase_of
from pd_activities.enums.supervision import FollowUpOwner, PidrePhase, VisitStatus
from pd_activities.models import (
    FeedbackConference,
    FollowUpAction,
    Instrument,
    Observation,
    SupervisionVisit,
)
from pd_activities.queries.visits import observations_shown_to

_MOST_CRITERIA = 100
_MOST_OBSERVERS = 10


class BilingualSerializer(Serializer):
    th = serializers.CharField(max_length=500)
    en = serializers.CharField(max_length=500)


class CriterionSerializer(Serializer):
    code = serializers.SlugField(max_length=30)
    text = BilingualSerializer()


class InstrumentDocumentSerializer(Serializer):
    scale_max = serializers.IntegerField(min_value=2, max_value=10)
    criteria = serializers.ListField(
        child=CriterionSerializer(), min_length=1, max_length=_MOST_CRITERIA
    )


class InstrumentSerializer(ModelSerializer):
    id = serializers.UUIDField(required=False)
    code = serializers.SlugField(max_length=30)
    document = InstrumentDocumentSerializer()

    class Meta:
        model = Instrument
        fields = (
            "id",
            "version",
            "code",
            "edition",
            "title_th",
            "title_en",
            "document",
            "is_default",
        )
        read_only_fields = ("version", "edition", "is_default")


class ObservationSerializer(ModelSerializer):
    observer_name = serializers.CharField(source="observer.display_name", read_only=True)
    ratings = serializers.DictField(child=serializers.IntegerField(), read_only=True)

    class Meta:
        model = Observation
        fields = ("observer", "observer_name", "ratings", "notes", "submitted_at")
        read_only_fields = fields


class FeedbackSerializer(ModelSerializer):
    class Meta:
        model = FeedbackConference
        fields = ("held_at", "strengths", "to_develop", "acknowledged_at", "reply")
        read_only_fields = fields


class FollowUpSerializer(ModelSerializer):
    class Meta:
        model = FollowUpAction
        fields = ("id", "version", "visit", "text", "owner", "due_on", "closed_at", "outcome")
        read_only_fields = fields


class VisitSerializer(ModelSerializer):
    school_name = serializers.CharField(source="school.name_th", read_only=True)
    teacher_name = serializers.CharField(source="teacher.name_th", read_only=True)
    lead_name = serializers.CharField(source="lead.display_name", read_only=True)
    observers = serializers.SerializerMethodField()
    pidre_phase = serializers.SerializerMethodField()
    policy_tags = serializers.ListField(child=serializers.CharField(), read_only=True)
    observations = serializers.SerializerMethodField(
        help_text="Handed-in ratings, as far as you may see them yet."
    )
    feedback = serializers.SerializerMethodField()
    follow_ups = FollowUpSerializer(many=True, read_only=True)

    class Meta:
        model = SupervisionVisit
        fields = (
            "id",
            "version",
            "school",
            "school_name",
            "teacher",
            "teacher_name",
            "lead",
            "lead_name",
            "observers",
            "instrument",
            "status",
            "pidre_phase",
            "planned_on",
            "informed_on",
            "observed_on",
            "focus",
            "policy_tags",
            "observations",
            "feedback",
            "follow_ups",
        )
        read_only_fields = fields

    @extend_schema_field(serializers.ListField(child=serializers.UUIDField()))
    def get_observers(self, visit: SupervisionVisit) -> list[UUID]:
        return sorted(row.observer_id for row in visit.observations.all())

    @extend_schema_field(serializers.ChoiceField(choices=PidrePhase.choices, allow_null=True))
    def get_pidre_phase(self, visit: SupervisionVisit) -> PidrePhase | None:
        return phase_of(VisitStatus(visit.status), informed=visit.informed_on is not None)

    @extend_schema_field(ObservationSerializer(many=True))
    def get_observations(self, visit: SupervisionVisit) -> Any:
        shown = observations_shown_to(self.context["view"].actor, visit)
        return ObservationSerializer(shown, many=True).data

    @extend_schema_field(FeedbackSerializer(allow_null=True))
    def get_feedback(self, visit: SupervisionVisit) -> Any:
        feedback = getattr(visit, "feedback", None)
        return None if feedback is None else FeedbackSerializer(feedback).data


class PlanVisitSerializer(Serializer):
    id = serializers.UUIDField(required=False)
    teacher = serializers.UUIDField()
    instrument = serializers.UUIDField(
        required=False, help_text="Without it, the area's default instrument."
    )
    planned_on = serializers.DateField()
    focus = serializers.CharField(max_length=500, required=False, allow_blank=True)
    policy_tags = serializers.ListField(
        child=serializers.CharField(max_length=60), max_length=10, required=False
    )
    co_observers = serializers.ListField(
        child=serializers.UUIDField(),
        max_length=_MOST_OBSERVERS,
        required=False,
        help_text="Users who observe together with the lead (joint supervision).",
    )


class ChangeVisitSerializer(Serializer):
    instrument = serializers.UUIDField(required=False)
    planned_on = serializers.DateField(required=False)
    informed_on = serializers.DateField(
        required=False, allow_null=True, help_text="The day of the pre-conference."
    )
    focus = serializers.CharField(max_length=500, required=False, allow_blank=True)
    policy_tags = serializers.ListField(
        child=serializers.CharField(max_length=60), max_length=10, required=False
    )
    co_observers = serializers.ListField(
        child=serializers.UUIDField(), max_length=_MOST_OBSERVERS, required=False
    )


class ObserveSerializer(Serializer):
    ratings = serializers.DictField(
        child=serializers.IntegerField(min_value=1, max_value=10),
        help_text="Criterion code → rating; leave out what could not be observed.",
    )
    notes = serializers.CharField(max_length=4_000, required=False, allow_blank=True)
    observed_on = serializers.DateField(required=False, help_text="Without it, today.")


class NextStepSerializer(Serializer):
    text = serializers.CharField(max_length=1_000)
    owner = serializers.ChoiceField(choices=FollowUpOwner.choices)
    due_on = serializers.DateField()


class GiveFeedbackSerializer(Serializer):
    held_at = DateTimeField()
    strengths = serializers.CharField(max_length=4_000)
    to_develop = serializers.CharField(max_length=4_000)
    follow_ups = serializers.ListField(child=NextStepSerializer(), max_length=20, required=False)


class AcknowledgeSerializer(Serializer):
    reply = serializers.CharField(
        max_length=4_000, required=False, allow_blank=True, help_text="The right of reply."
    )


class OutcomeSerializer(Serializer):
    outcome = serializers.CharField(max_length=1_000)


class ReasonSerializer(Serializer):
    code = serializers.CharField()
    th = serializers.CharField()
    en = serializers.CharField()


class AgreementSerializer(Serializer):
    observer_count = serializers.IntegerField()
    compared_count = serializers.IntegerField(
        help_text="Ratings compared: every criterion that both observers of a pair rated."
    )
    agreed_count = serializers.IntegerField(help_text="Of those, the ones that are the same.")
    exact_agreement = serializers.FloatField(allow_null=True, help_text="agreed / compared, 0..1")
    weighted_kappa = serializers.FloatField(
        allow_null=True, help_text="Cohen's, linear weights; the mean over the pairs of observers."
    )
    reason = ReasonSerializer(allow_null=True, help_text="Why a number is missing.")
