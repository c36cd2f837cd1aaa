"""The one way in which a rule says no."""

from typing import Protocol

from core.actor import Actor
from core.errors import NotAllowedError


class Rule(Protocol):
    """A predicate of the `rules` library: `rule.test(actor, obj)`."""

    def test(self, actor: Actor, obj: object = ...) -> bool: ...


def require(rule: Rule, actor: Actor, obj: object = None) -> None:
    """Raise NotAllowedError unless the rule lets this actor do it to this object."""
    if not rule.test(actor, obj):
        raise NotAllowedError
