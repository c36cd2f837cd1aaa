"""One successful call per operation: what the matrix and the cross-area attempts are made from."""

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from tests.client import Api
from tests.world import TestArea

ROOMS = ("core", "accounts", "tenants", "clusters", "pd_activities", "consensus", "monitoring")

# A body, or what makes one from the area whose things it names.
Body = Callable[[TestArea], Any] | dict[str, Any] | list[Any] | None


@dataclass(frozen=True)
class Sample:
    """How to call an operation so that it succeeds.

    `by`      the role that succeeds; None for an operation that needs no sign-in
    `path`    path parameter → name in `area.things`; `=calendar` stands for itself
    `body`    JSON body, or a function of the area
    `query`   query parameters; a value that starts with "@" names one of `area.things`
    `headers` further headers; PATCH, PUT and DELETE get `If-Match: *` by themselves
    `status`  what the successful call answers
    """

    operation: str
    by: str | None = None
    path: dict[str, str] = field(default_factory=dict)
    body: Body = None
    query: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 200
    which: str = "area"


def all_samples() -> list[Sample]:
    return [sample for room in ROOMS for sample in import_module(f"tests.{room}.samples").SAMPLES]


def address(sample: Sample, template: str, thing: Callable[[str], object]) -> str:
    """The path of the sample's call, with what `thing` says stands behind each name."""
    for name, named in sample.path.items():
        value = named[1:] if named.startswith("=") else thing(named)
        template = template.replace("{" + name + "}", str(value))
    return template


def call(
    sample: Sample, api: Api, method: str, template: str, *, things_of: TestArea | None = None
) -> Any:
    """Make the sample's call with this client; its things may be taken from another area."""
    area = things_of or api.area
    path = address(sample, template, area.things.__getitem__)
    headers = dict(sample.headers)
    if method in ("PATCH", "PUT", "DELETE"):
        headers.setdefault("If-Match", "*")
    body = sample.body(area) if callable(sample.body) else sample.body
    query = {
        name: str(area.things[value[1:]]) if value.startswith("@") else value
        for name, value in sample.query.items()
    }
    return api.send(method, path, body=body, query=query or None, headers=headers)
