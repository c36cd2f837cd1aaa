"""`Authorization: Bearer <session token>`: who is asking, with the roles that hold today."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.utils import timezone
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts.models import RoleGrant, Session, User
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
        session = signed_in_sessions().filter(session_key=digest(token.strip())).first()
        if session is None or session.user is None:
            raise AuthenticationFailed
        request._request.actor_id = str(session.user_id)  # type: ignore[attr-defined]  # for the log
        return session.user, Credential(session=session, actor=actor_of(session))

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


def signed_in_sessions() -> QuerySet[Session]:
    """Sessions that still hold, each with its user and `grants` (those valid today)."""
    today = timezone.localdate()
    grants = (
        RoleGrant.objects.filter(user=OuterRef("user_id"), valid_from__lte=today)
        .filter(Q(valid_until__isnull=True) | Q(valid_until__gte=today))
        .values(grant=JSONObject(role="role", scope="scope", scope_id="scope_id"))
    )
    return (
        Session.objects.filter(expire_date__gt=timezone.now(), user__is_active=True)
        .select_related("user")
        .defer("session_data", "user__password")
        .annotate(grants=ArraySubquery(grants))
    )


def actor_of(session: Session) -> Actor:
    """The actor behind a session from `signed_in_sessions`."""
    grants = (
        Grant(each["role"], each["scope"], UUID(each["scope_id"]) if each["scope_id"] else None)
        for each in session.grants  # type: ignore[attr-defined]
    )
    return Actor(kind=ActorKind.USER, id=session.user_id, grants=tuple(grants))
