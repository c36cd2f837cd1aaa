"""What this room adds to the world; called in each area's schema."""

from tests.world import TestArea


def add(area: TestArea) -> None:
    """Nothing yet."""
