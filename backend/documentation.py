"""The two OpenAPI documents and their pages, from local assets."""

from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import URLPattern, path
from django.views.decorators.cache import cache_control
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


_REDOC = "drf_spectacular_sidecar/redoc/bundles/redoc.standalone.js"
_FOREIGN_LOGO = b"https://cdn.redoc.ly/redoc/logo-mini.svg"


@cache
def _redoc_without_foreign_logo() -> bytes:
    found = finders.find(_REDOC)
    return Path(str(found)).read_bytes().replace(_FOREIGN_LOGO, static("pages/icon.svg").encode())


@cache_control(max_age=86_400)  # seconds
def redoc_script(_request: HttpRequest) -> HttpResponse:
    """Redoc as it comes asks another host for a picture; here no page may."""
    return HttpResponse(_redoc_without_foreign_logo(), content_type="text/javascript")


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
        path("api/redoc.js", redoc_script, name="redoc-script"),
        path("api/redoc", SpectacularRedocView.as_view(**html), name="redoc"),
    ]
