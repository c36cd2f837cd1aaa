"""Giving an area limits, as moving it to another service plan does."""

from collections.abc import Iterator
from contextlib import contextmanager

from django_tenants.utils import schema_context

from accounts.queries import active_users
from tenants import directory
from tenants.models import Area, ServicePlan
from tests.world import TestArea


def give_limits(area: TestArea, **limits: int) -> ServicePlan:
    """`seats`, `storage_bytes`, `live_studies`; what is not named has no limit."""
    with schema_context("public"):
        plan = ServicePlan.objects.create(name_th="แผนทดสอบ", name_en="Test plan", **limits)
        Area.objects.filter(slug=area.slug).update(service_plan=plan)
    _forget(area)
    return plan


@contextmanager
def limits(area: TestArea, **given: int) -> Iterator[ServicePlan]:
    """For tests that commit: afterwards the area has no limits."""
    plan = give_limits(area, **given)
    try:
        yield plan
    finally:
        with schema_context("public"):
            Area.objects.filter(slug=area.slug).update(service_plan=None)
            plan.delete()
        _forget(area)


def _forget(area: TestArea) -> None:
    """Have it looked up anew; the others stay, so that what their requests cost stays the same."""
    for key in (("slug", area.slug), ("schema_name", area.schema_name)):
        directory._known.pop(key, None)


def seats_taken(area: TestArea) -> int:
    with schema_context(area.schema_name):
        return active_users()
