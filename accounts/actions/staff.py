"""Accounts in bulk, for staff that a room above has imported."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.actions.grants import check_role
from accounts.enums import Role, Scope
from accounts.models import RoleGrant, User
from accounts.queries import codes_without_account
from accounts.scopes import unknown_ids
from core.actor import Actor
from core.errors import invalid
from core.journal import actions as journal
from core.journal.actions import Event
from core.quotas import Quota, take


class StaffRow(NamedTuple):
    staff_code: str
    display_name: str
    role: str
    scope: str
    scope_id: UUID | None = None


_Held = tuple[UUID, str, str, UUID | None]


@transaction.atomic
def create_staff_accounts(rows: Sequence[StaffRow], *, actor: Actor) -> list[User]:
    """An account without a password, and its role, for each row; the users, in the rows' order.

    A staff code that has an account keeps it, and gets the role if it does not hold it. So a
    repeated import changes nothing. Raises InvalidInputError for the first row with a role or a
    scope that does not exist, QuotaExceededError.
    """
    rows = [StaffRow(*row) for row in rows]
    _check(rows)
    users, new_ids = _users_of(rows)
    found = [users[row.staff_code.lower()] for row in rows]
    grants = _grant_missing(zip(found, rows, strict=True))
    made = (user for user in users.values() if user.pk in new_ids)
    journal.record_many(
        [
            *(Event("accounts.user.created", user) for user in made),
            *(Event("accounts.role.granted", grant, changes=_told(grant)) for grant in grants),
        ],
        actor=actor,
    )
    return found


def _check(rows: Iterable[StaffRow]) -> None:
    by_kind: dict[tuple[str, str], set[UUID | None]] = {}
    for row in rows:
        by_kind.setdefault((row.role, row.scope), set()).add(row.scope_id)
    for (role, scope), ids in by_kind.items():
        check_role(role, scope, next(iter(ids)))
        named = {each for each in ids if each is not None}
        if (named and len(named) < len(ids)) or unknown_ids(Scope(scope), named):
            raise invalid("/scope_id", "unknown", "ไม่มีหน่วยงานนี้", "There is no such unit.")


def take_seats(codes: Iterable[str]) -> None:
    """Raise QuotaExceededError unless those of these staff codes who have no account may get one.

    For a caller who locks rows or writes the journal before the accounts are made: see `take`.
    """
    take(Quota.USERS, lambda: len(codes_without_account(codes)))


def _users_of(rows: Iterable[StaffRow]) -> tuple[dict[str, User], set[UUID]]:
    """The account of each staff code in lower case, and the ids of those made just now."""
    wanted = {row.staff_code.lower(): row for row in rows}
    take_seats(wanted)
    users = _by_code(wanted)
    missing = [
        User(username=row.staff_code, display_name=row.display_name, password=make_password(None))
        for code, row in wanted.items()
        if code not in users
    ]
    # Another import at the same time may have made some of them.
    User.objects.bulk_create(missing, ignore_conflicts=True)
    fresh = _by_code(each.username.lower() for each in missing if each.username)
    return users | fresh, {user.pk for user in missing} & {user.pk for user in fresh.values()}


def _by_code(codes: Iterable[str]) -> dict[str, User]:
    named = User.objects.alias(named=Lower("username")).filter(named__in=list(codes))
    return {str(user.username).lower(): user for user in named}


def _grant_missing(pairs: Iterable[tuple[User, StaffRow]]) -> list[RoleGrant]:
    wanted = {(user.pk, row.role, row.scope, row.scope_id): user for user, row in pairs}
    held = set(
        RoleGrant.objects.open()
        .filter(user__in={user_id for user_id, *_ in wanted})
        .values_list("user_id", "role", "scope", "scope_id")
    )
    today = timezone.localdate()
    return RoleGrant.objects.bulk_create(
        RoleGrant(user_id=user_id, role=role, scope=scope, scope_id=scope_id, valid_from=today)
        for user_id, role, scope, scope_id in wanted
        if (user_id, role, scope, scope_id) not in held
    )


def _told(grant: RoleGrant) -> dict[str, object]:
    return {"user_id": grant.user_id, "role": Role(grant.role), "scope_id": grant.scope_id}
