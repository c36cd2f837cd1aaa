"""`/certificates/verify`, on the platform: for anyone who was shown a certificate."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.access import is_anyone
from core.api.routing import ApiRouter
from core.api.serializers import DateTimeField, Serializer
from core.api.views import ApiViewSet
from pd_activities.enums import CertificateCheck
from pd_activities.models import Certificate
from pd_activities.queries.certificates import check

_LONGEST = 4_000  # characters


class CheckSerializer(Serializer):
    signed = serializers.CharField(max_length=_LONGEST, help_text="the compact JWS")


class CheckedIssuerSerializer(Serializer):
    code = serializers.CharField()
    name_th = serializers.CharField()
    name_en = serializers.CharField()


class CheckedStatementSerializer(Serializer):
    certificate = serializers.UUIDField()
    teacher_name = serializers.CharField()
    school_name = serializers.CharField()
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    hours = serializers.DictField(
        child=serializers.IntegerField(), help_text="credit minutes by kind of hours"
    )
    credit_minutes = serializers.IntegerField()
    entries_sha256 = serializers.CharField(help_text="of the entries, as the certificate has them")
    issued_at = DateTimeField()


class CheckedSerializer(Serializer):
    result = serializers.ChoiceField(choices=CertificateCheck.choices)
    issuer = CheckedIssuerSerializer(allow_null=True, help_text="the area as it is called now")
    statement = CheckedStatementSerializer(allow_null=True)
    revoked_at = DateTimeField(allow_null=True)


class CheckViewSet(ApiViewSet[Certificate]):
    resource = "certificates"
    queryset = Certificate.objects.none()
    serializer_class = CheckedSerializer
    versioned = False
    idempotent = False  # it only reads
    public = True
    rules = {"verify": is_anyone}

    @extend_schema(
        summary="Verify a certificate of hours that someone shows",
        request=CheckSerializer,
        responses={200: CheckedSerializer},
    )
    def verify(self, request: Request, **_: Any) -> Response:
        """Also of areas that have left. Nothing is kept, and nothing stands in an address."""
        return self.answer(check(self.validated(CheckSerializer)["signed"]))


def register_on_platform(api: ApiRouter) -> None:
    api.add_single("certificates/verify", CheckViewSet, post="verify")
