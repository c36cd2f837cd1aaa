"""`/certificates`: credit hours that a teacher carries away, signed by the area."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.renderers import file_renderers
from core.api.routing import ApiRouter
from core.api.serializers import DateTimeField, ModelSerializer, Serializer
from core.api.views import ApiViewSet, ListMixin, RetrieveMixin
from core.text import Text
from pd_activities.actions.certificates import revoke_certificate
from pd_activities.certificate_pdf import certificate_pdf, verify_url
from pd_activities.enums import HourKind
from pd_activities.errors.certificates import CertificateRevokedError
from pd_activities.models import Certificate
from pd_activities.queries.certificates import certificates_visible_to
from pd_activities.rules.hours import may_revoke_certificate, may_see_certificates

_PDF = "application/pdf"


class CertifiedEntrySerializer(Serializer):
    occurred_on = serializers.DateField()
    kind = serializers.ChoiceField(choices=HourKind.choices)
    title = serializers.CharField()
    credit_minutes = serializers.IntegerField()


class StatementSerializer(Serializer):
    """What the ledger said when it was issued, without what had been taken back."""

    teacher_name = serializers.CharField()
    school_name = serializers.CharField()
    hours = serializers.DictField(
        child=serializers.IntegerField(), help_text="credit minutes by kind of hours"
    )
    credit_minutes = serializers.IntegerField()
    entries = CertifiedEntrySerializer(many=True)


class CertificateSerializer(ModelSerializer):
    teacher = serializers.UUIDField(source="teacher_id")
    statement = StatementSerializer()
    verify_url = serializers.SerializerMethodField(help_text="for anyone; what a QR code holds")
    issued_at = DateTimeField(source="created_at")

    class Meta:
        model = Certificate
        fields = (
            "id",
            "version",
            "teacher",
            "academic_year",
            "statement",
            "signed",
            "verify_url",
            "issued_at",
            "issued_by",
            "revoked_at",
            "revoked_reason",
        )
        read_only_fields = fields
        extra_kwargs: ClassVar = {
            "academic_year": {"help_text": "the CE year in which it begins; null: all years"},
            "signed": {"help_text": "a compact JWS (EdDSA); its keys: /areas/{code}/keys"},
        }

    def get_verify_url(self, certificate: Certificate) -> str:
        return verify_url(certificate)


class RevokeSerializer(Serializer):
    reason = serializers.CharField(max_length=500)


class CertificateFilter(django_filters.FilterSet):
    teacher = django_filters.UUIDFilter(field_name="teacher_id")

    class Meta:
        model = Certificate
        fields: ClassVar[list[str]] = []


@extend_schema_view(
    list=extend_schema(summary="Certificates of hours, newest first"),
    retrieve=extend_schema(summary="One certificate, with its signed form"),
)
class CertificateViewSet(ListMixin, RetrieveMixin, ApiViewSet[Certificate]):
    resource = "certificates"
    queryset = Certificate.objects.none()
    serializer_class = CertificateSerializer
    filterset_class = CertificateFilter
    ordering = ("-created_at", "-id")
    rules = {
        "list": may_see_certificates,
        "retrieve": may_see_certificates,
        "revoke": may_revoke_certificate,
        "pdf": may_see_certificates,
    }
    problems = {"pdf": [CertificateRevokedError]}

    def get_queryset(self) -> QuerySet[Certificate]:
        return certificates_visible_to(self.actor)

    @extend_schema(
        summary="Revoke a certificate; whoever verifies it is told", request=RevokeSerializer
    )
    @action(detail=True, methods=["post"])
    def revoke(self, request: Request, **_: Any) -> Response:
        certificate = self.get_object()
        given = self.validated(RevokeSerializer)
        return self.answer(revoke_certificate(certificate, **given, actor=self.actor))

    @extend_schema(
        summary="A certificate on paper, with the code that leads to its check",
        description="In Thai or English, as `Accept-Language` says.",
        responses={(200, _PDF): OpenApiTypes.BINARY},
        examples=[OpenApiExample("pdf", value="%PDF-1.7 …", media_type=_PDF, response_only=True)],
    )
    @action(detail=True, renderer_classes=file_renderers(_PDF))
    def pdf(self, request: Request, **_: Any) -> Response:
        certificate = self.get_object()
        if certificate.revoked_at is not None:
            raise CertificateRevokedError
        area = request._request.area  # type: ignore[attr-defined]  # tenants.routing
        file = certificate_pdf(certificate, issuer=Text(area.name_th, area.name_en))
        shown = content_disposition_header(
            as_attachment=False, filename=f"certificate-{certificate.pk}.pdf"
        )
        headers = {"Content-Disposition": shown or "", "Cache-Control": "private, no-store"}
        return Response(file, headers=headers)


def register(api: ApiRouter) -> None:
    api.add("certificates", CertificateViewSet)
