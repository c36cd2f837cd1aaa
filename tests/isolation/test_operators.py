"""Without a grant an operator has no path to the people of an area."""

import pytest
from django.db import transaction
from django_tenants.utils import schema_context

from accounts.models import User
from clusters.models import Teacher
from core.journal.actions import last_number
from tests.api.document import name_of, sampled
from tests.operations import call

_on_platform = [pair for pair in sampled() if pair[0].which == "platform"]
# It says what the caller has shown, and no more.
_by_themselves = [pair for pair in _on_platform if pair[0].id != "certificates_verify"]
_CHANGE_NOTHING = {"auth_setup_totp", "auth_change_email"}  # until a code or a link is used
_in_area = [
    pair for pair in sampled() if pair[0].which == "area" and pair[0].credential == "sessionToken"
]


@pytest.fixture
def canaries(world) -> set[bytes]:
    """Whatever names someone of an area and nobody of the platform."""
    found: set[str] = set()
    for area in (world.t1, world.t2):
        with schema_context(area.schema_name):
            for row in User.objects.values_list("display_name", "username", "email"):
                found.update(filter(None, row))
            for row in Teacher.objects.values_list("name_th", "staff_code"):
                found.update(row)
    own: set[str] = set()
    for row in User.objects.values_list("display_name", "username", "email"):
        own.update(filter(None, row))
    return {each.encode() for each in found - own}


@pytest.mark.parametrize(("operation", "sample"), _by_themselves, ids=name_of)
def test_operator__every_operation_of_the_platform__names_nobody_of_an_area(
    api, canaries, operation, sample
):
    assert len(canaries) > 20
    operator = api.on_platform().as_("operator")
    with transaction.atomic():
        response = call(sample, operator, operation.method, operation.path)
        transaction.set_rollback(True)
    told = response.content
    assert [each.decode() for each in canaries if each in told] == []


@pytest.mark.parametrize(
    ("operation", "sample"),
    [pair for pair in _on_platform if pair[1].by == "operator" and pair[0].method != "GET"],
    ids=name_of,
)
def test_operator__everything_done_on_the_platform__in_its_journal(api, operation, sample):
    operator = api.on_platform().as_("operator")
    before = last_number()
    with transaction.atomic():
        response = call(sample, operator, operation.method, operation.path)
        after = last_number()
        transaction.set_rollback(True)
    assert response.status_code == sample.status
    assert after > before or operation.id in _CHANGE_NOTHING


@pytest.mark.parametrize(("operation", "sample"), _in_area, ids=name_of)
def test_operator__own_credential_on_an_areas_host__worthless(api, operation, sample):
    token = api.on_platform().as_("operator").token
    response = call(sample, api.with_token(token), operation.method, operation.path)
    assert response.status_code == 401
