"""application/problem+json (RFC 9457), in the reader's language, for everything that goes wrong."""

import sys
from collections.abc import Iterator, Sequence
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from rest_framework import exceptions as drf
from rest_framework.response import Response

from core.addresses import problem_url
from core.api.renderers import dump_json
from core.api.wordings import in_thai_too
from core.errors import (
    DomainError,
    FieldProblem,
    InvalidInputError,
    NotAllowedError,
    NotFoundError,
)
from core.logs import request_id
from core.text import Text

logger = structlog.get_logger(__name__)

PROBLEM_JSON = "application/problem+json"


class MalformedBodyError(DomainError):
    code = "malformed_body"
    status = 400
    title = Text("อ่านข้อมูลที่ส่งมาไม่ได้", "The body cannot be read")
    detail = Text(
        "กรุณาส่งข้อมูลเป็น JSON (UTF-8) ที่ถูกต้อง: {reason}",
        "Send well-formed JSON in UTF-8: {reason}",
    )


class BodyTooLargeError(DomainError):
    code = "body_too_large"
    status = 413
    title = Text("ข้อมูลใหญ่เกินไป", "The body is too large")
    detail = Text("กรุณาแบ่งข้อมูลเป็นส่วนเล็กลงแล้วส่งใหม่", "Split it into smaller parts and send again.")


class NotAuthenticatedError(DomainError):
    code = "not_authenticated"
    status = 401
    title = Text("ยังไม่ได้ลงชื่อเข้าใช้", "Not signed in")
    detail = Text(
        "กรุณาลงชื่อเข้าใช้ในเขตพื้นที่นี้ แล้วส่งโทเคนใน Authorization: Bearer",
        "Sign in to this service area, then send its token as Authorization: Bearer.",
    )


class MethodNotAllowedError(DomainError):
    code = "method_not_allowed"
    status = 405
    title = Text("ใช้วิธีเรียกนี้ไม่ได้", "Method not allowed")
    detail = Text(
        "ที่อยู่นี้ไม่รับวิธีเรียกนี้ วิธีที่รับอยู่ในส่วนหัว Allow",
        "This address does not take that method; the Allow header names those it takes.",
    )


class NotAcceptableError(DomainError):
    code = "not_acceptable"
    status = 406
    title = Text("ไม่มีรูปแบบที่ขอ", "Not acceptable")
    detail = Text("คำตอบมีเฉพาะ application/json", "Answers come as application/json only.")


class UnsupportedMediaTypeError(DomainError):
    code = "unsupported_media_type"
    status = 415
    title = Text("ไม่รับข้อมูลชนิดนี้", "Unsupported media type")
    detail = Text(
        "กรุณาส่งข้อมูลตามชนิดที่ระบุในเอกสาร (โดยปกติ application/json)",
        "Send the media type that the documentation names (usually application/json).",
    )


class TooManyRequestsError(DomainError):
    code = "too_many_requests"
    status = 429
    title = Text("เรียกถี่เกินไป", "Too many requests")
    detail = Text(
        "กรุณารอตามจำนวนวินาทีใน Retry-After แล้วลองใหม่",
        "Wait for the seconds in Retry-After, then try again.",
    )


class ConflictError(DomainError):
    code = "conflict"
    status = 409
    title = Text("ขัดกับข้อมูลที่มีอยู่", "Conflict")
    detail = Text(
        "ข้อมูลนี้ซ้ำหรือขัดกับข้อมูลที่มีอยู่แล้ว กรุณาอ่านข้อมูลปัจจุบันแล้วแก้ไข",
        "It duplicates or contradicts what is already there. Read the present state, then correct.",
    )


class TryAgainError(DomainError):
    code = "try_again"
    status = 503
    title = Text("ระบบยังไม่พร้อมชั่วคราว", "Temporarily unavailable")
    # Not "nothing was written": a connection may be lost while its COMMIT is under way.
    detail = Text(
        "กรุณาส่งคำขอเดิมอีกครั้งในอีกสักครู่ หากใช้ Idempotency-Key เดิม ระบบจะไม่บันทึกซ้ำ",
        "Send the same request again in a moment; with the same Idempotency-Key it acts only once.",
    )


class InternalError(DomainError):
    code = "internal_error"
    status = 500
    title = Text("ระบบขัดข้อง", "Internal error")
    detail = Text(
        "ระบบบันทึกข้อผิดพลาดไว้แล้ว หากพบซ้ำ กรุณาแจ้ง request_id แก่ผู้ดูแล",
        "The error has been recorded. If it happens again, tell the operator the request_id.",
    )


