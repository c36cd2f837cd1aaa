"""Granting roles and ending them; both act at the next request."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.enums import CHIEF_ROLES, SCOPES_OF_ROLE, Role, Scope
from accounts.errors import LastChiefError
from accounts.models import RoleGrant, User
from accounts.queries import roles_granted_here
from accounts.scopes import unknown_ids
from core.actor import Actor
from core.errors import invalid
from core.ids import new_id
from core.journal import actions as journal

_SCOPED = {Scope.CLUSTER, Scope.SCHOOL}


def check_role(role: str, scope: str, scope_id: UUID | None) -> None:
    """Raise InvalidInputError unless this role can be held here, for this scope."""
    if role not in roles_granted_here():
        raise invalid("/role", "not_here", "ไม่มีบทบาทนี้ที่นี่", "There is no such role here.")
    if scope not in SCOPES_OF_ROLE[Role(role)]:
        raise invalid(
            "/scope",
            "wrong_scope",
            "บทบาทนี้มอบให้สำหรับขอบเขตนี้ไม่ได้",
            "This role is not granted for such a scope.",
        )
    needs_id = scope in _SCOPED
    if needs_id != (scope_id is not None):
        raise _unknown_scope()
    if scope_id is not None and unknown_ids(Scope(scope), [scope_id]):
        raise _unknown_scope()


@transaction.atomic
def grant_role(
    *,
    user_id: UUID,
    role: str,
    scope: str,
    scope_id: UUID | None = None,
    valid_from: date | None = None,
    valid_until: date | None = None,
    id: UUID | None = None,
    actor: Actor,
) -> RoleGrant:
    """Grant a role, from today unless said otherwise, until the last day that is named."""
    check_role(role, scope, scope_id)
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        raise unknown_user()
    first = valid_from or timezone.localdate()
    if valid_until is not None and valid_until < first:
        raise invalid(
            "/valid_until",
            "before_valid_from",
            "ต้องไม่ก่อนวันเริ่มต้น",
            "Must not be before valid_from.",
        )
    grant = RoleGrant.objects.create(
        id=id or new_id(),
        user=user,
        role=role,
        scope=scope,
        scope_id=scope_id,
        valid_from=first,
        valid_until=valid_until,
    )
    journal.record("accounts.role.granted", grant, actor=actor, changes=_told(grant))
    return grant


@transaction.atomic
def end_role(grant: RoleGrant, *, actor: Actor) -> RoleGrant:
    """Take a role away now. A grant that has ended already stays as it is."""
    row = grant.locked()
    today = timezone.localdate()
    if row.valid_until is not None and row.valid_until < today:
        return row
    if row.role in CHIEF_ROLES:
        keep_a_chief(without_grant=row)
    row.valid_until = max(row.valid_from, today) - timedelta(days=1)
    row.save_changes("valid_until")
    journal.record("accounts.role.ended", row, actor=actor, changes=_told(row))
    return row


def keep_a_chief(
    *, without_grant: RoleGrant | None = None, without_user: User | None = None
) -> None:
    """Raise LastChiefError if nobody would be left in charge. Two at once wait for each other."""
    rows = RoleGrant.objects.filter(role__in=CHIEF_ROLES & roles_granted_here())
    list(rows.select_for_update().order_by("pk"))
    chiefs = RoleGrant.objects.holding().filter(role__in=CHIEF_ROLES, user__is_active=True)
    remaining = chiefs
    if without_grant is not None:
        remaining = remaining.exclude(pk=without_grant.pk)
    if without_user is not None:
        remaining = remaining.exclude(user=without_user)
    if chiefs.exists() and not remaining.exists():
        raise LastChiefError


def unknown_user() -> Exception:
    return invalid("/user_id", "unknown", "ไม่มีบัญชีนี้", "There is no such account.")


def _unknown_scope() -> Exception:
    return invalid(
        "/scope_id",
        "unknown",
        "ต้องเป็นรหัสของกลุ่มโรงเรียนหรือโรงเรียนในเขตพื้นที่นี้ตามขอบเขตที่เลือก",
        "Must be the id of a cluster or a school of this area, as the scope says.",
    )


def _told(grant: RoleGrant) -> dict[str, object]:
    names = ("user_id", "role", "scope", "scope_id", "valid_from", "valid_until")
    return {name: getattr(grant, name) for name in names}
