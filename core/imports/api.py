"""`/imports`: spreadsheets in. A file is checked first; nothing is written until it is applied."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from core.access import rule
from core.actor import Actor
from core.api.parsers import JSONParser
from core.api.routing import ApiRouter
from core.api.serializers import ModelSerializer, Serializer
from core.api.views import ApiViewSet, ListMixin, RetrieveMixin
from core.errors import QuotaExceededError, invalid
from core.imports.actions import apply_import, start_import
from core.imports.enums import ImportState
from core.imports.errors import (
    FileEncodingError,
    FileNotRecognisedError,
    FileTooLargeError,
    FileTooLongError,
    FileUnsafeError,
    ImportHasProblemsError,
    ImportNotCheckedError,
)
from core.imports.files import LARGEST_FILE
from core.imports.kinds import kind_named, kind_names
from core.imports.models import ImportBatch
from core.text import Text

_ENVELOPE = 64 * 1024  # bytes of a multipart body beside its file


@rule
def may_import(actor: Actor, _obj: object) -> bool:
    """The area's administrators and officers."""
    return actor.has("area_admin", "officer")


class ImportProblemSerializer(Serializer):
    row = serializers.IntegerField(help_text="as the spreadsheet numbers it; 0: the whole file")
    column = serializers.CharField(help_text="our name of it; empty: the whole row")
    code = serializers.CharField()
    detail = serializers.CharField()


class ImportSerializer(ModelSerializer):
    columns = serializers.DictField(
        child=serializers.CharField(allow_null=True),
        help_text="each heading of the file, and the column that it was taken for",
    )
    problems = serializers.SerializerMethodField(help_text="the first 1,000")
    written = serializers.DictField(child=serializers.IntegerField())

    class Meta:
        model = ImportBatch
        fields = (
            "id",
            "version",
            "kind",
            "file_name",
            "state",
            "job_id",
            "columns",
            "row_count",
            "good_count",
            "new_count",
            "problem_count",
            "problems",
            "written",
            "created_at",
        )
        read_only_fields = fields

    @extend_schema_field(ImportProblemSerializer(many=True))
    def get_problems(self, batch: ImportBatch) -> list[dict[str, Any]]:
        return [
            {
                "row": each["row"],
                "column": each["column"],
                "code": each["code"],
                "detail": str(Text(each["th"], each["en"])),
            }
            for each in batch.problems
        ]


class UploadSerializer(Serializer):
    """The form's fields. Options that a kind does not have are refused."""

    kind = serializers.CharField(help_text="schools, teachers or cluster_memberships")
    file = serializers.FileField(help_text=".xlsx or .csv, at most 20 MB and 100,000 rows")
    generate_codes = serializers.ChoiceField(
        choices=["true", "false"], required=False, help_text="schools: make up missing codes"
    )
    create_accounts = serializers.ChoiceField(
        choices=["true", "false"],
        required=False,
        help_text="teachers: an account for each, with the role teacher at the school",
    )


class ApplySerializer(Serializer):
    skip_problem_rows = serializers.BooleanField(
        default=False, help_text="apply the good rows and leave out the others"
    )


class ImportFilter(django_filters.FilterSet):
    kind = django_filters.CharFilter(help_text="schools, teachers or cluster_memberships")
    state = django_filters.ChoiceFilter(choices=ImportState.choices)


class ImportViewSet(ListMixin, RetrieveMixin, ApiViewSet[ImportBatch]):
    resource = "imports"
    queryset = ImportBatch.objects.none()
    serializer_class = ImportSerializer
    filterset_class = ImportFilter
    parser_classes = [MultiPartParser]
    ordering = ("-id",)
    rules = {
        "list": may_import,
        "retrieve": may_import,
        "create": may_import,
        "apply": may_import,
    }
    problems = {
        "create": [
            FileTooLargeError,
            FileNotRecognisedError,
            FileUnsafeError,
            FileTooLongError,
            FileEncodingError,
            QuotaExceededError,
        ],
        "apply": [ImportNotCheckedError, ImportHasProblemsError],
    }

    def get_queryset(self) -> QuerySet[ImportBatch]:
        return ImportBatch.objects.defer("content")

    @extend_schema(
        summary="Send a spreadsheet; a job checks it",
        request={"multipart/form-data": UploadSerializer},
        responses={202: ImportSerializer},
    )
    def create(self, request: Request, **_: Any) -> Response:
        if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_FILE + _ENVELOPE:
            raise FileTooLargeError
        fields = self.validated(UploadSerializer)
        file = fields.pop("file")
        kind = _known(fields.pop("kind"))
        options = {name: value == "true" for name, value in fields.items()}
        _check_options(kind, options)
        if file.size > LARGEST_FILE:
            raise FileTooLargeError
        batch = start_import(
            kind=kind,
            file_name=file.name,
            content=file.read(),
            options=options,
            actor=self.actor,
        )
        return self.answer(batch, status=202)

    @extend_schema(
        summary="Write the checked rows; a job does it in pieces",
        request=ApplySerializer,
        responses={202: ImportSerializer},
    )
    @action(detail=True, methods=["post"], parser_classes=[JSONParser])
    def apply(self, request: Request, **_: Any) -> Response:
        batch, fields = self.get_object(), self.validated(ApplySerializer)
        return self.answer(apply_import(batch, **fields, actor=self.actor), status=202)


def _known(kind: str) -> str:
    if kind not in kind_names():
        names = ", ".join(kind_names())
        raise invalid("/kind", "unknown", f"ต้องเป็นหนึ่งใน {names}", f"Must be one of {names}.")
    return kind


def _check_options(kind: str, options: dict[str, bool]) -> None:
    for name in options.keys() - set(kind_named(kind).options):
        raise invalid(f"/{name}", "not_here", "ใช้กับข้อมูลชนิดนี้ไม่ได้", "Not an option of this kind.")


def register(api: ApiRouter) -> None:
    api.add("imports", ImportViewSet)
