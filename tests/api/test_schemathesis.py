"""Both documents fuzzed: whatever fits the document (or nearly does) gets a documented answer."""

import os

import pytest
import schemathesis
from django.db import transaction
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig

from tests.contract import operation_for, seen, specification

_fuzz = settings(
    max_examples=int(os.environ.get("FUZZ_EXAMPLES", "4")),
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
# The battery covers what schemathesis calls coverage, on every operation and by name.
_config = SchemathesisConfig.from_dict(
    {"phases": {"coverage": {"enabled": False}, "examples": {"enabled": False}}}
)

area = schemathesis.openapi.from_dict(specification("area"), config=_config)
platform = schemathesis.openapi.from_dict(specification("platform"), config=_config)


@pytest.fixture(autouse=True)
def _luck_proves_nothing():
    """Hold each answer to the document, but count none as seen: another day draws others."""
    before = {operation: set(answers) for operation, answers in seen.items()}
    yield
    seen.clear()
    seen.update(before)


def _try(case, client):
    """Send the case through all middleware; the client holds the answer to the document."""
    kwargs = case.as_transport_kwargs(base_url="http://fuzz")
    headers = {
        name: str(value)
        for name, value in kwargs["headers"].items()
        if name.lower() not in ("authorization", "user-agent", "accept-encoding", "host")
        and str(value).isprintable()
    }
    headers.pop("Accept", None)
    body = kwargs.get("json", kwargs.get("data"))
    with transaction.atomic():
        response = client.send(
            kwargs["method"],
            kwargs["url"].removeprefix("http://fuzz"),
            body=body,
            query=kwargs.get("params") or None,
            headers=headers,
        )
        transaction.set_rollback(True)
    assert response.status_code < 500


@area.parametrize()
@_fuzz
def test_area_api__any_input__a_documented_answer(case, api):
    operation = operation_for(case.method, case.path, "area")
    by_link = operation is not None and {"panelCredential": []} in operation["security"]
    _try(case, api.as_("panelist" if by_link else "area_admin"))


@platform.parametrize()
@_fuzz
def test_platform_api__any_input__a_documented_answer(case, api):
    _try(case, api.on_platform().as_("operator"))
