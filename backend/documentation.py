"""The two OpenAPI documents and their pages, from local assets."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer
from drf_spectacular.views import SpectacularRedocView, SpectacularSwaggerView
from rest_framework.renderers import TemplateHTMLRenderer

TITLES = {
    "backend.urls_area": "KruNet area API",
    "backend.urls_platform": "KruNet platform API",
}


def document(urlconf: str) -> dict[str, Any]:
    """The OpenAPI 3.1 document of one URL configuration, independent of any request."""
    schema: dict[str, Any] = SchemaGenerator(urlconf=urlconf).get_schema(request=None, public=True)
    schema["info"]["title"] = TITLES[urlconf]
    return schema


def as_yaml(urlconf: str) -> bytes:
    return OpenApiYamlRenderer().render(document(urlconf), renderer_context={})  # type: ignore[no-any-return]


def pages(urlconf: str) -> list[URLPattern]:
    """`/api/openapi.yaml`, `/api/docs` (Swagger UI) and `/api/redoc`."""
    made: list[bytes] = []

    def openapi(_request: HttpRequest) -> HttpResponse:
        if not made:
            made.append(as_yaml(urlconf))
        return HttpResponse(made[0], content_type="application/yaml; charset=utf-8")

    open_to_all: dict[str, Any] = {
        "authentication_classes": [],
        "permission_classes": [],
        "throttle_classes": [],
    }
    html = {**open_to_all, "renderer_classes": [TemplateHTMLRenderer], "url_name": "openapi"}
    return [
        path("api/openapi.yaml", openapi, name="openapi"),
        path("api/docs", SpectacularSwaggerView.as_view(**html), name="docs"),
        path("api/redoc", SpectacularRedocView.as_view(**html), name="redoc"),
    ]
