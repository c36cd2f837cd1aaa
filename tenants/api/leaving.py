"""`/leaving`: an area's own way out. `/deletion-certificates`: what stays of the areas gone."""

from typing import Any

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django_tenants.utils import schema_context
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.access import is_anyone, is_area_admin
from core.api.renderers import file_renderers
from core.api.serializers import DateTimeField, ModelSerializer, Serializer
from core.api.views import ApiViewSet, ListMixin, RetrieveMixin
from tenants.actions.leaving import leave, stay
from tenants.archive.package import Archive
from tenants.errors import AreaStateError, CodeMismatchError
from tenants.models import Area, DeletionCertificate
from tenants.postgresql.base import PUBLIC
from tenants.rules import is_operator

_ZIP = "application/zip"


class AskToLeaveSerializer(Serializer):
    code = serializers.CharField(max_length=20, help_text="the area's code, typed to confirm")
    reason = serializers.CharField(max_length=500)


class LeavingSerializer(ModelSerializer):
    reason = serializers.CharField(source="leaving_reason")

    class Meta:
        model = Area
        fields = ("state", "leaving_since", "deleted_from", "reason")
        read_only_fields = fields
        extra_kwargs = {
            "leaving_since": {"help_text": "null: the area does not leave"},
            "deleted_from": {"help_text": "until then everything can be read, and called off"},
        }


class _LeavingViewSet(ApiViewSet[Area]):
    resource = "leaving"
    queryset = Area.objects.none()
    serializer_class = LeavingSerializer
    versioned = False

    def has_object(self) -> bool:
        return False  # the host names the area; there is nothing else to fetch

    def area(self) -> Area:
        """The area that is asked, as it is now."""
        with schema_context(PUBLIC):
            known: Any = self.request._request.area  # type: ignore[attr-defined]
            return Area.objects.get(pk=known.id)


class LeavingViewSet(_LeavingViewSet):
    rules = {"retrieve": is_area_admin, "create": is_area_admin}
    problems = {"create": [CodeMismatchError, AreaStateError]}

    @extend_schema(summary="Whether the area leaves, and until when its data can be fetched")
    def retrieve(self, request: Request, **_: Any) -> Response:
        return self.answer(self.area())

    @extend_schema(
        summary="Leave: stop writing, and be deleted later",
        request=AskToLeaveSerializer,
        responses={200: LeavingSerializer},
    )
    def create(self, request: Request, **_: Any) -> Response:
        """All administrators are told by mail; any of them can call it off until the end."""
        given = self.validated(AskToLeaveSerializer)
        return self.answer(leave(self.area(), **given, actor=self.actor))


class StayingViewSet(_LeavingViewSet):
    rules = {"cancel": is_area_admin}

    @extend_schema(summary="Stay after all", request=None)
    def cancel(self, request: Request, **_: Any) -> Response:
        return self.answer(stay(self.area(), actor=self.actor))


class ArchiveViewSet(_LeavingViewSet):
    renderer_classes = file_renderers(_ZIP)
    rules = {"archive": is_area_admin}
    withheld = frozenset({"archive"})

    @extend_schema(
        summary="Fetch everything in open formats",
        responses={(200, _ZIP): OpenApiTypes.BINARY},
        examples=[OpenApiExample("zip", value="PK…", media_type=_ZIP, response_only=True)],
    )
    def archive(self, request: Request, **_: Any) -> StreamingHttpResponse:
        """A ZIP, written as it is read: every table as CSV and as JSON Lines, the anonymised data
        of each Delphi study, files, and a manifest with counts and checksums that `verify.py`
        beside it checks. At any time, not only when leaving. Secrets of signing in stay behind.
        """
        area = self.area()
        name = f"krunet-{area.slug}-{timezone.localdate():%Y%m%d}.zip"
        response = StreamingHttpResponse(Archive(area), content_type=_ZIP)
        response["Content-Disposition"] = content_disposition_header(
            as_attachment=True, filename=name
        )
        response["Cache-Control"] = "private, no-store"
        return response


class DeletionCertificateSerializer(ModelSerializer):
    code = serializers.CharField(source="area.code")
    name_th = serializers.CharField(source="area.name_th")
    name_en = serializers.CharField(source="area.name_en")
    leaving_since = DateTimeField(source="area.leaving_since")
    reason = serializers.CharField(source="area.leaving_reason")
    rows = serializers.DictField(
        child=serializers.IntegerField(), help_text="how many rows each table had when it went"
    )

    class Meta:
        model = DeletionCertificate
        fields = (
            "id",
            "code",
            "name_th",
            "name_en",
            "leaving_since",
            "reason",
            "deleted_at",
            "rows",
        )
        read_only_fields = fields


class DeletionCertificateViewSet(ListMixin, RetrieveMixin, ApiViewSet[DeletionCertificate]):
    resource = "deletion_certificates"
    queryset = DeletionCertificate.objects.none()
    serializer_class = DeletionCertificateSerializer
    versioned = False
    ordering = ("-id",)
    rules = {"list": is_operator, "retrieve": is_anyone}

    @property
    def public(self) -> bool:  # type: ignore[override]
        return self.action == "retrieve"

    def get_queryset(self) -> QuerySet[DeletionCertificate]:
        return DeletionCertificate.objects.select_related("area")
