"""Which clusters and schools exist. The room above, which keeps them, says how to find out."""

from collections.abc import Callable, Iterable
from uuid import UUID

from accounts.enums import Scope

# Given ids, the provider answers with those that exist in the present area.
Provider = Callable[[Iterable[UUID]], Iterable[UUID]]

_providers: dict[Scope, Provider] = {}


def scope_provider(scope: Scope) -> Callable[[Provider], Provider]:
    """Register who knows the ids of a scope: `@scope_provider(Scope.SCHOOL)`."""

    def register(provider: Provider) -> Provider:
        _providers[scope] = provider
        return provider

    return register


def has_provider(scope: Scope) -> bool:
    return scope in _providers


def unknown_ids(scope: Scope, ids: Iterable[UUID]) -> set[UUID]:
    """Those of the ids that name no cluster or school here; all, if nobody keeps such things."""
    asked = set(ids)
    provider = _providers.get(scope)
    return asked - set(provider(asked)) if provider and asked else asked
