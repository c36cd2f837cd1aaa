"""Holds every answer in the whole suite to the OpenAPI documents, and remembers what was seen."""

import re
from collections import defaultdict
from functools import lru_cache
from typing import Any

import orjson
from openapi_schema_validator import OAS31Validator

from backend.documentation import document

_URLCONFS = {"area": "backend.urls_area", "platform": "backend.urls_platform"}

# Text of JSON that begins like a time but does not end in Z: see docs/decisions on times.
_NOT_UTC = re.compile(rb'(?<!\\)"\d{4}-\d\d-\d\d[T ]\d\d:\d\d[^"]*(?<!Z)"')

# operation id → {(status, problem code or "")}: what the suite has seen; tests/api asserts on it
seen: dict[str, set[tuple[int, str]]] = defaultdict(set)


@lru_cache
def specification(which: str) -> dict[str, Any]:
    return document(_URLCONFS[which])


def check_answer(method: str, path: str, response: Any, which: str) -> None:
    """Fail if this answer is not one that the document promises."""
    if not path.startswith("/api/v1/"):
        return
    if method == "HEAD" or (method == "OPTIONS" and response.status_code == 200):
        return  # as GET without its body; a preflight from another origin
    operation = operation_for(method, path, which)
    if operation is None:
        assert response.status_code in (404, 405), f"{method} {path} is not in the document"
        return
    code = ""
    if response.status_code >= 400:
        code = orjson.loads(response.content)["code"]
    seen[operation["operationId"]].add((response.status_code, code))
    if code in ("area_unavailable", "area_leaving"):
        return  # answered before any operation is reached
    promised = operation["responses"].get(str(response.status_code))
    assert promised is not None, (
        f"{operation['operationId']} answered {response.status_code} {response.content[:300]!r}, "
        f"which is not in the document ({', '.join(operation['responses'])})"
    )
    _check_headers(operation, promised, response, which)
    if not response.wsgi_request.GET.get("fields"):  # trimmed rows lack what is required
        _check_body(operation, promised, response, which, code)


def _check_headers(
    operation: dict[str, Any], promised: dict[str, Any], response: Any, which: str
) -> None:
    known = specification(which)["components"]["headers"]
    for name, told in promised.get("headers", {}).items():
        header = known[name] if "$ref" in told else told
        assert name in response or not header.get("required"), (
            f"{operation['operationId']}: {response.status_code} without {name}"
        )


def _check_body(
    operation: dict[str, Any], promised: dict[str, Any], response: Any, which: str, code: str
) -> None:
    kind = response.headers.get("Content-Type", "").split(";")[0]
    contents = promised.get("content")
    if not contents:
        assert not response.content, f"{operation['operationId']}: a body where none is promised"
        return
    assert kind in contents, f"{operation['operationId']}: {kind} is not promised"
    if code:
        named = contents[kind].get("examples", {})
        assert code in named, f"{operation['operationId']}: the error {code} is not documented"
    if kind.endswith("json"):
        odd = _NOT_UTC.search(response.content)
        assert odd is None, f"{operation['operationId']}: the time {odd[0]!r} is not in UTC"
        schema = contents[kind]["schema"]
        problems = list(
            _validator(which, orjson.dumps(schema)).iter_errors(orjson.loads(response.content))
        )
        assert not problems, (
            f"{operation['operationId']}: {problems[0].json_path}: {problems[0].message}"
        )


@lru_cache(maxsize=2_000)
def _validator(which: str, schema: bytes) -> Any:
    whole = {**orjson.loads(schema), "components": specification(which)["components"]}
    return OAS31Validator(whole, format_checker=OAS31Validator.FORMAT_CHECKER)


def operation_for(method: str, path: str, which: str) -> dict[str, Any] | None:
    plain = path.split("?", maxsplit=1)[0]
    for pattern, operations in _routes(which):
        is_fixed = "[^/]" not in pattern.pattern  # then it decides alone
        if pattern.fullmatch(plain) and (is_fixed or method.lower() in operations):
            return operations.get(method.lower())
    return None


@lru_cache
def _routes(which: str) -> list[tuple[re.Pattern[str], dict[str, Any]]]:
    """Paths without parameters first, so that `/me` is not taken for an id."""
    paths = sorted(specification(which)["paths"].items(), key=lambda item: item[0].count("{"))
    return [
        (re.compile(re.sub(r"\\\{[^}]+\\\}", "[^/]+", re.escape(path))), operations)
        for path, operations in paths
    ]
