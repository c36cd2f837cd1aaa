"""`/official-domains`, and the documents of applications: what operators review by."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.views import ApiViewSet, ListMixin
from tenants.actions.official import add_official_domain, remove_official_domain
from tenants.api.serializers import ApplicationDocumentSerializer, OfficialDomainSerializer
from tenants.errors import NameTakenError
from tenants.models import ApplicationDocument, OfficialDomain
from tenants.queries import documents_visible_to
from tenants.rules import is_operator

_TYPES = ("application/pdf", "image/jpeg", "image/png")


class OfficialDomainViewSet(ListMixin, ApiViewSet[OfficialDomain]):
    resource = "official_domains"
    queryset = OfficialDomain.objects.none()
    serializer_class = OfficialDomainSerializer
    rules = dict.fromkeys(["list", "create", "destroy"], is_operator)
    problems = {"create": [NameTakenError]}

    def get_queryset(self) -> QuerySet[OfficialDomain]:
        return OfficialDomain.objects.all()

    @extend_schema(summary="List a domain whose addresses speak for an office")
    def create(self, request: Request, **_: Any) -> Response:
        """An application from there is approved as soon as its address is proven."""
        row = add_official_domain(**self.validated(), actor=self.actor)
        return self.answer(row, status=201)

    @extend_schema(summary="Take a domain off the list")
    def destroy(self, request: Request, **_: Any) -> Response:
        remove_official_domain(self.get_object(), actor=self.actor)
        return Response(status=204)


class ApplicationDocumentViewSet(ApiViewSet[ApplicationDocument]):
    resource = "application_documents"
    queryset = ApplicationDocument.objects.none()
    serializer_class = ApplicationDocumentSerializer
    versioned = False
    rules = {"retrieve": is_operator}

    def get_queryset(self) -> QuerySet[ApplicationDocument]:
        return documents_visible_to(self.actor)

    @extend_schema(
        summary="Download a document that came with an application",
        responses={(200, kind): OpenApiTypes.BINARY for kind in _TYPES},
        examples=[
            OpenApiExample(
                kind.split("/")[1], value="%PDF-1.7 …", media_type=kind, response_only=True
            )
            for kind in _TYPES
        ],
    )
    def retrieve(self, request: Request, **_: Any) -> HttpResponse:
        """As a file to save: it was checked to be what it says, and is still a stranger's."""
        document = self.get_object()
        answer = HttpResponse(bytes(document.content), content_type=document.content_type)
        answer["Content-Disposition"] = content_disposition_header(
            as_attachment=True, filename=document.file_name
        )
        answer["Cache-Control"] = "private, no-store"
        return answer
