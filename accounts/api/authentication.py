"""`Authorization: Bearer <session token>`: who is asking, with the roles that hold today."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils import timezone
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from accounts.enums import Role, Scope
from accounts.models import Session, User
from accounts.operator_access.actions import PREFIX, use_access
from accounts.tokens import digest
from core.actor import Actor, ActorKind, Grant
from core.area import current_schema
from core.errors import NotAllowedError
from tenants.postgresql.base import PUBLIC


@dataclass(frozen=True)
class Credential:
    """What DRF keeps as `request.auth`."""

    user: User
    session: Session
    actor: Actor
    token: str = field(default="", repr=False)


class SessionTokenAuthentication(BaseAuthentication):
    """One query: session, user and grants. Nothing is cached, so a revocation acts at once."""

    def authenticate(self, request: Request) -> tuple[User, Credential] | None:
        scheme, _, given = get_authorization_header(request).decode("latin-1").partition(" ")
        if not scheme:
            return None
        token = given.strip()
        if scheme.lower() != "bearer" or not token:
            raise AuthenticationFailed
        is_operators = token.startswith(PREFIX)
        found = look_up_operator(token) if is_operators else look_up(token)
        if found is None:
            raise AuthenticationFailed
        if not is_operators:
            _note_visit(found.session)
        elif request.method not in SAFE_METHODS:
            raise NotAllowedError
        request._request.actor_id = str(found.user.pk)  # type: ignore[attr-defined]  # for the log
        return found.user, found

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


def credential_of(request: Request) -> Credential:
    """The credential of a request whose rule wants someone signed in."""
    return cast("Credential", request.auth)


_LOOK_UP = """
SELECT s.id, s.session_key, s.expire_date, s.last_seen_on, u.id, u.version, u.username, u.email,
       u.display_name, u.language, array(
           SELECT ARRAY[g.role, g.scope, g.scope_id::text] FROM accounts_rolegrant g
           WHERE g.user_id = u.id AND g.valid_from <= %(today)s
             AND (g.valid_until IS NULL OR g.valid_until >= %(today)s)
           ORDER BY g.id
       )
FROM accounts_session s JOIN accounts_user u ON u.id = s.user_id
WHERE s.expire_date > %(now)s AND u.is_active AND """
_SESSION_COLUMNS = ["id", "session_key", "expire_date", "last_seen_on"]
_USER_COLUMNS = ["id", "version", "username", "email", "display_name", "language"]


def look_up(token: str) -> Credential | None:
    """Who holds this session token here and now; None if nobody does.

    Plain SQL, since every request pays for it: the same look-up costs five times as much when the
    ORM builds it.
    """
    found = _credentials("s.session_key = %(which)s", digest(token), token=token)
    return found[0] if found else None


def look_up_operator(token: str) -> Credential | None:
    """An operator of the platform who looks into this area: reads as its administrator does.

    Neither an account nor a session stands behind it: nothing here is theirs.
    """
    access = use_access(token) if current_schema() != PUBLIC else None
    if access is None:
        return None
    reading = (Grant(Role.AREA_ADMIN, Scope.AREA),)
    return Credential(
        user=User(id=access.pk, display_name=access.operator_name),
        session=Session(id=access.pk),
        actor=Actor(kind=ActorKind.OPERATOR, id=access.operator_id, grants=reading),
        token=token,
    )


def look_up_sessions(session_ids: Iterable[UUID]) -> list[Credential]:
    """Those of these sessions that still hold, without their tokens."""
    return _credentials("s.id = ANY(%(which)s)", list(session_ids))


def _credentials(condition: str, which: str | list[UUID], *, token: str = "") -> list[Credential]:
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(
            _LOOK_UP + condition, {"which": which, "now": now, "today": timezone.localdate(now)}
        )
        return [_credential(row, token) for row in cursor.fetchall()]


def _credential(row: tuple[Any, ...], token: str) -> Credential:
    split = len(_SESSION_COLUMNS)
    user = User.from_db("default", _USER_COLUMNS, row[split:-1])
    session = Session.from_db("default", _SESSION_COLUMNS, row[:split])
    held = tuple(
        Grant(role, scope, UUID(scope_id) if scope_id else None)
        for role, scope, scope_id in row[-1]
    )
    actor = Actor(kind=ActorKind.USER, id=user.pk, grants=held)
    return Credential(user=user, session=session, actor=actor, token=token)


def _note_visit(session: Session) -> None:
    """Once a day: seen today, and good for another while."""
    today = timezone.localdate()
    if session.last_seen_on < today:
        longer = timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE)
        Session.objects.filter(pk=session.pk).update(last_seen_on=today, expire_date=longer)
