"""Who may do what on the platform."""

from core.access import rule
from core.actor import Actor


@rule
def is_operator(actor: Actor, _obj: object) -> bool:
    """Platform operators."""
    return actor.has("operator")


@rule
def holds_link(_actor: Actor, _obj: object) -> bool:
    """Whoever holds the personal link; nobody signs in for it."""
    return True
