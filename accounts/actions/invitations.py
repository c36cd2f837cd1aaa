"""Inviting people: a link that works once, opened by whoever holds it, within two weeks."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Lower
from django.http import HttpRequest
from django.utils import timezone

from accounts.actions.grants import check_role, grant_role
from accounts.actions.passwords import check_new_password
from accounts.actions.sign_in import open_session, person
from accounts.enums import Language, Role
from accounts.errors import (
    AccountExistsError,
    AlreadyInvitedError,
    InvitationClosedError,
    LinkInvalidError,
)
from accounts.flows import SignedIn
from accounts.links import personal_link
from accounts.mail import INVITATION
from accounts.models import Invitation, User
from accounts.tokens import digest, new_token
from core.actor import Actor
from core.errors import invalid
from core.ids import new_id
from core.jobs.actions import start_job
from core.journal import actions as journal
from core.quotas import Quota, take

VALID_DAYS = 14
MAIL_INVITATION = "accounts.mail_invitation"


@dataclass(frozen=True)
class Invited:
    """An invitation and the raw token of its link, told only now. A letter makes a fresh one."""

    invitation: Invitation
    token: str

    @property
    def link(self) -> str:
        return personal_link("invitation", token=self.token)


@transaction.atomic
def invite(
    *,
    display_name: str,
    role: str,
    scope: str,
    actor: Actor,
    scope_id: UUID | None = None,
    email: str | None = None,
    username: str | None = None,
    language: str = Language.THAI,
    id: UUID | None = None,
    mailed: bool = True,
) -> Invited:
    """Invite someone to the present area (or the platform) with a role.

    The link goes out by mail once the transaction commits, where there is an address; otherwise,
    or without `mailed`, the caller hands it over. Raises AccountExistsError,
    AlreadyInvitedError, InvalidInputError.
    """
    check_role(role, scope, scope_id)
    _check_names(email, username)
    token = new_token()
    invitation = Invitation.objects.create(
        id=id or new_id(),
        email=email,
        username=username,
        display_name=display_name,
        language=language,
        role=role,
        scope=scope,
        scope_id=scope_id,
        token_digest=digest(token),
        expires_at=timezone.now() + timedelta(days=VALID_DAYS),
    )
    invited = Invited(invitation, token)
    if mailed and email is not None:
        start_job(MAIL_INVITATION, {"invitation": str(invitation.pk)}, actor=actor)
    told = {"role": role, "scope": scope, "scope_id": scope_id, "email": email}
    journal.record("accounts.invitation.sent", invitation, actor=actor, changes=told)
    return invited


def accept_invitation(request: HttpRequest, *, token: str, password: str) -> SignedIn:
    """Make the account and its role, and sign in. Works once.

    Raises LinkInvalidError; QuotaExceededError, which leaves the link as good as it was.
    """
    with transaction.atomic():
        invitation = _locked_open(token)
        take(Quota.USERS)
        user = User(
            username=invitation.username,
            email=invitation.email,
            display_name=invitation.display_name,
            language=invitation.language,
        )
        check_new_password(password, user, "/password")
        _check_names(user.email, user.username, but=invitation)
        user.set_password(password)
        user.save()
        grant_role(
            user_id=user.pk,
            role=invitation.role,
            scope=invitation.scope,
            scope_id=invitation.scope_id,
            actor=person(user),
        )
        invitation.accepted_at = timezone.now()
        invitation.save_changes("accepted_at")
        signed_in = open_session(request, user, method="invitation")
        journal.record("accounts.invitation.accepted", invitation, actor=person(user))
    return signed_in


@transaction.atomic
def revoke_invitation(invitation: Invitation, *, actor: Actor) -> Invitation:
    """Make the link worthless. Revoking twice changes nothing further."""
    row = invitation.locked()
    if row.accepted_at is not None:
        raise InvitationClosedError
    if row.revoked_at is None:
        row.revoked_at = timezone.now()
        row.save_changes("revoked_at")
        journal.record("accounts.invitation.revoked", row, actor=actor)
    return row


def _locked_open(token: str) -> Invitation:
    # The lock lets two who open the link at once take turns; the second finds it accepted.
    rows = Invitation.objects.select_for_update()
    row: Invitation | None = rows.filter(token_digest=digest(token)).first()
    if row is None or row.accepted_at or row.revoked_at or row.expires_at <= timezone.now():
        raise LinkInvalidError
    return row


def _check_names(email: str | None, username: str | None, but: Invitation | None = None) -> None:
    if email is None and username is None:
        raise invalid(
            "/email",
            "needed",
            "กรุณาระบุอีเมลหรือรหัสบุคลากร",
            "Give an e-mail address or a staff code.",
        )
    if any(User.objects.by_login(name) for name in (email, username) if name):
        raise AccountExistsError
    if email is not None and but is None:
        _make_way(email)


def _make_way(email: str) -> None:
    """An open invitation of this address stands in the way, unless it is too old."""
    same = Invitation.objects.alias(named=Lower("email")).filter(
        named=email.lower(), accepted_at__isnull=True, revoked_at__isnull=True
    )
    same.filter(expires_at__lte=timezone.now()).update(revoked_at=timezone.now())
    if same.exists():
        raise AlreadyInvitedError


@transaction.atomic
def mail_invitation(invitation_id: UUID) -> None:
    """Send the letter, unless the invitation has ended. Its link is made only now, so that no
    secret waits in a table; that of an earlier letter ends."""
    invitation = Invitation.objects.open().select_for_update().filter(pk=invitation_id).first()
    if invitation is None or invitation.email is None:
        return
    token, role = new_token(), Role(invitation.role).text
    invitation.token_digest = digest(token)
    invitation.save(update_fields=["token_digest"])
    letter = INVITATION.to(
        invitation.email,
        language=invitation.language,
        name=invitation.display_name,
        role_th=role.th,
        role_en=role.en,
        link=Invited(invitation, token).link,
        days=VALID_DAYS,
    )
    letter.send()
