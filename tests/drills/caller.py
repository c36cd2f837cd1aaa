"""What a front end would do: ask, and ask again with the same Idempotency-Key."""

import base64
import hashlib
import hmac
import http.client
import json
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
_NOT_FINAL = {0, 429, 500, 502, 503, 504}


@dataclass(frozen=True)
class Answer:
    """`status` 0: the connection ended without one."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: Any = None  # of JSON
    seconds: float = 0.0
    text: str = ""

    @property
    def code(self) -> str:
        return str(self.body.get("code", "")) if isinstance(self.body, dict) else ""

    @property
    def is_replayed(self) -> bool:
        return self.headers.get("idempotency-replayed") == "true"

    @property
    def is_final(self) -> bool:
        """False where a client should send the same request again."""
        return self.status not in _NOT_FINAL and self.code != "request_in_flight"


@dataclass(frozen=True)
class Caller:
    """A client of one area, with one connection a request."""

    port: int
    host: str
    token: str

    def get(self, path: str) -> Answer:
        return self.send("GET", path)

    def post(self, path: str, body: Any, **headers: str) -> Answer:
        return self.send("POST", path, body, **headers)

    def patch(self, path: str, body: Any, **headers: str) -> Answer:
        return self.send("PATCH", path, body, **headers)

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """Headers by Python name: `If_Match="…"`."""
        sent = {"Host": self.host, "Connection": "close", "Accept-Language": "en"}
        if self.token:
            sent["Authorization"] = f"Bearer {self.token}"
        if body is not None:
            sent["Content-Type"] = "application/json"
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        data = None if body is None else json.dumps(body)
        began = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, data, sent)
            response = connection.getresponse()
            content = response.read()
        except (OSError, http.client.HTTPException):
            return Answer(0, seconds=time.monotonic() - began)
        finally:
            connection.close()
        return Answer(
            status=response.status,
            headers={name.lower(): value for name, value in response.getheaders()},
            body=json.loads(content) if "json" in response.headers.get_content_type() else None,
            seconds=time.monotonic() - began,
            text=content.decode(errors="replace"),
        )

    def insist(self, path: str, body: Any, *, key: str = "", seconds: float = 60) -> Answer:
        """POST with one key until there is an answer that stands; the last one when time is up."""
        deadline = time.monotonic() + seconds
        key = key or new_key()
        while True:
            answer = self.post(path, body, Idempotency_Key=key)
            if answer.is_final or time.monotonic() > deadline:
                return answer
            time.sleep(0.1)


def new_key() -> str:
    return str(uuid.uuid4())


def totp_code() -> str:
    """RFC 6238: six digits of half a minute."""
    counter = int(time.time()) // 30
    secret = base64.b32decode(TOTP_SECRET)
    digest = hmac.digest(secret, counter.to_bytes(8), hashlib.sha1)
    start = digest[-1] & 0xF
    number = int.from_bytes(digest[start : start + 4]) & 0x7FFF_FFFF
    return f"{number % 1_000_000:06}"
