"""The two OpenAPI documents and their pages, from local assets."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer
from drf_spectacular.views import SpectacularRedocView, SpectacularSwaggerView
from rest_framework.renderers import TemplateHTMLRenderer

_ABOUT = {
    "backend.urls_area": (
        "KruNet area API",
        "Served on every service area's host.",
        [
            {
                "url": "https://{area}.krunet.example",
                "variables": {"area": {"default": "buriram4"}},
            },
            {
                "url": "https://api.krunet.example",
                "description": "the gateway: name the area in the header X-Service-Area",
            },
        ],
    ),
    "backend.urls_platform": (
        "KruNet platform API",
        "Onboarding of areas, their directory, operators.",
        [{"url": "https://krunet.example"}],
    ),
}


def document(urlconf: str) -> dict[str, Any]:
    """The OpenAPI 3.1 document of one URL configuration, independent of any request."""
    schema: dict[str, Any] = SchemaGenerator(urlconf=urlconf).get_schema(request=None, public=True)
    title, description, servers = _ABOUT[urlconf]
    schema["info"].update(title=title, description=description)
    schema["servers"] = servers
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
