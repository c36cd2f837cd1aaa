"""Addresses as people see them, from outside the front proxy."""

from django.conf import settings

BASE_PATH = "/api/v1/"


def platform_url(path: str = "") -> str:
    return _origin(settings.BASE_DOMAIN) + path


def area_url(slug: str, path: str = "") -> str:
    """An address on an area's own host."""
    return _origin(f"{slug}.{settings.BASE_DOMAIN}") + path


def gateway_url(path: str = "") -> str:
    """An address on the host where a header names the area."""
    return _origin(settings.GATEWAY_HOST) + path


def problem_url(code: str) -> str:
    """The `type` of a problem: a page that explains it."""
    return platform_url(f"/problems/{code}")


def _origin(host: str) -> str:
    port = f":{settings.PUBLIC_PORT}" if settings.PUBLIC_PORT else ""
    return f"{settings.PUBLIC_SCHEME}://{host}{port}"
