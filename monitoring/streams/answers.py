"""Answers over ASGI: a Django response at once, or an event stream part by part."""

from collections.abc import Awaitable, Callable
from typing import Any, cast

import structlog
from corsheaders.middleware import CorsMiddleware
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpResponse
from django.utils import translation

from core.api.problems import (
    InternalError,
    MethodNotAllowedError,
    TooManyRequestsError,
    as_domain_error,
    problem_response,
)
from core.logs import request_id

Message = dict[str, Any]
Send = Callable[[Message], Awaitable[None]]

logger = structlog.get_logger(__name__)

HEADERS = {
    "Content-Type": "text/event-stream; charset=utf-8",
    "Cache-Control": "no-store",
    "X-Accel-Buffering": "no",
}
_RETRY_AFTER = 5  # seconds
_cross_origin = CorsMiddleware(lambda _request: HttpResponse())


def problem_of(exc: Exception, request: ASGIRequest) -> HttpResponse:
    """The answer to whatever went wrong, in the reader's language."""
    error = as_domain_error(exc)
    if error is None:
        logger.error("stream_failed", exc_info=exc)
        error = InternalError()
    with translation.override(translation.get_language_from_request(request)):
        response = problem_response(error)
    if isinstance(error, MethodNotAllowedError):
        response["Allow"] = "GET"
    if isinstance(error, TooManyRequestsError):
        response["Retry-After"] = str(_RETRY_AFTER)
    return response


def allowing(send: Send, request: ASGIRequest) -> Send:
    """Sends with the headers that let a front end on another origin read the answer."""
    allowance = cast("HttpResponse", _cross_origin(request))
    allowed = [
        (name.lower().encode(), value.encode())
        for name, value in allowance.items()
        if name.lower().startswith(("access-control-", "vary"))
    ]

    async def send_allowed(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message["headers"], *allowed]}
        await send(message)

    return send_allowed


def is_preflight(request: ASGIRequest) -> bool:
    return request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers


async def send_whole(send: Send, response: HttpResponse) -> None:
    await _start(send, response.status_code, dict(response.items()))
    await send_part(send, response.content, is_last=True)


async def start_events(send: Send) -> None:
    await _start(send, 200, HEADERS)


async def send_part(send: Send, body: bytes, *, is_last: bool = False) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": not is_last})


async def _start(send: Send, status: int, headers: dict[str, str]) -> None:
    told = {**headers, "X-Content-Type-Options": "nosniff", "X-Request-ID": request_id()}
    pairs = [(name.lower().encode(), value.encode()) for name, value in told.items()]
    await send({"type": "http.response.start", "status": status, "headers": pairs})
