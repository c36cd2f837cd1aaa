"""Shapes of applications and areas. Nothing is decided here."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.addresses import area_url, gateway_url
from core.api.serializers import DateTimeField, ModelSerializer, Serializer
from core.jobs.models import JobState
from tenants.enums import ApplicationState, AreaState
from tenants.models import ApplicationDocument, Area, AreaApplication, OfficialDomain
from tenants.names import CODE, SLUG, SLUG_LENGTHS
from tenants.queries import provisioning_jobs

_OFFICE = ("code", "slug", "name_th", "name_en", "kind", "province", "email", "contact_name")


class OfficeSerializer(ModelSerializer):
    """What an office tells about itself when it applies."""

    code = serializers.RegexField(CODE, min_length=2, max_length=20)
    slug = serializers.RegexField(SLUG, min_length=SLUG_LENGTHS[0], max_length=SLUG_LENGTHS[1])

    class Meta:
        model = AreaApplication
        fields = _OFFICE


class ApplicationMessageSerializer(Serializer):
    """What was asked of an applicant, and answered."""

    # `from` is a word of Python's.
    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return {
            "from": serializers.ChoiceField(choices=["operator", "applicant"]),
            "text": serializers.CharField(),
            "at": DateTimeField(),
        }


class ApplicationDocumentSerializer(ModelSerializer):
    class Meta:
        model = ApplicationDocument
        fields = ("id", "file_name", "content_type", "created_at")
        read_only_fields = fields


class SettingUpSerializer(Serializer):
    state = serializers.ChoiceField(choices=JobState.choices)
    done = serializers.IntegerField(help_text="steps of `total`")
    total = serializers.IntegerField(allow_null=True)


class AreaApplicationSerializer(ModelSerializer):
    area_url = serializers.SerializerMethodField(help_text="where the area is, once it can be used")
    messages = ApplicationMessageSerializer(many=True)
    documents = ApplicationDocumentSerializer(many=True)

    class Meta:
        model = AreaApplication
        fields = (
            "id",
            "version",
            "state",
            "reason",
            *_OFFICE,
            "messages",
            "documents",
            "area_url",
            "created_at",
            "email_proven_at",
            "decided_at",
        )
        read_only_fields = fields

    def get_area_url(self, application: AreaApplication) -> str | None:
        area = application.area
        ready = area is not None and area.state == AreaState.ACTIVE
        return area_url(area.slug) if area is not None and ready else None


class FollowedApplicationSerializer(AreaApplicationSerializer):
    """With how far the area's setting-up is, which a list of them does not tell."""

    setting_up = serializers.SerializerMethodField(help_text="null before it is approved")

    class Meta:
        model = AreaApplication
        fields = (*AreaApplicationSerializer.Meta.fields, "setting_up")
        read_only_fields = fields

    @extend_schema_field(SettingUpSerializer(allow_null=True))
    def get_setting_up(self, application: AreaApplication) -> dict[str, Any] | None:
        if application.state != ApplicationState.APPROVED:
            return None
        job = provisioning_jobs(application.pk).first()
        return None if job is None else dict(SettingUpSerializer(job).data)


class CorrectionSerializer(ModelSerializer):
    """What an applicant may mend; what is left out stays as it is."""

    token = serializers.CharField(min_length=20, max_length=100)

    class Meta:
        model = AreaApplication
        fields = ("token", "name_th", "name_en", "province", "contact_name", "email")
        extra_kwargs = {name: {"required": False} for name in fields if name != "token"}


class AnswerSerializer(CorrectionSerializer):
    text = serializers.CharField(max_length=1_000)

    class Meta(CorrectionSerializer.Meta):
        fields = ("token", "text", "name_th", "name_en", "province", "contact_name")


class AddDocumentSerializer(Serializer):
    token = serializers.CharField(min_length=20, max_length=100)
    file = serializers.FileField(help_text="PDF, JPEG or PNG, at most 10 MB")


class QuestionSerializer(Serializer):
    text = serializers.CharField(max_length=1_000)


class OfficialDomainSerializer(ModelSerializer):
    class Meta:
        model = OfficialDomain
        fields = ("id", "version", "domain", "code", "note", "created_at")
        read_only_fields = ("version", "created_at")
        extra_kwargs = {
            "domain": {"help_text": "`buriram4.go.th`, or `*.obec.go.th` for all below"},
            "code": {"help_text": "the one area it speaks for; empty: any"},
        }


class AppliedSerializer(Serializer):
    application = FollowedApplicationSerializer()
    token = serializers.CharField(help_text="of the applicant's personal link; shown only now")


class TokenSerializer(Serializer):
    token = serializers.CharField(min_length=20, max_length=100)


class EmailSerializer(Serializer):
    email = serializers.EmailField()


class ReasonSerializer(Serializer):
    reason = serializers.CharField(max_length=500)


class AreaSerializer(ModelSerializer):
    base_url = serializers.SerializerMethodField(help_text="the area's own host")
    gateway_url = serializers.SerializerMethodField(help_text="for apps: one host for all areas")
    service_area = serializers.CharField(
        source="slug", help_text="the value of X-Service-Area on the gateway"
    )

    class Meta:
        model = Area
        fields = (
            "id",
            "version",
            "code",
            "name_th",
            "name_en",
            "kind",
            "province",
            "former_names",
            "valid_from",
            "valid_until",
            "successor",
            "state",
            "cluster_label",
            "base_url",
            "gateway_url",
            "service_area",
        )
        read_only_fields = fields

    former_names = serializers.ListField(child=serializers.CharField())

    def get_base_url(self, area: Area) -> str:
        return area_url(area.slug)

    def get_gateway_url(self, _area: Area) -> str:
        return gateway_url()


class ChangeAreaSerializer(ModelSerializer):
    slug = serializers.RegexField(SLUG, min_length=SLUG_LENGTHS[0], max_length=SLUG_LENGTHS[1])
    successor = serializers.UUIDField(allow_null=True, help_text="an area's id")

    class Meta:
        model = Area
        fields = (
            "name_th",
            "name_en",
            "slug",
            "province",
            "valid_from",
            "valid_until",
            "successor",
        )
        extra_kwargs = {
            "valid_from": {"help_text": "since when the office exists, where it matters"},
            "valid_until": {"help_text": "its last day, if it was dissolved or merged"},
        }
