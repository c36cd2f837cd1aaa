"""Every operation of the two documents, beside its sample."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tests.contract import specification
from tests.operations import Sample, all_samples


@dataclass(frozen=True)
class Operation:
    which: str  # "area" or "platform"
    id: str
    method: str
    path: str
    has_body: bool
    is_public: bool
    is_list: bool
    needs_if_match: bool
    takes_key: bool
    credential: str  # the security scheme: "sessionToken" unless it says otherwise


@lru_cache
def operations() -> tuple[Operation, ...]:
    return tuple(each for which in ("area", "platform") for each in _of(which))


def _of(which: str) -> Iterator[Operation]:
    for path, methods in specification(which)["paths"].items():
        for method, operation in methods.items():
            headers = {
                each["name"]: each
                for each in operation.get("parameters", [])
                if each["in"] == "header"
            }
            queries = {
                each["name"] for each in operation.get("parameters", []) if each["in"] == "query"
            }
            security = [name for each in operation.get("security", []) for name in each]
            yield Operation(
                which=which,
                id=operation["operationId"],
                method=method.upper(),
                path=path,
                has_body="application/json" in operation.get("requestBody", {}).get("content", {}),
                is_public=not security,
                is_list="cursor" in queries,
                needs_if_match="If-Match" in headers,
                takes_key="Idempotency-Key" in headers,
                credential=security[0] if security else "",
            )


@lru_cache
def samples() -> dict[tuple[str, str], Sample]:
    """By document and operation id. Rooms on both hosts give a sample for each."""
    return {(each.which, each.operation): each for each in all_samples()}


def sampled() -> list[Any]:
    """(operation, sample) pairs, for parametrize."""
    found = samples()
    return [
        (operation, found[operation.which, operation.id])
        for operation in operations()
        if (operation.which, operation.id) in found
    ]


def name_of(value: object) -> str:
    return f"{value.which}-{value.id}" if isinstance(value, Operation) else ""
