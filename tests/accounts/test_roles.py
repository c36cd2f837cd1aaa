"""The matrix of this room, in both documents: what each role gets for each operation."""

import csv
from pathlib import Path

import pytest

from tests.accounts.samples import SAMPLES
from tests.contract import specification
from tests.operations import call

_FILES = {"area": "roles.csv", "platform": "roles_platform.csv"}


def _rows(which):
    with (Path(__file__).parent / _FILES[which]).open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


def _cells():
    for which in _FILES:
        for row in _rows(which):
            operation = row.pop("operation")
            for role, status in row.items():
                yield pytest.param(which, operation, role, int(status), id=f"{operation}-{role}")


def _address(which, operation):
    for path, methods in specification(which)["paths"].items():
        for method, found in methods.items():
            if found["operationId"] == operation:
                return method.upper(), path
    raise AssertionError(f"{operation} is not in the document")


@pytest.mark.parametrize(("which", "operation", "role", "status"), list(_cells()))
def test_operation__as_role__status(api, which, operation, role, status):
    sample = next(each for each in SAMPLES if (each.operation, each.which) == (operation, which))
    client = api if which == "area" else api.on_platform()
    client = client if role == "anonymous" else client.as_(role)
    method, path = _address(which, operation)

    response = call(sample, client, method, path)

    assert response.status_code == status, response.content
