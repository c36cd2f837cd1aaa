"""The shapes of activity logs, alone and in batches."""

from rest_framework import serializers

from clusters.enums import WorkScope
from core.api.serializers import ModelSerializer, Serializer
from pd_activities.calculations.drafts import MOST_MINUTES
from pd_activities.models import ActivityLog
from pd_activities.models.logs import WRITTEN
from pd_activities.queries.logs import ROW


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


class BatchedLogSerializer(WriteLogSerializer):
    id = serializers.UUIDField()
