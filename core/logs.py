"""Structured logs: one JSON object a line, with area and request id."""

import re
import time
import uuid
from collections.abc import Callable
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse

from core.area import current_schema

_ACCEPTABLE = re.compile(r"[A-Za-z0-9_.-]{8,64}\Z")


def _with_area(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    event.setdefault("area", current_schema())
    return event


_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    _with_area,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
]

structlog.configure(
    processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processor": structlog.processors.JSONRenderer(ensure_ascii=False),
            "foreign_pre_chain": _SHARED,
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {"django.request": {"level": "ERROR"}, "httpx": {"level": "WARNING"}},
}


logger = structlog.get_logger(__name__)


def request_id() -> str:
    """The id of the request (or task) being worked on; empty outside of one."""
    return str(structlog.contextvars.get_contextvars().get("request_id", ""))


def request_id_for(given: str) -> str:
    """The caller's own X-Request-ID if it is well-formed, a new one otherwise."""
    return given if _ACCEPTABLE.match(given) else uuid.uuid4().hex


class RequestLogMiddleware:
    """Takes a caller's well-formed X-Request-ID or makes one; one log line a request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request_id_for(request.headers.get("X-Request-ID", ""))
        began = time.monotonic()
        with structlog.contextvars.bound_contextvars(request_id=chosen):
            response = self.get_response(request)
            area = getattr(request, "area", None)
            logger.info(
                "request",
                area=area.schema_name if area else None,
                method=request.method,
                path=request.path,  # without the query: it may hold what people typed
                status=response.status_code,
                ms=round((time.monotonic() - began) * 1_000, 1),
                user=getattr(request, "actor_id", None),
            )
            response["X-Request-ID"] = chosen
            return response
