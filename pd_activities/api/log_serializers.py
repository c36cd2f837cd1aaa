"""The shapes of activity logs, alone and in batches."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from clusters.enums import WorkScope
from core.api.serializers import ModelSerializer, Serializer
from pd_activities.calculations.drafts import MOST_MINUTES
from pd_activities.models import ActivityLog
from pd_activities.models.logs import WRITTEN
from pd_activities.queries.logs import ROW

MOST_IN_A_BATCH = 100


class ActivityLogSerializer(ModelSerializer):
    teacher = serializers.UUIDField(source="teacher_id")
    teacher_name = serializers.CharField(source="teacher.name_th")
    school = serializers.UUIDField(source="school_id")
    work_scope = serializers.ChoiceField(choices=WorkScope.choices, allow_blank=True)

    class Meta:
        model = ActivityLog
        fields = ROW
        read_only_fields = fields


class ChangeLogSerializer(ModelSerializer):
    minutes = serializers.IntegerField(
        min_value=1,
        max_value=MOST_MINUTES,
        required=False,
        allow_null=True,
        help_text="reckoned from the two times, if left out",
    )
    reflection = serializers.CharField(max_length=10_000, required=False, allow_blank=True)

    class Meta:
        model = ActivityLog
        fields: tuple[str, ...] = WRITTEN


class WriteLogSerializer(ChangeLogSerializer):
    id = serializers.UUIDField(required=False, help_text="chosen by the device that wrote it")

    class Meta(ChangeLogSerializer.Meta):
        fields = ("id", *ChangeLogSerializer.Meta.fields)


class VerifySerializer(Serializer):
    version = serializers.IntegerField(
        min_value=1, required=False, help_text="what was read: a log changed since is not verified"
    )


class ReturnSerializer(Serializer):
    reason = serializers.CharField(max_length=500)


# --- Batches -----------------------------------------------------------------------------------
class BatchedLogSerializer(WriteLogSerializer):
    id = serializers.UUIDField()


class LogBatchSerializer(Serializer):
    """As the document shows it; items are read one by one, so that one bad one stops no other."""

    items = serializers.ListField(
        child=BatchedLogSerializer(), min_length=1, max_length=MOST_IN_A_BATCH
    )


class RawBatchSerializer(Serializer):
    items = serializers.ListField(
        child=serializers.DictField(), min_length=1, max_length=MOST_IN_A_BATCH
    )


@extend_schema_field({"$ref": "#/components/schemas/Problem"})
class ProblemField(serializers.JSONField):
    """A problem as it would have been answered alone."""


class BatchResultSerializer(Serializer):
    id = serializers.UUIDField(allow_null=True, help_text="of the item; null if it had none")
    status = serializers.IntegerField(
        help_text="201 written, 200 there already, 400 wrong, 409 there with other content"
    )
    activity_log = ActivityLogSerializer(
        allow_null=True, help_text="as it stands on the server, also beside a 409"
    )
    problem = ProblemField(allow_null=True)


class BatchResultsSerializer(Serializer):
    results = BatchResultSerializer(many=True, help_text="one for each item, in their order")

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """The results are rows already: going over their fields again is slow."""
        return {"results": instance}
