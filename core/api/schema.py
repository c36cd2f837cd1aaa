"""OpenAPI 3.1: every operation says who may, what can go wrong, and shows an example."""

import inspect
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema

from core.api import idempotency, problems
from core.api.views import ApiViewSet, PreconditionRequiredError
from core.errors import (
    DomainError,
    InvalidInputError,
    NotAllowedError,
    NotFoundError,
    StaleVersionError,
)

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
        operation["description"] = "\n\n".join([*self._told(operation), self._who_may()])
        return operation

    def get_operation_id(self) -> str:
        """`schools_list`, `rounds_close`: the resource, then what is done to it."""
        action = getattr(self.view, "action", None) or self.method.lower()
        names = {"partial_update": "update", "retrieve": "get"}
        resource = getattr(self.view, "resource", None) or self.get_tags()[0]
        return f"{resource.replace('-', '_')}_{names.get(action, action)}"

    def get_summary(self) -> str:
        resource = self.get_tags()[0].replace("_", " ")
        usual = {"list": f"List {resource}", "retrieve": f"Read one of {resource}"}
        return super().get_summary() or usual.get(self.view.action, "")

    def get_tags(self) -> list[str]:
        parts = [part for part in self.path.removeprefix("/api/v1/").split("/") if part]
        named = getattr(self.view, "resource", None) or parts[0].split(":")[0]
        return [named.replace("-", "_")]

    def get_description(self) -> str:  # type: ignore[override]
        told = super().get_description() or ""
        if told == ApiViewSet.__doc__ or not vars(type(self.view)).get("__doc__"):
            told = inspect.getdoc(getattr(self.view, self.view.action or "", None)) or ""
        return told

    def _map_basic_serializer(self, serializer: Any, direction: str) -> dict[str, Any]:
        """An answer has every field that its schema names: null, but never left out.

        The generator asks of answers only what it asks of requests; a typed client would then
        take half of the fields for optional.
        """
        schema: dict[str, Any] = super()._map_basic_serializer(serializer, direction)
        is_sparse = getattr(serializer, "sparse", False)
        if direction == "response" and not is_sparse and schema.get("properties"):
            schema["required"] = sorted(schema["properties"])
        return schema

    def _told(self, operation: dict[str, Any]) -> Iterator[str]:
        if operation.get("description"):
            yield operation["description"]
        if self._is_paged():
            yield f"**Order:** {describe_ordering(self.view.ordering)}."

    def _is_paged(self) -> bool:
        return self._is_list_view() and self.view.pagination_class is not None

    def _who_may(self) -> str:
        rule = self.view.rule()
        return f"**Who may:** {describe_rule(rule) if rule else 'Nobody.'}"

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


def describe_rule(rule: Any) -> str:
    """A rule in words: the first line of its predicate's docstring, or its name."""
    doc = (getattr(rule, "fn", None) or rule).__doc__ or ""
    return doc.strip().splitlines()[0] if doc.strip() else str(rule.name)


def describe_ordering(ordering: Sequence[str]) -> str:
    """Field names with their direction: "`occurred_on` descending, `id` descending"."""
    return ", ".join(
        f"`{name.lstrip('-').replace('__', '.')}` {'descending' if name[0] == '-' else 'ascending'}"
        for name in ordering
    )


class SessionTokenScheme(OpenApiAuthenticationExtension):
    target_class = "accounts.api.authentication.SessionTokenAuthentication"
    name = "sessionToken"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "The opaque session token that signing in to this area answered with.",
        }
