"""Who may do what with accounts. The docstrings are printed in the API document."""

from uuid import UUID

from accounts.enums import CHIEF_ROLES, Role, Scope
from accounts.models import RoleGrant, User
from core.access import rule
from core.actor import Actor


@rule
def may_administer_people(actor: Actor, _obj: object) -> bool:
    """The area's administrators; on the platform, its operators."""
    return actor.has(*CHIEF_ROLES)


@rule
def may_read_people(actor: Actor, _obj: object) -> bool:
    """Administrators and officers; a school director the people of the school."""
    return actor.has(*CHIEF_ROLES, Role.OFFICER, Role.SCHOOL_DIRECTOR)


@rule
def may_read_grants(actor: Actor, _obj: object) -> bool:
    """Administrators and officers."""
    return actor.has(*CHIEF_ROLES, Role.OFFICER)


@rule
def may_issue_slip(actor: Actor, user: object) -> bool:
    """Administrators, officers and school directors, for accounts that can do less than theirs.

    A slip opens the account it is for. An officer may not issue one for an administrator or an
    officer, nor a director one for someone with a role outside of the school.
    """
    if actor.has(*CHIEF_ROLES):
        return True
    if not isinstance(user, User):
        return actor.has(Role.OFFICER, Role.SCHOOL_DIRECTOR)
    grants = list(user.grants.open())
    if actor.has(Role.OFFICER):
        return not any(grant.role in (Role.AREA_ADMIN, Role.OFFICER) for grant in grants)
    schools = set(actor.scope_ids(Role.SCHOOL_DIRECTOR, Scope.SCHOOL))
    return bool(grants) and all(_is_below_director(grant, schools) for grant in grants)


def _is_below_director(grant: RoleGrant, schools: set[UUID]) -> bool:
    return (
        grant.scope == Scope.SCHOOL
        and grant.scope_id in schools
        and grant.role != Role.SCHOOL_DIRECTOR
    )
