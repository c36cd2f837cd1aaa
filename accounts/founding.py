"""The first person of a new area: whoever applied for it becomes its administrator."""

from accounts.actions.invitations import invite, revoke_invitation
from accounts.enums import Role, Scope
from accounts.errors import AccountExistsError
from accounts.models import Invitation
from core.actor import SYSTEM
from tenants.models import AreaApplication
from tenants.provisioning import invites_first_admin


@invites_first_admin
def invite_applicant(application: AreaApplication) -> str | None:
    """A fresh invitation as area administrator; an earlier one that is still open ends."""
    for earlier in Invitation.objects.open().filter(email__iexact=application.email):
        revoke_invitation(earlier, actor=SYSTEM)
    try:
        invited = invite(
            email=application.email,
            display_name=application.contact_name,
            role=Role.AREA_ADMIN,
            scope=Scope.AREA,
            actor=SYSTEM,
            mailed=False,
        )
    except AccountExistsError:
        return None
    return invited.link
