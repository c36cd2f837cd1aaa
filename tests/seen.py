"""At the end of a whole run: was every operation seen to succeed, and each of its own errors?

The errors that all operations share are covered by one battery (tests/api/test_battery.py).
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from tests.contract import seen, specification

Seen = dict[str, set[tuple[int, str]]]

_SHARED = {
    "area_leaving",
    "area_unavailable",
    "body_too_large",
    "conflict",
    "idempotency_key_reused",
    "internal_error",
    "invalid_input",
    "malformed_body",
    "not_acceptable",
    "not_allowed",
    "not_authenticated",
    "not_found",
    "precondition_required",
    "request_in_flight",
    "stale_version",
    "too_many_requests",
    "try_again",
    "unsupported_media_type",
}

_everywhere: Seen = defaultdict(set)


def as_output() -> list[list[Any]]:
    """What this test process saw, in a form that travels to the one that started it."""
    return [[operation, *answer] for operation, answers in seen.items() for answer in answers]


def add(output: list[list[Any]]) -> None:
    for operation, status, code in output:
        _everywhere[operation].add((status, code))


def missing() -> list[str]:
    """What the documents promise and nobody saw."""
    return sorted(set(_missing()))


def _missing() -> Iterator[str]:
    for which in ("area", "platform"):
        for methods in specification(which)["paths"].values():
            for operation in methods.values():
                name = operation["operationId"]
                codes = {code for _, code in _everywhere[name]}
                if "" not in codes:
                    yield f"{name}: never succeeded"
                for code in sorted(_own_codes(operation) - codes):
                    yield f"{name}: {code}"


def _own_codes(operation: dict[str, Any]) -> set[str]:
    named = {
        code
        for answer in operation["responses"].values()
        for code in answer.get("content", {})
        .get("application/problem+json", {})
        .get("examples", {})
    }
    return named - _SHARED
