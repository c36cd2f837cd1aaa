"""Who opens a stream: by session token, or by a ticket where no header can be sent."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core import signing
from django.utils import timezone
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts.api.authentication import (
    Credential,
    SessionTokenAuthentication,
    look_up_sessions,
)
from accounts.models import Session, User
from core.area import current_schema

LIFETIME = timedelta(minutes=1)


@dataclass(frozen=True)
class Ticket:
    """Names a session (not its token) and is good in its own area alone."""

    ticket: str
    expires_at: datetime


def issue_ticket(session: Session) -> Ticket:
    expires_at = timezone.now() + LIFETIME
    return Ticket(ticket=signing.dumps(str(session.pk), salt=_salt()), expires_at=expires_at)


class TicketAuthentication(BaseAuthentication):
    """`?ticket=`: signed for this area, a minute old at most, its session still signed in."""

    def authenticate(self, request: Request) -> tuple[User, Credential] | None:
        ticket = request.query_params.get("ticket")
        if not ticket:
            return None
        found = look_up_sessions([_session_id(ticket)])
        if not found:
            raise AuthenticationFailed
        request._request.actor_id = str(found[0].user.pk)  # type: ignore[attr-defined]  # for the log
        return found[0].user, found[0]

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


AUTHENTICATION: list[type[Any]] = [SessionTokenAuthentication, TicketAuthentication]


def _session_id(ticket: str) -> UUID:
    try:
        return UUID(signing.loads(ticket, salt=_salt(), max_age=LIFETIME))
    except signing.BadSignature:
        raise AuthenticationFailed from None


def _salt() -> str:
    return f"events.ticket.{current_schema()}"
