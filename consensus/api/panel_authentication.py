"""`Authorization: Bearer <panel credential>`: a personal link's bearer, or a recorder who enters
for one person, on `/panel` only."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.request import Request

from consensus.credentials import Entry, entry_of, link_of
from consensus.models import Panelist
from consensus.queries.panel import link_with_panelist
from consensus.queries.recordings import panelist_entered_for, unseen
from core.actor import Actor, ActorKind
from core.api.throttling import RateLimit


@dataclass(frozen=True)
class PanelCredential:
    """What DRF keeps as `request.auth`: whose page it is, with the study, and who is at it."""

    panelist: Panelist
    actor: Actor
    entry: Entry | None = None  # of a recorder

    @property
    def reader(self) -> Panelist:
        """The person as whoever is at the page may read of them."""
        return unseen(self.panelist) if self.entry else self.panelist

    @property
    def doer(self) -> Actor:
        """Whom the journal names: a recorder by their account."""
        if self.entry is None:
            return self.actor
        return Actor(kind=ActorKind.USER, id=self.entry.recorder)


class PanelAuthentication(BaseAuthentication):
    """The signature, then one query: a link that was ended or has expired opens nothing.

    A recorder's credential (four) ends with its round, and with the right to record.
    """

    def authenticate(self, request: Request) -> tuple[None, PanelCredential] | None:
        scheme, _, token = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != "bearer":
            return None
        credential = _by_link(token.strip()) or _by_recorder(token.strip())
        return None if credential is None else (None, credential)

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


def _by_link(token: str) -> PanelCredential | None:
    link_id = link_of(token)
    link = link_with_panelist(link_id) if link_id else None
    if link is None or link.expires_at <= timezone.now():
        return None
    return PanelCredential(link.panelist, _at_page(link.panelist_id))


def _by_recorder(token: str) -> PanelCredential | None:
    entry = entry_of(token)
    panelist = panelist_entered_for(entry) if entry else None
    if panelist is None:
        return None
    return PanelCredential(panelist, _at_page(panelist.pk), entry)


def _at_page(panelist_id: UUID) -> Actor:
    # The log learns nothing of who this is: a line must not tie an answer to a name.
    return Actor(kind=ActorKind.LINK, id=panelist_id)


class PanelCredentialScheme(OpenApiAuthenticationExtension):
    target_class = "consensus.api.panel_authentication.PanelAuthentication"
    name = "panelCredential"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "What POST /panel/exchange gives for a personal link, or "
            "POST /recordings/{id}/start to a recorder; for /panel only.",
        }


class PanelRateLimit(RateLimit):
    """A panel often answers from one office: each person has a limit of their own."""

    def keys(self, request: Request) -> list[tuple[str, int]]:
        credential: Any = request.auth
        if credential is None:
            return super().keys(request)
        return [
            (f"panel:{credential.panelist.pk}", settings.RATE_LIMITS["person"]),
            ("area", settings.RATE_LIMITS["area"]),
        ]
