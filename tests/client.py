"""The client of every API test: real requests through all middleware, every answer validated."""

import json
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.client import ClientHandler
from django_tenants.utils import schema_context

from tests.contract import check_answer
from tests.world import TestArea, World

_PLATFORM = "platform"
_handler = ClientHandler(enforce_csrf_checks=False)  # loads the middleware once, not per request


def _client() -> Client:
    client = Client(raise_request_exception=False)
    client.handler = _handler
    return client


class Api:
    """`api.as_("teacher").post("/api/v1/…", {...})`. Immutable: each `as_`/`on` is a new client."""

    def __init__(self, world: World, area: str = "t1", token: str | None = None) -> None:
        self.world = world
        self.area_name = area
        self.token = token

    def on(self, area: str) -> "Api":
        """The same client on another area's host, still with its own credential."""
        return Api(self.world, area, self.token)

    def on_platform(self) -> "Api":
        return self.on(_PLATFORM)

    @property
    def area(self) -> TestArea:
        return self.world.area(self.area_name)

    def as_(self, role: str) -> "Api":
        """Signed in as the person who has this role in the client's area."""
        return self.with_token(self.area.people[role].token)

    def with_token(self, token: str | None) -> "Api":
        return Api(self.world, self.area_name, token)

    def get(self, path: str, query: dict[str, Any] | None = None, **headers: str) -> Any:
        return self.send("GET", path, query=query, headers=headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.send("POST", path, body=body, headers=headers)

    def patch(self, path: str, body: Any, **headers: str) -> Any:
        return self.send("PATCH", path, body=body, headers=headers)

    def put(self, path: str, body: Any, **headers: str) -> Any:
        return self.send("PUT", path, body=body, headers=headers)

    def delete(self, path: str, **headers: str) -> Any:
        return self.send("DELETE", path, headers=headers)

    def send(
        self,
        method: str,
        path: str,
        *,
        body: Any = None,
        query: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
        host: str | None = None,
    ) -> Any:
        """Headers by Python name (`If_Match`) or as they are; answers are held to the document."""
        named = {name.replace("_", "-"): value for name, value in (headers or {}).items()}
        named.setdefault("Accept-Language", "en")
        if self.token is not None:
            named.setdefault("Authorization", f"Bearer {self.token}")
        extra: dict[str, Any] = {}
        if isinstance(body, bytes):
            extra = {"data": body, "content_type": named.pop("Content-Type", "application/json")}
        elif body is not None:
            extra = {"data": json.dumps(body, default=str), "content_type": "application/json"}
        with schema_context(connection.schema_name):  # where the test is looking, it looks again
            response = _client().generic(
                method,
                path,
                query_params=query,
                headers=named,
                SERVER_NAME=host or self.host,
                **extra,
            )
        check_answer(method, path, response, "platform" if self.area_name == _PLATFORM else "area")
        return response

    def upload(self, path: str, fields: dict[str, Any], **headers: str) -> Any:
        """A multipart POST; a field may be a file object."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        named.setdefault("Accept-Language", "en")
        if self.token is not None:
            named.setdefault("Authorization", f"Bearer {self.token}")
        response = _client().post(path, fields, headers=named, SERVER_NAME=self.host)
        check_answer("POST", path, response, "platform" if self.area_name == _PLATFORM else "area")
        return response

    @property
    def host(self) -> str:
        if self.area_name == _PLATFORM:
            return settings.BASE_DOMAIN
        return f"{self.area.slug}.{settings.BASE_DOMAIN}"


def body_of(response: Any) -> Any:
    return json.loads(response.content)
