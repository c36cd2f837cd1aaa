"""Who may read transcripts and set the rules of credit hours."""

from accounts.enums import Role
from clusters.rules import manages_area
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


# Whoever may read it may take it along, signed.
may_issue_certificate = may_see_certificates = may_see_transcript


@rule
def may_revoke_certificate(actor: Actor, _obj: object) -> bool:
    """The area's administrator and officers."""
    return manages_area(actor)
