"""What the tests of this room share."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from django.utils import timezone
from django_tenants.utils import schema_context

from accounts.enums import Scope
from accounts.models import User
from accounts.scopes import has_provider, scope_provider
from clusters.models import Cluster, School
from core.jobs.actions import run_job
from core.jobs.models import Job
from tests.world import TestArea


@pytest.fixture(autouse=True, scope="session")
def known_scopes() -> None:
    """The room above says which schools and clusters exist; until it does, its tables do."""
    for scope, model in ((Scope.SCHOOL, School), (Scope.CLUSTER, Cluster)):
        if not has_provider(scope):
            scope_provider(scope)(_ids_in(model))


def _ids_in(model):
    def existing(ids: Iterable[UUID]) -> set[UUID]:
        return set(model.objects.filter(pk__in=list(ids)).values_list("pk", flat=True))

    return existing


def account(area: TestArea, name: str) -> UUID:
    """The user id of one of the area's people, or of one of its accounts without a cast role."""
    return area.people[name].user_id if name in area.people else area.things[name]


@pytest.fixture
def in_t1(world):
    """`with in_t1():` work in the first area's schema. Requests leave another one current."""
    return lambda: schema_context(world.t1.schema_name)


@pytest.fixture
def someone(world, in_t1) -> User:
    """A person of the first area with a password and one role."""
    with in_t1():
        return User.objects.get(pk=world.t1.things["user"])


@pytest.fixture
def letters(in_t1, mailoutbox):
    """`letters()`: those of the first area so far, once its worker has sent what waits."""

    def send():
        with in_t1():
            for job in Job.objects.filter(kind__startswith="accounts.mail", state="waiting"):
                run_job(job.pk)
        return mailoutbox

    return send


@pytest.fixture
def time_machine_to():
    """`with time_machine_to(days=20):` it is that much later."""

    def later(**delta):
        moment = timezone.now() + timedelta(**delta)
        return time_machine.travel(moment.timestamp(), tick=True)  # keeps the time zone

    return later
