"""OpenAPI 3.1: every operation says who may, what can go wrong, and shows an example."""

import inspect
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema

from core.api import idempotency, problems
from core.api.examples import example_of
from core.api.views import ApiViewSet, PreconditionRequiredError
from core.errors import (
    DomainError,
    InvalidInputError,
    NotAllowedError,
    NotFoundError,
    StaleVersionError,
    all_errors,
)

PROBLEM = {
    "type": "object",
    "description": "What went wrong and what to do next (RFC 9457).",
    "required": ["type", "title", "status", "detail", "code", "request_id", "errors"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "request_id": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "code", "detail"],
                "properties": {
                    "pointer": {"type": "string", "description": "JSON pointer (RFC 6901)"},
                    "code": {"type": "string"},
                    "detail": {"type": "string"},
                },
            },
        },
    },
}

_HAS_VERSION = {"put", "patch", "delete"}


class ApiSchema(AutoSchema):
    view: Any

    def get_operation(self, *args: Any, **kwargs: Any) -> dict[str, Any] | None:
        operation: dict[str, Any] | None = super().get_operation(*args, **kwargs)
        if operation is None or not hasattr(self.view, "rules"):
            return operation
        operation.setdefault("responses", {}).update(self._problem_responses())
        operation.setdefault("parameters", []).extend(self._header_parameters())
        if self.view.public:
            operation["security"] = []
        return operation

    def get_operation_id(self) -> str:
        """`schools_list`, `rounds_close`: the resource, then what is done to it."""
        action = getattr(self.view, "action", None) or self.method.lower()
        names = {"partial_update": "update", "retrieve": "get"}
        resource = getattr(self.view, "resource", None) or self.get_tags()[0]
        return f"{resource}_{names.get(action, action)}"

    def get_summary(self) -> str:
        resource = self.get_tags()[0].replace("_", " ")
        usual = {"list": f"List {resource}", "retrieve": f"Read one of {resource}"}
        return super().get_summary() or usual.get(self.view.action, "")

    def get_tags(self) -> list[str]:
        parts = [part for part in self.path.removeprefix("/api/v1/").split("/") if part]
        return [getattr(self.view, "resource", None) or parts[0].split(":")[0]]

    def get_description(self) -> str:  # type: ignore[override]
        told = super().get_description() or ""
        if told == ApiViewSet.__doc__ or not vars(type(self.view)).get("__doc__"):
            told = inspect.getdoc(getattr(self.view, self.view.action or "", None)) or ""
        rule = self.view.rule() if hasattr(self.view, "rules") else None
        who = getattr(rule, "name", None)
        return f"{told}\n\n**Who may:** {describe_rule(rule)}".strip() if who else told

    def _errors(self) -> Iterator[type[DomainError]]:
        view, method = self.view, self.method.lower()
        if not view.public:
            yield problems.NotAuthenticatedError
            yield NotAllowedError
        if view.has_object() or "{" in self.path:
            yield NotFoundError
        if method in ("post", "put", "patch"):
            yield problems.MalformedBodyError
            yield problems.BodyTooLargeError
            yield problems.UnsupportedMediaTypeError
        yield InvalidInputError
        if method == "post" and view.idempotent:
            yield idempotency.RequestInFlightError
            yield idempotency.IdempotencyKeyReusedError
        if method in ("post", "put", "patch"):
            yield problems.ConflictError
        if self._asks_for_version():
            yield PreconditionRequiredError
            yield StaleVersionError
        yield problems.NotAcceptableError
        yield problems.TooManyRequestsError
        yield problems.TryAgainError
        yield from view.problems.get(view.action, ())

    def _asks_for_version(self) -> bool:
        view = self.view
        return self.method.lower() in _HAS_VERSION and view.has_object() and view.versioned

    def _problem_responses(self) -> dict[str, Any]:
        by_status: dict[int, list[type[DomainError]]] = defaultdict(list)
        for error in self._errors():
            if error not in by_status[error.status]:
                by_status[error.status].append(error)
        return {
            str(status): {
                "description": " · ".join(f"`{each.code}` {each.title.en}" for each in errors),
                "content": {
                    problems.PROBLEM_JSON: {
                        "schema": {"$ref": "#/components/schemas/Problem"},
                        "examples": {
                            each.code: {"$ref": f"#/components/examples/{each.code}"}
                            for each in errors
                        },
                    }
                },
            }
            for status, errors in sorted(by_status.items())
        }

    def _header_parameters(self) -> Iterator[dict[str, Any]]:
        view, method = self.view, self.method.lower()
        if method == "post" and view.idempotent:
            yield _header(
                "Idempotency-Key", "the same key and body again: the same answer, no new effect"
            )
        if self._asks_for_version():
            yield _header("If-Match", "the ETag that was read", required=True)


def _header(name: str, description: str, *, required: bool = False) -> dict[str, Any]:
    return {
        "name": name,
        "in": "header",
        "required": required,
        "description": description,
        "schema": {"type": "string", "maxLength": 200},
    }


def _problem_example(error: type[DomainError]) -> dict[str, Any]:
    return {
        "type": f"https://krunet.example/problems/{error.code}",
        "title": error.title.en,
        "status": error.status,
        "detail": error.detail.en,
        "code": error.code,
        "request_id": "6f1c2a9e8b7d4c3fa1b2c3d4e5f60718",
        "errors": [],
    }


def describe_rule(rule: Any) -> str:
    """A rule in words: the first line of its predicate's docstring, or its name."""
    doc = (getattr(rule, "fn", None) or rule).__doc__ or ""
    return doc.strip().splitlines()[0] if doc.strip() else str(rule.name)


class SessionTokenScheme(OpenApiAuthenticationExtension):
    target_class = "accounts.api.authentication.SessionTokenAuthentication"
    name = "sessionToken"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "The opaque session token that signing in to this area answered with.",
        }


def finish(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Post-processing: the shared Problem, and an example for every body that lacks one."""
    schemas = result.setdefault("components", {}).setdefault("schemas", {})
    schemas["Problem"] = PROBLEM
    named = {
        code
        for path in result["paths"].values()
        for operation in path.values()
        for answer in operation["responses"].values()
        for code in answer.get("content", {}).get(problems.PROBLEM_JSON, {}).get("examples", {})
    }
    result["components"]["examples"] = {
        error.code: {"value": _problem_example(error)}
        for error in sorted(all_errors(), key=lambda each: each.code)
        if error.code in named
    }
    for path in result["paths"].values():
        for operation in path.values():
            bodies = [operation.get("requestBody", {}), *operation["responses"].values()]
            for body in bodies:
                for kind, content in body.get("content", {}).items():
                    if (
                        kind == "application/json"
                        and "schema" in content
                        and "examples" not in content
                    ):
                        content["example"] = example_of(content["schema"], schemas)
    return result
