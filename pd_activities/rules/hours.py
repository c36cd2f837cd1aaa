"""Who may read transcripts and set the rules of credit hours."""

from accounts.enums import Role
from core.access import is_signed_in, rule
from core.actor import Actor
from pd_activities.rules.training import LEARNERS

may_see_hour_rules = is_signed_in


@rule
def may_set_hour_rules(actor: Actor, _obj: object) -> bool:
    """The area's administrator."""
    return actor.has(Role.AREA_ADMIN)


@rule
def may_see_transcript(actor: Actor, _obj: object) -> bool:
    """Teachers their own; directors and coordinators their staff's; the area office everyone's."""
    return actor.has(*LEARNERS)
