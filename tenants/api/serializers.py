"""Shapes of applications and areas. Nothing is decided here."""

from rest_framework import serializers

from core.addresses import area_url, gateway_url
from core.api.serializers import ModelSerializer, Serializer
from tenants.enums import AreaState
from tenants.models import Area, AreaApplication
from tenants.names import CODE, SLUG, SLUG_LENGTHS

_OFFICE = ("code", "slug", "name_th", "name_en", "kind", "province", "email", "contact_name")


class OfficeSerializer(ModelSerializer):
    """What an office tells about itself when it applies."""

    code = serializers.RegexField(CODE, min_length=2, max_length=20)
    slug = serializers.RegexField(SLUG, min_length=SLUG_LENGTHS[0], max_length=SLUG_LENGTHS[1])

    class Meta:
        model = AreaApplication
        fields = _OFFICE


class AreaApplicationSerializer(ModelSerializer):
    area_url = serializers.SerializerMethodField(help_text="where the area is, once it can be used")

    class Meta:
        model = AreaApplication
        fields = (
            "id",
            "version",
            "state",
            "reason",
            *_OFFICE,
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


class AppliedSerializer(Serializer):
    application = AreaApplicationSerializer()
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
            "state",
            "cluster_label",
            "base_url",
            "gateway_url",
            "service_area",
        )
        read_only_fields = fields

    def get_base_url(self, area: Area) -> str:
        return area_url(area.slug)

    def get_gateway_url(self, _area: Area) -> str:
        return gateway_url()
