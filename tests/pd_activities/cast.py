"""What this room adds to the world; called in each area's schema."""

from tests.pd_activities.committee_cast import add_committees
from tests.pd_activities.supervision_cast import add_supervision
from tests.pd_activities.training_cast import add_trainings
from tests.world import TestArea


def add(area: TestArea) -> None:
    """Visits at each step; a cluster's committee and its meetings; trainings in each state."""
    add_supervision(area)
    add_committees(area)
    add_trainings(area)
