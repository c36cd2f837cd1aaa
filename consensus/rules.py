"""Who may do what with studies. The docstrings are printed in the API document."""

from typing import Any

from accounts.enums import Role
from consensus.models import Panelist, Round, Study
from core.access import rule
from core.actor import Actor, ActorKind


def _study_of(thing: Study | Round | Panelist) -> Study:
    return thing if isinstance(thing, Study) else thing.study


@rule
def may_see_studies(actor: Actor, _obj: Any) -> bool:
    """Administrators and officers; supervisors their own; coordinators those of their cluster."""
    return actor.has(Role.AREA_ADMIN, Role.OFFICER, Role.SUPERVISOR, Role.CLUSTER_COORDINATOR)


@rule
def may_propose_study(actor: Actor, _obj: Any) -> bool:
    """Administrators, officers, supervisors; a coordinator for a plan of the own cluster."""
    return actor.has(Role.AREA_ADMIN, Role.OFFICER, Role.SUPERVISOR, Role.CLUSTER_COORDINATOR)


@rule
def may_prepare_study(actor: Actor, study: Study) -> bool:
    """Administrators, officers, and the study's facilitator."""
    return actor.has(Role.AREA_ADMIN, Role.OFFICER) or may_run_study(actor, study)


@rule
def may_run_study(actor: Actor, thing: Study | Round | Panelist) -> bool:
    """The study's facilitator (an officer or a supervisor) and the area's administrators."""
    if actor.has(Role.AREA_ADMIN):
        return True
    facilitates = actor.id is not None and actor.id == _study_of(thing).facilitator_id
    return facilitates and actor.has(Role.OFFICER, Role.SUPERVISOR)


@rule
def may_code_answers(actor: Actor, thing: Study | Round | Panelist) -> bool:
    """The study's facilitator and second coder (officers or supervisors); administrators."""
    second = actor.id is not None and actor.id == _study_of(thing).second_coder_id
    codes = second and actor.has(Role.OFFICER, Role.SUPERVISOR)
    return may_run_study(actor, thing) or codes


@rule
def holds_personal_link(actor: Actor, _obj: Any) -> bool:
    """The panelist or certifier whom the personal link was sent to; a recorder for them."""
    return actor.kind is ActorKind.LINK


@rule
def may_record_answers(actor: Actor, _obj: Any) -> bool:
    """Whoever the study names as its recorder; its people do not exist to others."""
    return actor.id is not None


def may_name_facilitator(actor: Actor) -> bool:
    return actor.has(Role.AREA_ADMIN, Role.OFFICER)


@rule
def may_export_answers(actor: Actor, study: Study) -> bool:
    """Administrators, officers, and the study's facilitator: those who answer for the data."""
    return may_prepare_study(actor, study)
