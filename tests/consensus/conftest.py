"""What most tests of studies start from."""

import pytest
from django_tenants.utils import schema_context


@pytest.fixture
def facilitator(api):
    """The id of who runs the studies; the test is inside their area."""
    with schema_context(api.area.schema_name):
        yield api.area.people["supervisor"].user_id
