"""Who does something: a person with grants, a personal link, or the system itself."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID


class ActorKind(StrEnum):
    USER = "user"
    LINK = "link"  # a personal link without an account
    OPERATOR = "operator"  # of the platform, looking into an area: accounts.operator_access
    SYSTEM = "system"
    ANONYMOUS = "anonymous"


@dataclass(frozen=True)
class Grant:
    """A role that holds today: for the whole area (`scope_id` is None), a cluster or a school."""

    role: str
    scope: str
    scope_id: UUID | None = None


@dataclass(frozen=True)
class Actor:
    kind: ActorKind
    id: UUID | None = None
    grants: tuple[Grant, ...] = field(default=())

    def has(self, *roles: str) -> bool:
        """True if one of these roles is held anywhere."""
        return any(grant.role in roles for grant in self.grants)

    def scope_ids(self, role: str, scope: str) -> Iterator[UUID]:
        """The clusters (or schools) for which the role is held."""
        return (
            grant.scope_id
            for grant in self.grants
            if grant.role == role and grant.scope == scope and grant.scope_id is not None
        )


SYSTEM = Actor(kind=ActorKind.SYSTEM)
ANONYMOUS = Actor(kind=ActorKind.ANONYMOUS)
