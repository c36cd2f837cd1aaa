"""Which area a request is for: by host, or on the gateway host by the X-Service-Area header."""

from collections.abc import Callable, Iterator

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django_tenants.utils import schema_context

from core.addresses import BASE_PATH
from core.api.problems import TryAgainError, problem_response
from tenants.directory import KnownArea, area_by_slug
from tenants.enums import AreaState
from tenants.errors import AreaLeavingError, UnknownAreaError
from tenants.fleet import is_ready
from tenants.postgresql.base import area_connection

_OPEN = (AreaState.ACTIVE, AreaState.LEAVING)
_READS = ("GET", "HEAD", "OPTIONS")
# To sign in, to stay, and to show an operator out.
_ALSO_WHILE_LEAVING = tuple(BASE_PATH + each for each in ("auth/", "leaving", "operator-access/"))


class AreaMiddleware:
    """Sets the connection's schema and the URLs of the platform or of one area."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        area_connection().set_schema_to_public()
        try:
            area = area_of(request)
        except (UnknownAreaError, TryAgainError) as error:
            return problem_response(error)
        if area is None:
            request.urlconf = settings.PUBLIC_SCHEMA_URLCONF
            request.area = None  # type: ignore[attr-defined]
            return self.get_response(request)
        if area.state == AreaState.LEAVING and _would_write(request):
            return problem_response(AreaLeavingError())
        area_connection().set_tenant(area)
        request.area = area  # type: ignore[attr-defined]
        try:
            return _streamed_in(area.schema_name, self.get_response(request))
        finally:
            area_connection().set_schema_to_public()


def _streamed_in(schema: str, response: HttpResponseBase) -> HttpResponseBase:
    """A stream is written after the middleware has left: its parts are made in the area too."""
    if isinstance(response, FileResponse) or not isinstance(response, StreamingHttpResponse):
        return response
    if not response.is_async:
        response.streaming_content = _parts(schema, iter(response))
    return response


def _parts(schema: str, made: Iterator[bytes]) -> Iterator[bytes]:
    while True:
        with schema_context(schema):
            part = next(made, None)
        if part is None:
            return
        yield part


def area_of(request: HttpRequest) -> KnownArea | None:
    """The open area that a request is for; None for the platform.

    Raises UnknownAreaError; TryAgainError while the area's tables are behind this code.
    """
    try:
        host = request.get_host().split(":")[0].lower()
    except DisallowedHost:
        raise UnknownAreaError from None
    if host in (settings.BASE_DOMAIN, "127.0.0.1"):
        return None
    if host == settings.GATEWAY_HOST:
        request.COOKIES.clear()  # the gateway serves tokens only
    area = _named_area(host, request)
    if area is None or area.state not in _OPEN:
        raise UnknownAreaError
    if not is_ready(area.schema_name):
        raise TryAgainError
    return area


def _would_write(request: HttpRequest) -> bool:
    return request.method not in _READS and not request.path.startswith(_ALSO_WHILE_LEAVING)


def _named_area(host: str, request: HttpRequest) -> KnownArea | None:
    if host == settings.GATEWAY_HOST:
        return area_by_slug(request.headers.get("X-Service-Area", "").lower())
    slug, dot, base = host.partition(".")
    return area_by_slug(slug) if dot and base == settings.BASE_DOMAIN else None
