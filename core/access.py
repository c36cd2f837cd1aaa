"""Rules: small predicates that say who may; and the one way in which they say no."""

from collections.abc import Callable
from typing import Any, Protocol, Self, cast

from rules.predicates import predicate as make_predicate

from core.actor import Actor
from core.errors import NotAllowedError


class Rule(Protocol):
    """A predicate of the `rules` library; its docstring says who may, in plain words."""

    name: str

    def test(self, actor: Actor, obj: Any = ..., /) -> bool: ...
    def __call__(self, actor: Actor, obj: Any = ..., /) -> bool: ...
    def __and__(self, other: Self) -> Self: ...
    def __or__(self, other: Self) -> Self: ...
    def __invert__(self) -> Self: ...


def rule(predicate: Callable[[Actor, Any], bool]) -> Rule:
    """`@rule def may_close_round(actor, round_): …`; combine with `&`, `|` and `~`."""
    return cast("Rule", make_predicate(predicate))


def require(needed: Rule, actor: Actor, obj: object = None) -> None:
    """Raise NotAllowedError unless the rule lets this actor do it to this object."""
    if not needed.test(actor, obj):
        raise NotAllowedError


@rule
def is_signed_in(actor: Actor, _obj: object) -> bool:
    """Everyone who is signed in."""
    return actor.id is not None


@rule
def is_area_admin(actor: Actor, _obj: object) -> bool:
    """The area's administrators."""
    return actor.has("area_admin")


@rule
def is_anyone(_actor: Actor, _obj: object) -> bool:
    """Anyone, signed in or not."""
    return True
