"""`/documents/{id}`: the file that a job has made."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from core.access import rule
from core.actor import Actor
from core.api.renderers import file_renderers
from core.api.routing import ApiRouter
from core.api.serializers import Serializer
from core.api.views import ApiViewSet
from core.documents.files import CONTENT_TYPES
from core.documents.kinds import may_read
from core.documents.models import Document


@rule
def may_read_document(actor: Actor, _document: Document | None) -> bool:
    """Whoever may read what the file is about, now; to others it does not exist."""
    return actor.id is not None


_ANSWERS = {
    (200, kind): OpenApiTypes.OBJECT if kind.endswith("json") else OpenApiTypes.BINARY
    for kind in CONTENT_TYPES.values()
}
_BEGINNINGS = {"pdf": "%PDF-1.7 …", "xlsx": "PK…", "zip": "PK…", "json": {"title": "ตรวจสอบแผน"}}
_EXAMPLES = [
    OpenApiExample(name, value=_BEGINNINGS[name], media_type=kind, response_only=True)
    for name, kind in CONTENT_TYPES.items()
]


class DocumentViewSet(ApiViewSet[Document]):
    resource = "documents"
    queryset = Document.objects.none()
    serializer_class = Serializer
    renderer_classes = file_renderers(*CONTENT_TYPES.values())
    rules = {"retrieve": may_read_document}

    def get_queryset(self) -> QuerySet[Document]:
        return Document.objects.defer("content")  # read once the reader may

    def get_object(self) -> Document:
        document = super().get_object()
        if not may_read(self.actor, document):
            raise Http404
        return document

    @extend_schema(
        summary="Download a file that a job has made",
        responses=_ANSWERS,
        examples=_EXAMPLES,
    )
    def retrieve(self, request: Request, **_: Any) -> Response:
        """Kept for seven days; the job's `result_url` is its address."""
        document = self.get_object()
        headers = {
            "Content-Disposition": content_disposition_header(
                as_attachment=True, filename=document.file_name
            ),
            "Cache-Control": "private, no-store",
        }
        return Response(
            bytes(document.content), headers=headers, content_type=document.content_type
        )


def register(api: ApiRouter) -> None:
    api.add("documents", DocumentViewSet)
