"""Role × operation → status, as the files `tests/<room>/roles*.csv` say; nothing may be missing."""

import csv
import re
from pathlib import Path

import pytest
from django.db import transaction

from tests.api.document import name_of, operations, sampled, samples
from tests.operations import call

_TESTS = Path(__file__).parent.parent


def _matrix(which: str) -> dict[str, dict[str, int]]:
    name = "roles_platform.csv" if which == "platform" else "roles.csv"
    rows: dict[str, dict[str, int]] = {}
    for file in sorted(_TESTS.glob(f"*/{name}")):
        for row in csv.DictReader(file.read_text("utf-8").splitlines()):
            operation = row.pop("operation")
            assert operation not in rows, f"{operation} stands twice"
            rows[operation] = {role: int(status) for role, status in row.items()}
    return rows


@pytest.mark.parametrize("which", ["area", "platform"])
def test_matrix__every_operation_has_a_row_and_a_sample__and_no_row_is_stale(which):
    documented = {each.id for each in operations() if each.which == which}

    assert set(_matrix(which)) == documented
    assert {name for where, name in samples() if where == which} == documented


def test_matrix__names_of_operations__snake_case():
    assert [each.id for each in operations() if not re.fullmatch("[a-z]+(_[a-z]+)*", each.id)] == []


@pytest.mark.parametrize(("operation", "sample"), sampled(), ids=name_of)
def test_matrix__each_role__gets_its_status(api, operation, sample):
    client = api if operation.which == "area" else api.on_platform()
    got = {}
    for role in _matrix(operation.which)[operation.id]:
        as_role = client.with_token(None) if role == "anonymous" else client.as_(role)
        with transaction.atomic():
            response = call(sample, as_role, operation.method, operation.path)
            transaction.set_rollback(True)
        got[role] = response.status_code

    assert got == _matrix(operation.which)[operation.id]
