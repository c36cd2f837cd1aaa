"""Letters. Each is a job, so that none is lost with a worker, a broker or a mail server."""

from typing import Any
from uuid import UUID

from accounts.actions.emails import (
    MAIL_CONFIRMATION,
    MAIL_EMAIL_CHANGED,
    mail_confirmation,
    mail_email_changed,
)
from accounts.actions.invitations import MAIL_INVITATION, mail_invitation
from accounts.actions.passwords import (
    MAIL_CHANGED,
    MAIL_RESET,
    mail_password_changed,
    mail_password_reset,
)
from accounts.enums import Role
from accounts.models import RoleGrant
from accounts.operator_access.actions import MAIL_ACCESS, mail_access
from core.actor import Actor
from core.jobs.registry import Progress, job_kind


@job_kind(MAIL_INVITATION)
def invitation(params: dict[str, Any], _cursor: dict[str, Any], _actor: Actor) -> None:
    mail_invitation(UUID(params["invitation"]))


@job_kind(MAIL_RESET)
def password_reset(params: dict[str, Any], _cursor: dict[str, Any], _actor: Actor) -> None:
    mail_password_reset(params["login"])


@job_kind(MAIL_CHANGED)
def password_changed(params: dict[str, Any], _cursor: dict[str, Any], _actor: Actor) -> None:
    mail_password_changed(UUID(params["user"]))


@job_kind(MAIL_CONFIRMATION)
def email_confirmation(params: dict[str, Any], _cursor: dict[str, Any], _actor: Actor) -> None:
    mail_confirmation(UUID(params["user"]), params["email"])


@job_kind(MAIL_EMAIL_CHANGED)
def email_changed(params: dict[str, Any], _cursor: dict[str, Any], _actor: Actor) -> None:
    mail_email_changed(UUID(params["user"]), params["former"])


@job_kind(MAIL_ACCESS)
def operator_access(
    params: dict[str, Any], cursor: dict[str, Any], _actor: Actor
) -> Progress | None:
    """One administrator of the area after the other, so that a retry writes to nobody twice."""
    admins = RoleGrant.objects.holding().filter(
        role=Role.AREA_ADMIN, user__is_active=True, user__email__isnull=False
    )
    people = admins.order_by("user_id").values_list("user__email", "user__language").distinct()
    done = cursor.get("done", 0)
    for address, language in people[done : done + 1]:
        mail_access(UUID(params["access"]), address, language)
        return Progress(done=done + 1, cursor={"done": done + 1})
    return None
