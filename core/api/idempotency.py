"""`Idempotency-Key`: the same POST sent twice has one effect and one answer.

A key belongs to one area, person, method and path. What was answered is stored in the transaction
of the effect, so that both exist or neither.
"""

import hashlib
from typing import Any
from uuid import UUID

import orjson
from django.core.files import File
from django.db import connection, transaction
from django.http import HttpRequest
from rest_framework.request import Request
from rest_framework.response import Response

from core.actor import Actor
from core.api.models import IdempotentAnswer
from core.api.renderers import dump_json
from core.area import current_schema
from core.errors import DomainError, invalid
from core.retention import kept_since
from core.text import Text

_NEVER_KEPT = {409, 429}  # and 5xx: the caller should try those again
_KEPT_HEADERS = ("ETag", "Location")


class RequestInFlightError(DomainError):
    code = "request_in_flight"
    status = 409
    title = Text("คำขอเดียวกันกำลังทำงานอยู่", "The same request is being worked on")
    detail = Text(
        "กรุณารอสักครู่แล้วส่งคำขอเดิมด้วย Idempotency-Key เดิม",
        "Wait a moment, then send the same request with the same Idempotency-Key.",
    )


class IdempotencyKeyReusedError(DomainError):
    code = "idempotency_key_reused"
    status = 422
    title = Text("Idempotency-Key ถูกใช้กับข้อมูลอื่นแล้ว", "Idempotency-Key was used before")
    detail = Text(
        "คีย์นี้ใช้กับข้อมูลอื่นไปแล้ว กรุณาสร้างคีย์ใหม่สำหรับคำขอใหม่",
        "This key came with a different body before. Make a new key for a new request.",
    )


class Replay(Exception):  # noqa: N818  (not an error: the answer is ready)
    def __init__(self, response: Response) -> None:
        super().__init__()
        self.response = response


def begin(request: Request, actor: Actor) -> None:
    """Claim the key until the transaction ends; raise Replay if it has been answered."""
    key = request.headers["Idempotency-Key"]
    if not (1 <= len(key) <= 200 and key.isascii() and key.isprintable()):  # noqa: PLR2004
        raise invalid(
            "/Idempotency-Key",
            "malformed",
            "ต้องเป็นอักขระ ASCII ไม่เกิน 200 ตัว",
            "Must be 1 to 200 printable ASCII characters.",
        )
    claim = _digest(current_schema(), str(actor.id), str(request.method), request.path, key)
    if not _claimed(claim):
        raise RequestInFlightError
    fingerprint = _fingerprint(request)
    stored = IdempotentAnswer.objects.filter(pk=UUID(bytes=claim[:16])).first()
    if stored is None:
        request._request.idempotency_claim = (UUID(bytes=claim[:16]), fingerprint)  # type: ignore[attr-defined]
        return
    if bytes(stored.fingerprint) != fingerprint:
        raise IdempotencyKeyReusedError
    raise Replay(_replayed(stored))


def remember(request: HttpRequest, response: Response) -> None:
    """Store the answer to a claimed key, unless the caller should try again."""
    claim = getattr(request, "idempotency_claim", None)
    if claim is None or response.status_code >= 500 or response.status_code in _NEVER_KEPT:  # noqa: PLR2004
        return
    IdempotentAnswer.objects.create(
        id=claim[0],
        fingerprint=claim[1],
        status=response.status_code,
        headers={name: response[name] for name in _KEPT_HEADERS if name in response},
        content_type=response.content_type or "application/json",
        body=b"" if response.data is None else dump_json(response.data),
    )


def forget_old() -> int:
    """Delete answers that are past their time; the number deleted."""
    with transaction.atomic():
        old = IdempotentAnswer.objects.filter(created_at__lt=kept_since("answers"))
        deleted, _ = old.delete()
    return deleted


def _claimed(claim: bytes) -> bool:
    number = int.from_bytes(claim[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        return bool(cursor.fetchone()[0])


def _digest(*parts: str) -> bytes:
    return hashlib.sha256("\x1f".join(parts).encode()).digest()


def _fingerprint(request: Request) -> bytes:
    if not (request.content_type or "").startswith("multipart/"):
        return hashlib.sha256(request._request.body).digest()
    # Not of the raw body: a client that tries again draws another boundary.
    form: Any = request.data
    parts: list[str] = []
    for name, values in sorted(form.lists()):
        for value in values:
            content = b"".join(value.chunks()) if isinstance(value, File) else str(value).encode()
            parts += [name, hashlib.sha256(content).hexdigest()]
            if isinstance(value, File):
                value.seek(0)
    return _digest("multipart", *parts)


def _replayed(stored: IdempotentAnswer) -> Response:
    body: Any = orjson.loads(bytes(stored.body)) if stored.body else None
    headers = {**stored.headers, "Idempotency-Replayed": "true"}
    return Response(body, status=stored.status, headers=headers, content_type=stored.content_type)
