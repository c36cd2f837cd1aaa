"""`Authorization: Bearer <session token>`: who is asking, with the roles that hold today."""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.utils import timezone
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts.models import Session, User
from accounts.queries import grants_holding
from accounts.tokens import digest
from core.actor import Actor, ActorKind, Grant


@dataclass(frozen=True)
class Credential:
    """What DRF keeps as `request.auth`."""

    user: User
    session: Session
    actor: Actor
    token: str = field(repr=False)


class SessionTokenAuthentication(BaseAuthentication):
    """One query: session, user and grants. Nothing is cached, so a revocation acts at once."""

    def authenticate(self, request: Request) -> tuple[User, Credential] | None:
        scheme, _, token = get_authorization_header(request).decode("latin-1").partition(" ")
        if not scheme:
            return None
        token = token.strip()
        if scheme.lower() != "bearer" or not token:
            raise AuthenticationFailed
        session = signed_in_sessions().filter(session_key=digest(token)).first()
        if session is None or session.user is None:
            raise AuthenticationFailed
        _note_visit(session)
        user, actor = session.user, actor_of(session)
        return user, Credential(user=user, session=session, actor=actor, token=token)

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


def credential_of(request: Request) -> Credential:
    """The credential of a request whose rule wants someone signed in."""
    credential: Credential = request.auth  # type: ignore[assignment]
    return credential


def signed_in_sessions() -> QuerySet[Session]:
    """Sessions that still hold, each with its user and `grants` (those valid today)."""
    grants = (
        grants_holding()
        .filter(user=OuterRef("user_id"))
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


def _note_visit(session: Session) -> None:
    """Once a day: seen today, and good for another while."""
    today = timezone.localdate()
    if session.last_seen_on < today:
        longer = timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE)
        Session.objects.filter(pk=session.pk).update(last_seen_on=today, expire_date=longer)
        session.last_seen_on, session.expire_date = today, longer
