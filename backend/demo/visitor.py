"""A front end, as far as the demonstration needs one: HTTP, nothing else."""

import hashlib
import json
import time
from collections.abc import Iterator
from typing import Any, Self

import httpx

from core.addresses import BASE_PATH

_JOB_PATIENCE = 300  # seconds


class DemoError(Exception):
    """An answer that the story cannot go on with."""


class Visitor:
    """Someone on one host, signed in or not. Every POST carries a key made from what it says, so
    that a demonstration that was killed can be run again and finds its earlier answers."""

    def __init__(self, http: httpx.Client, host: str, token: str = "") -> None:
        self._http = http
        self.host = host
        self.token = token

    def with_token(self, token: str) -> Self:
        return type(self)(self._http, self.host, token)

    def at(self, host: str) -> Self:
        """The same connection, another host, no credential."""
        return type(self)(self._http, host)

    def signed_in(self, login: str, password: str) -> Self:
        answer = self.post("auth/sign-in", {"login": login, "password": password})
        return self.with_token(answer["session_token"])

    def get(self, path: str, **query: Any) -> Any:
        return self._json("GET", path, params=query)

    def all(self, path: str, **query: Any) -> Iterator[dict[str, Any]]:
        """Every item of a list, page by page."""
        cursor: dict[str, str] = {}
        while True:
            page = self.get(path, limit=200, **query, **cursor)
            yield from page["items"]
            if page["next_cursor"] is None:
                return
            cursor = {"cursor": page["next_cursor"]}

    def post(self, path: str, body: Any = None, *, occasion: str = "") -> Any:
        """`occasion` tells two equal wishes apart: without it the second is a replay."""
        said = json.dumps(body, sort_keys=True, default=str)
        key = hashlib.sha256(f"{path}{said}{occasion}".encode()).hexdigest()
        return self._json("POST", path, json=body, headers={"Idempotency-Key": key})

    def put(self, path: str, body: Any, *, version: int | None = None) -> Any:
        return self._json("PUT", path, json=body, headers=_if_match(version))

    def patch(self, path: str, body: Any, *, version: int) -> Any:
        return self._json("PATCH", path, json=body, headers=_if_match(version))

    def finished(self, job: dict[str, Any]) -> dict[str, Any]:
        """Wait for a job; DemoError if it did not succeed."""
        until = time.monotonic() + _JOB_PATIENCE
        while job["state"] in ("waiting", "running"):
            if time.monotonic() > until:
                raise DemoError(
                    f"job {job['id']} ({job['kind']}) does not end: is a worker running?"
                )
            time.sleep(0.2)
            job = self.get(f"jobs/{job['id']}")
        if job["state"] != "succeeded":
            raise DemoError(f"job {job['kind']} {job['state']}: {job['problems']}")
        return job

    def page(self, path: str, **query: Any) -> Any:
        """JSON from outside of the API: the local outbox."""
        return self._answer("GET", path, params=query).json()

    def _json(self, method: str, path: str, **options: Any) -> Any:
        response = self._answer(method, f"{BASE_PATH}{path}", **options)
        return response.json() if response.content else None

    def _answer(self, method: str, path: str, **options: Any) -> httpx.Response:
        headers = {"Host": self.host, "Accept-Language": "en", **options.pop("headers", {})}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        response = self._http.request(method, path, headers=headers, **options)
        if response.status_code == httpx.codes.TOO_MANY_REQUESTS:
            time.sleep(int(response.headers["Retry-After"]))
            response = self._http.request(method, path, headers=headers, **options)
        if response.is_error:
            raise DemoError(f"{method} {self.host}{path}: {response.status_code} {response.text}")
        return response


def _if_match(version: int | None) -> dict[str, str]:
    return {} if version is None else {"If-Match": f'"{version}"'}
