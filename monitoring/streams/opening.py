"""Opening a stream: who, in which area, and from which number on."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django_tenants.utils import schema_context
from rest_framework.request import Request

from core.api.problems import NotAuthenticatedError
from core.errors import invalid
from core.journal.actions import last_number
from monitoring.streams.hearing import Hearing, hearing_of
from monitoring.streams.tickets import AUTHENTICATION
from tenants.errors import UnknownAreaError
from tenants.routing import area_of

MOST_BEHIND = 10_000  # entries; whoever missed more reads afresh
_MOST_DIGITS = 18


@dataclass(frozen=True)
class Start:
    """Tell what came after `number`. `is_reset`: what was missed is not told, read afresh."""

    number: int
    newest: int
    is_reset: bool = False


@dataclass(frozen=True)
class Opening:
    schema_name: str
    session_id: UUID
    hearing: Hearing
    start: Start


def open_stream(request: HttpRequest) -> Opening:
    """Without middleware: find area, session and rights. Reads the database."""
    area = area_of(request)
    if area is None:
        raise UnknownAreaError
    with schema_context(area.schema_name):
        credential: Any = Request(request, authenticators=[each() for each in AUTHENTICATION]).auth
        if credential is None:
            raise NotAuthenticatedError
        return Opening(
            schema_name=area.schema_name,
            session_id=credential.session.pk,
            hearing=hearing_of(credential.actor),
            start=start_of(request),
        )


def start_of(request: HttpRequest) -> Start:
    """After the last number that the listener has; without one, after the newest entry."""
    # The header is newer than the address: a browser repeats the address when it reconnects.
    given = request.headers.get("Last-Event-ID") or request.GET.get("last_event_id")
    newest = last_number()
    if not given:
        return Start(newest, newest)
    if not (given.isascii() and given.isdigit() and len(given) <= _MOST_DIGITS):
        raise invalid(
            "/last_event_id", "malformed", "ต้องเป็นหมายเลขเหตุการณ์", "Must be an event's number."
        )
    number = int(given)
    # Beyond the newest: of a journal that has since been restored from a backup.
    if newest - MOST_BEHIND <= number <= newest:
        return Start(number, newest)
    return Start(newest, newest, is_reset=True)
