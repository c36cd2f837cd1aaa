"""An area's administrators: whoever applied for it is the first; who they are at present."""

from accounts.actions.invitations import invite, revoke_invitation
from accounts.enums import Role, Scope
from accounts.errors import AccountExistsError
from accounts.models import Invitation, RoleGrant, User
from core.actor import SYSTEM
from tenants.models import AreaApplication
from tenants.provisioning import invites_first_admin, knows_administrators


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


@knows_administrators
def administrators() -> list[str]:
    """The e-mail addresses of this area's administrators, as far as they have one."""
    held = RoleGrant.objects.holding().filter(role=Role.AREA_ADMIN)
    people = User.objects.filter(pk__in=held.values("user"), is_active=True, email__isnull=False)
    emails = people.order_by("email").values_list("email", flat=True)
    return [email for email in emails if email]
