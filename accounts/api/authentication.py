"""`Authorization: Bearer <session token>`: who is asking, with the roles that hold today."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.utils import timezone
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts.models import Session, User
from accounts.sessions import digest
from core.actor import Actor, ActorKind, Grant


@dataclass(frozen=True)
class Credential:
    """What DRF keeps as `request.auth`."""

    session: Session
    actor: Actor


class SessionTokenAuthentication(BaseAuthentication):
    """One query: session, user and grants. Nothing is cached, so a revocation acts at once."""

    def authenticate(self, request: Request) -> tuple[User, Credential] | None:
        scheme, _, token = get_authorization_header(request).decode("latin-1").partition(" ")
        if not scheme:
            return None
        if scheme.lower() != "bearer" or not token:
            raise AuthenticationFailed
        found = credential_of(token.strip())
        if found is None:
            raise AuthenticationFailed
        request._request.actor_id = str(found[0].pk)  # type: ignore[attr-defined]  # for the log
        return found

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


_LOOK_UP = """
SELECT s.session_key, s.expire_date, u.id, u.version, u.username, u.email, u.display_name,
       u.language, array(
           SELECT ARRAY[g.role, g.scope, g.scope_id::text] FROM accounts_rolegrant g
           WHERE g.user_id = u.id AND g.valid_from <= %(today)s
             AND (g.valid_until IS NULL OR g.valid_until >= %(today)s)
           ORDER BY g.id
       )
FROM accounts_session s JOIN accounts_user u ON u.id = s.user_id
WHERE s.session_key = %(key)s AND s.expire_date > %(now)s AND u.is_active
"""


def credential_of(token: str) -> tuple[User, Credential] | None:
    """Who holds this session token here and now; None if nobody does.

    Plain SQL, since every request pays for it: the same look-up costs five times as much when the
    ORM builds it.
    """
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(
            _LOOK_UP, {"key": digest(token), "now": now, "today": timezone.localdate(now)}
        )
        row = cursor.fetchone()
    if row is None:
        return None
    key, expire_date, *columns, grants = row
    user = User.from_db("default", _USER_COLUMNS, columns)
    session = Session(session_key=key, expire_date=expire_date, user=user)
    held = tuple(
        Grant(role, scope, UUID(scope_id) if scope_id else None) for role, scope, scope_id in grants
    )
    actor = Actor(kind=ActorKind.USER, id=user.pk, grants=held)
    return user, Credential(session=session, actor=actor)


_USER_COLUMNS = ["id", "version", "username", "email", "display_name", "language"]
