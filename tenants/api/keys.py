"""`/areas/{code}/keys`, `/areas/{code}/revoked-certificates`: to verify what areas have signed."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.access import is_anyone
from core.api.conditional import CONDITIONAL_PARAMETERS, NOT_MODIFIED, unless_known
from core.api.serializers import ModelSerializer, Serializer
from core.api.views import ApiViewSet, ListMixin
from tenants.api.service_plans import AREA_KEY
from tenants.models import AreaKey, RevokedCertificate
from tenants.queries import areas_that_signed_as
from tenants.signing import as_jwk


class JwkSerializer(Serializer):
    """A public key (RFC 8037)."""

    kty = serializers.CharField()
    crv = serializers.CharField()
    x = serializers.CharField()
    kid = serializers.CharField()
    alg = serializers.CharField()
    use = serializers.CharField()


class JwksSerializer(Serializer):
    keys = JwkSerializer(many=True)


class AreaKeyViewSet(ApiViewSet[AreaKey]):
    resource = "area_keys"
    queryset = AreaKey.objects.none()
    serializer_class = JwksSerializer
    versioned = False
    public = True
    rules = {"retrieve": is_anyone}

    def has_object(self) -> bool:
        return False  # the path names an area

    @extend_schema(
        summary="The public keys with which an area signs, and those it has signed with",
        parameters=[AREA_KEY, *CONDITIONAL_PARAMETERS],
        responses={200: JwksSerializer, 304: NOT_MODIFIED},
    )
    def retrieve(self, request: Request, area_id: str) -> Response:
        """A JSON Web Key Set, also of an area that has left."""
        keys = AreaKey.objects.filter(area__in=areas_that_signed_as(area_id)).order_by("id")
        return unless_known(request, self.answer({"keys": [as_jwk(each) for each in keys]}))


class RevokedCertificateSerializer(ModelSerializer):
    class Meta:
        model = RevokedCertificate
        fields = ("certificate_id", "revoked_at")
        read_only_fields = fields


class RevokedCertificateViewSet(ListMixin, ApiViewSet[RevokedCertificate]):
    resource = "revoked_certificates"
    queryset = RevokedCertificate.objects.none()
    serializer_class = RevokedCertificateSerializer
    ordering = ("-id",)
    public = True
    rules = {"list": is_anyone}

    def get_queryset(self) -> QuerySet[RevokedCertificate]:
        areas = areas_that_signed_as(self.kwargs["area_id"])
        return RevokedCertificate.objects.filter(area__in=areas)

    @extend_schema(
        summary="Which certificates of an area hold no more, newest first", parameters=[AREA_KEY]
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().list(request, *args, **kwargs)
