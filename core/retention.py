"""For how long an area keeps what the night forgets."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from rest_framework import serializers

from core.api.serializers import Serializer
from core.area_settings.kinds import IN_OFFICE, SettingDocument, SettingKind, register_kind
from core.area_settings.queries import setting_on
from core.text import Text


class RetentionSerializer(Serializer):
    """Whole days; what is older is deleted in the night."""

    documents = serializers.IntegerField(
        min_value=1, max_value=90, help_text="reports and other files that jobs have made"
    )
    finished_jobs = serializers.IntegerField(
        min_value=7, max_value=365, help_text="since a job ended"
    )
    answers = serializers.IntegerField(
        min_value=1, max_value=30, help_text="that a repeated Idempotency-Key is answered with"
    )
    imports = serializers.IntegerField(
        min_value=1, max_value=365, help_text="uploaded sheets, from the upload on"
    )
    invitations = serializers.IntegerField(
        min_value=1, max_value=730, help_text="after they could last be accepted"
    )


@dataclass(frozen=True)
class Retention(SettingDocument):
    """Days. On the platform, these are the ones."""

    documents: int = 7
    finished_jobs: int = 30
    answers: int = 2
    imports: int = 30
    invitations: int = 90


RETENTION = register_kind(
    SettingKind(
        code="retention",
        text=Text("ระยะเวลาเก็บข้อมูล", "Retention periods"),
        document=Retention,
        shape=RetentionSerializer,
        readers=IN_OFFICE,
    )
)


def kept_since(what: str) -> datetime:
    """What is older than this may be forgotten: `kept_since("documents")`."""
    days: int = getattr(setting_on(RETENTION), what)
    return timezone.now() - timedelta(days=days)
