"""Kinds of settings that an area may change. Where nothing was set, the default holds.

A room names a kind while it loads: `CALENDAR = register_kind(SettingKind("calendar", …))`. Its
document is a frozen dataclass whose fields all have defaults; `shape` is the same for the API.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Generic, Self, TypeVar

from core.actor import Actor
from core.api.serializers import Serializer
from core.text import Text


@dataclass(frozen=True)
class SettingDocument:
    """What a version of a setting says; without arguments, the default."""

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Read what has the shape, or was adopted once; what is left out has its default."""
        return cls(**document)

    def check(self) -> None:
        """What its shape cannot tell, before it is adopted. Raises InvalidInputError."""

    def as_document(self) -> dict[str, Any]:
        """All of it, as JSON."""
        return asdict(self)


D = TypeVar("D", bound=SettingDocument)


@dataclass(frozen=True)
class SettingKind(Generic[D]):
    """`readers`: the roles that may read it, everyone who is signed in if empty.

    `then`: a task that is sent to the area after each change.
    """

    code: str
    text: Text
    document: type[D]
    shape: type[Serializer]
    readers: frozenset[str] = frozenset()
    then: str | None = None

    def may_read(self, actor: Actor) -> bool:
        return actor.has(*self.readers) if self.readers else actor.id is not None


IN_OFFICE = frozenset({"area_admin", "officer"})
TELLS_DIRECTORY = "tenants.publish_area"  # a task: what anyone may know goes to the platform

_kinds: dict[str, SettingKind[Any]] = {}


def register_kind(kind: SettingKind[D]) -> SettingKind[D]:
    _kinds[kind.code] = kind
    return kind


def all_kinds() -> list[SettingKind[Any]]:
    return [_kinds[code] for code in sorted(_kinds)]


def kind_named(code: str) -> SettingKind[Any] | None:
    return _kinds.get(code)
