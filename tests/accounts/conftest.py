"""The room above says which schools and clusters exist; where it does not yet, its tables do."""

from collections.abc import Iterable
from uuid import UUID

import pytest

from accounts.enums import Scope
from accounts.scopes import has_provider, scope_provider
from clusters.models import Cluster, School


@pytest.fixture(autouse=True, scope="session")
def known_scopes() -> None:
    for scope, model in ((Scope.SCHOOL, School), (Scope.CLUSTER, Cluster)):
        if not has_provider(scope):
            scope_provider(scope)(_ids_in(model))


def _ids_in(model):
    def existing(ids: Iterable[UUID]) -> set[UUID]:
        return set(model.objects.filter(pk__in=list(ids)).values_list("pk", flat=True))

    return existing
