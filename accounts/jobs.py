"""Letters. Each is a job, so that none is lost with a worker, a broker or a mail server."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from accounts.actions.emails import (
    MAIL_CONFIRMATION,
    MAIL_EMAIL_CHANGED,
    mail_confirmation,
    mail_email_changed,
)
from accounts.actions.invitations import MAIL_INVITATION, mail_invitation
from accounts.actions.operators import MAIL_DIGEST, mail_digest
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
    access = UUID(params["access"])
    return _one_by_one(
        Role.AREA_ADMIN, cursor, lambda address, language: mail_access(access, address, language)
    )


@job_kind(MAIL_DIGEST)
def digest(_params: dict[str, Any], cursor: dict[str, Any], _actor: Actor) -> Progress | None:
    return _one_by_one(Role.OPERATOR, cursor, mail_digest)


def _one_by_one(
    role: Role, cursor: dict[str, Any], mail: Callable[[str, str], None]
) -> Progress | None:
    """A letter to one holder of the role after the other: a retry writes to nobody twice."""
    held = RoleGrant.objects.holding().filter(
        role=role, user__is_active=True, user__email__isnull=False
    )
    people = held.order_by("user_id").values_list("user__email", "user__language").distinct()
    done = cursor.get("done", 0)
    for address, language in people[done : done + 1]:
        mail(address, language)
        return Progress(done=done + 1, cursor={"done": done + 1})
    return None
