"""The shapes of trainings, sessions, seats and attendance."""

from typing import Any

from rest_framework import serializers

from core.api.serializers import DateTimeField, ModelSerializer, Serializer
from pd_activities.enums import AttendanceSource
from pd_activities.models import AttendanceInterval, Enrolment, Training, TrainingSession

MOST_ATTENDANCES = 500
_MOST_SEATS = 100_000


class ChangeTrainingSerializer(ModelSerializer):
    description = serializers.CharField(max_length=10_000, required=False, allow_blank=True)
    capacity = serializers.IntegerField(
        min_value=1,
        max_value=_MOST_SEATS,
        required=False,
        allow_null=True,
        help_text="seats; null for as many as come",
    )

    class Meta:
        model = Training
        fields: tuple[str, ...] = ("title", "description", "work_scope", "modality", "capacity")


class TrainingSerializer(ChangeTrainingSerializer):
    id = serializers.UUIDField(required=False)
    cluster = serializers.UUIDField(
        source="cluster_id", required=False, allow_null=True, help_text="where a cluster hosts it"
    )
    school = serializers.UUIDField(
        source="school_id", required=False, allow_null=True, help_text="where a school hosts it"
    )

    class Meta(ChangeTrainingSerializer.Meta):
        read_only_fields = (
            "version",
            "enrolled_count",
            "status",
            "hours_awarded_at",
            "created_at",
            "updated_at",
        )
        fields = (
            "id",
            *ChangeTrainingSerializer.Meta.fields,
            "host",
            "cluster",
            "school",
            *read_only_fields,
        )


class AwardSerializer(Serializer):
    awarded = serializers.IntegerField(help_text="teachers with a first entry")
    corrected = serializers.IntegerField(help_text="teachers whose entry was set right")
    unchanged = serializers.IntegerField(help_text="teachers whose entry was right")


class ChangeSessionSerializer(ModelSerializer):
    online_url = serializers.RegexField(
        r"^https?://[^\s]+$", max_length=500, required=False, allow_blank=True
    )

    class Meta:
        model = TrainingSession
        fields: tuple[str, ...] = ("title", "starts_at", "ends_at", "mode", "place", "online_url")


class TrainingSessionSerializer(ChangeSessionSerializer):
    id = serializers.UUIDField(required=False)
    training = serializers.UUIDField(source="training_id", read_only=True)

    class Meta(ChangeSessionSerializer.Meta):
        fields = ("id", "version", "training", *ChangeSessionSerializer.Meta.fields)
        read_only_fields = ("version", "training")


class EnrolmentSerializer(ModelSerializer):
    training = serializers.UUIDField(source="training_id")
    training_title = serializers.CharField(source="training.title")
    teacher = serializers.UUIDField(source="teacher_id")
    teacher_name = serializers.CharField(source="teacher.name_th")

    class Meta:
        model = Enrolment
        fields = (
            "id",
            "version",
            "training",
            "training_title",
            "teacher",
            "teacher_name",
            "status",
            "number",
            "created_at",
            "updated_at",
        )
        read_only_fields = fields


class EnrolSerializer(Serializer):
    id = serializers.UUIDField(required=False)
    teacher = serializers.UUIDField(
        source="teacher_id", required=False, help_text="oneself, if left out"
    )


# --- Attendance --------------------------------------------------------------------------------
class CodeSerializer(Serializer):
    code = serializers.CharField(help_text="what the QR code says after the session's id")
    typed_code = serializers.CharField(help_text="for those who cannot scan")
    valid_from = DateTimeField()
    valid_until = DateTimeField(help_text="ask for the next one then")
    qr_text = serializers.CharField(help_text="KRUNET:<session id>:<code>")
    qr_svg = serializers.CharField()


class CheckInSerializer(Serializer):
    code = serializers.CharField(max_length=40, help_text="from the QR code, or typed")
    seen_at = DateTimeField(
        required=False,
        allow_null=True,
        help_text="when it was scanned, if that was offline; within 48 hours",
    )


class IntervalSerializer(ModelSerializer):
    session = serializers.UUIDField(source="session_id")
    teacher = serializers.UUIDField(source="teacher_id")
    teacher_name = serializers.CharField(source="teacher.name_th")
    left_at = DateTimeField(allow_null=True, help_text="null: until the session's end")
    corrects = serializers.UUIDField(source="corrects_id", allow_null=True)

    class Meta:
        model = AttendanceInterval
        fields = (
            "id",
            "session",
            "teacher",
            "teacher_name",
            "source",
            "joined_at",
            "left_at",
            "corrects",
            "reason",
            "received_at",
        )
        read_only_fields = fields


class PresenceSerializer(Serializer):
    teacher = serializers.UUIDField(source="teacher_id")
    joined_at = DateTimeField()
    left_at = DateTimeField()


_BY_HAND = (AttendanceSource.MANUAL, AttendanceSource.ONLINE_REPORT)


class SessionAttendanceSerializer(Serializer):
    items = serializers.ListField(
        child=PresenceSerializer(), min_length=1, max_length=MOST_ATTENDANCES
    )

    def get_fields(self) -> dict[str, Any]:
        # Not in the class body: `source` means something else to a field.
        chosen = serializers.ChoiceField(
            choices=[(each.value, each.label) for each in _BY_HAND],
            default=AttendanceSource.MANUAL,
        )
        return {"source": chosen, **super().get_fields()}


class RecordedSerializer(Serializer):
    recorded = serializers.IntegerField(help_text="rows that were new")


class CorrectSerializer(Serializer):
    joined_at = DateTimeField(allow_null=True, help_text="null: was not there at all")
    left_at = DateTimeField(allow_null=True)
    reason = serializers.CharField(max_length=300)