def problem(error: DomainError) -> dict[str, Any]:
    """The body of the answer to this error."""
    return {
        "type": problem_url(error.code),
        "title": str(error.title),
        "status": error.status,
        "detail": str(error.message),
        "code": error.code,
        "request_id": request_id(),
        "errors": [
            {"pointer": each.pointer, "code": each.code, "detail": str(each.detail)}
            for each in error.errors
        ],
    }


def problem_response(error: DomainError) -> HttpResponse:
    """The answer outside of DRF: middleware, handler404, handler500."""
    response = HttpResponse(
        dump_json(problem(error)), status=error.status, content_type=PROBLEM_JSON
    )
    if isinstance(error, NotAuthenticatedError):
        response["WWW-Authenticate"] = "Bearer"
    return response


def exception_handler(exc: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's hook: what became of the request, told by our own errors."""
    error = as_domain_error(exc)
    if error is None:
        return None
    headers = {}
    if isinstance(error, NotAuthenticatedError):
        headers["WWW-Authenticate"] = "Bearer"
    if isinstance(exc, drf.Throttled):
        headers["Retry-After"] = str(max(1, int(getattr(exc, "wait", 0) or 0) + 1))
    if isinstance(exc, drf.MethodNotAllowed):
        headers["Allow"] = ", ".join(context["view"].allowed_methods)
    return Response(problem(error), status=error.status, headers=headers, content_type=PROBLEM_JSON)


def as_domain_error(exc: Exception) -> DomainError | None:
    """Our own error for a framework's or the database's; None for what we did not foresee."""
    if isinstance(exc, DomainError):
        return exc
    if isinstance(exc, drf.ValidationError):
        return InvalidInputError(errors=field_problems(exc))
    if isinstance(exc, drf.ParseError):
        return MalformedBodyError(reason=str(exc.detail))
    if isinstance(exc, _DATABASE):
        return _from_database(exc)
    return next((ours() for theirs, ours in _TRANSLATED if isinstance(exc, theirs)), None)


_TRANSLATED: Sequence[tuple[type[Exception], type[DomainError]]] = (
    (drf.NotAuthenticated, NotAuthenticatedError),
    (drf.AuthenticationFailed, NotAuthenticatedError),
    (RequestDataTooBig, BodyTooLargeError),
    (Http404, NotFoundError),
    (drf.NotFound, NotFoundError),
    (PermissionDenied, NotAllowedError),
    (drf.PermissionDenied, NotAllowedError),
    (drf.MethodNotAllowed, MethodNotAllowedError),
    (drf.NotAcceptable, NotAcceptableError),
    (drf.UnsupportedMediaType, UnsupportedMediaTypeError),
    (drf.Throttled, TooManyRequestsError),
)

# SQLSTATE, not constraint names: those differ between database engines.
_TRANSIENT = {"40001", "40P01", "55P03", "57P01", "57P02", "57P03", "53300"}
# Said twice, at the same time as another, or of something that was deleted meanwhile.
_CONFLICTS = {"23505", "23P01", "23503"}
_DATABASE = (DatabaseError, InterfaceError)
_LOST = (OperationalError, InterfaceError)  # without SQLSTATE: the connection, not a statement


def _from_database(exc: DatabaseError | InterfaceError) -> DomainError | None:
    sqlstate = getattr(exc.__cause__, "sqlstate", None)
    if sqlstate in _TRANSIENT or (isinstance(exc, _LOST) and sqlstate is None):
        logger.warning("database_unavailable", sqlstate=sqlstate)
        return TryAgainError()
    if isinstance(exc, IntegrityError) and sqlstate in _CONFLICTS:
        return ConflictError()
    return None


def field_problems(exc: drf.ValidationError) -> list[FieldProblem]:
    """DRF's nested errors as a flat list with JSON pointers."""
    return list(_flattened(exc.detail, ""))


def _flattened(detail: Any, pointer: str) -> Iterator[FieldProblem]:
    if isinstance(detail, dict):
        for name, nested in detail.items():
            step = "" if name == "non_field_errors" else f"/{_escaped(str(name))}"
            yield from _flattened(nested, pointer + step)
    elif isinstance(detail, list):
        for place, nested in enumerate(detail):
            # A list of messages is about one value, a list of dictionaries about its items.
            is_item = isinstance(nested, dict | list)
            yield from _flattened(nested, f"{pointer}/{place}" if is_item else pointer)
    else:
        yield FieldProblem(pointer, detail.code, in_thai_too(str(detail)))


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def not_found(_request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return problem_response(NotFoundError())


def bad_request(_request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return problem_response(InvalidInputError())


def permission_denied(_request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return problem_response(NotAllowedError())


def server_error(_request: HttpRequest) -> HttpResponse:
    """What no view foresaw. A database that is away shows before any view or at a commit too."""
    raised = sys.exception()
    known = _from_database(raised) if isinstance(raised, _DATABASE) else None
    return problem_response(known or InternalError())
