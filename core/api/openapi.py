"""What the OpenAPI documents say beyond single operations: problems, headers, examples."""

from collections.abc import Iterator
from typing import Any

from core.api import problems
from core.api.examples import example_of
from core.errors import DomainError, all_errors

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


_HEADERS: dict[str, tuple[str, dict[str, Any]]] = {
    "ETag": ("The state's version. Send it back as `If-Match`.", {"type": "string"}),
    "Idempotency-Replayed": (
        "`true`: the answer of before, without a new effect.",
        {"type": "string", "enum": ["true"]},
    ),
    "RateLimit-Limit": ("Requests a minute.", {"type": "integer"}),
    "RateLimit-Remaining": ("Requests left in this minute.", {"type": "integer"}),
    "RateLimit-Reset": ("Seconds until the count begins anew.", {"type": "integer"}),
    "Retry-After": ("Seconds to wait before trying again.", {"type": "integer"}),
    "X-Request-ID": ("Your own X-Request-ID, or ours. Tell it when you report a problem.", {}),
}
_SOMETIMES = {"Idempotency-Replayed", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"}


def finish(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Post-processing: what all operations share, and an example for every body that lacks one."""
    components = result.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    schemas["Problem"] = PROBLEM
    operations = [each for path in result["paths"].values() for each in path.values()]
    components["examples"] = _problem_examples(operations)
    components["headers"] = {
        name: {
            "description": description,
            "required": name not in _SOMETIMES,
            "schema": schema or {"type": "string"},
        }
        for name, (description, schema) in _HEADERS.items()
    }
    for operation in operations:
        for status, answer in operation["responses"].items():
            for name in _headers_of(operation, status, answer, schemas):
                told = {"$ref": f"#/components/headers/{name}"}
                answer.setdefault("headers", {}).setdefault(name, told)
        for body in [operation.get("requestBody", {}), *operation["responses"].values()]:
            for kind, content in body.get("content", {}).items():
                if kind in _WITH_EXAMPLE and "schema" in content and "examples" not in content:
                    content["example"] = example_of(content["schema"], schemas)
    return result


_WITH_EXAMPLE = {"application/json", "multipart/form-data"}


def _headers_of(
    operation: dict[str, Any], status: str, answer: dict[str, Any], schemas: dict[str, Any]
) -> Iterator[str]:
    if status < "300":
        schema = answer.get("content", {}).get("application/json", {}).get("schema", {})
        if "version" in _resolved(schema, schemas).get("properties", {}):
            yield "ETag"
        if any(each["name"] == "Idempotency-Key" for each in operation["parameters"]):
            yield "Idempotency-Replayed"
        yield from ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")
    if status == "429":
        yield "Retry-After"
    yield "X-Request-ID"


def _resolved(schema: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = (
        schemas[schema["$ref"].rsplit("/", 1)[1]] if "$ref" in schema else schema
    )
    return found


def _problem_examples(operations: list[dict[str, Any]]) -> dict[str, Any]:
    named = {
        code
        for operation in operations
        for answer in operation["responses"].values()
        for code in answer.get("content", {}).get(problems.PROBLEM_JSON, {}).get("examples", {})
    }
    return {
        error.code: {"value": _problem_example(error)}
        for error in sorted(all_errors(), key=lambda each: each.code)
        if error.code in named
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
