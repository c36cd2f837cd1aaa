"""`Authorization: Bearer <panel credential>`: a personal link's bearer, on `/panel` only."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.request import Request

from consensus.credentials import link_of
from consensus.models import Panelist
from consensus.queries.panel import link_with_panelist
from core.actor import Actor, ActorKind
from core.api.throttling import RateLimit


@dataclass(frozen=True)
class PanelCredential:
    """What DRF keeps as `request.auth`: the person whom the link was sent to, with the study."""

    panelist: Panelist
    actor: Actor


class PanelAuthentication(BaseAuthentication):
    """The signature, then one query: a link that was ended or has expired opens nothing."""

    def authenticate(self, request: Request) -> tuple[None, PanelCredential] | None:
        scheme, _, token = get_authorization_header(request).decode("latin-1").partition(" ")
        link_id = link_of(token.strip()) if scheme.lower() == "bearer" else None
        link = link_with_panelist(link_id) if link_id else None
        if link is None or link.expires_at <= timezone.now():
            return None
        # The log learns nothing of who this is: a line must not tie an answer to a name.
        actor = Actor(kind=ActorKind.LINK, id=link.panelist_id)
        return None, PanelCredential(panelist=link.panelist, actor=actor)

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class PanelCredentialScheme(OpenApiAuthenticationExtension):
    target_class = "consensus.api.panel_authentication.PanelAuthentication"
    name = "panelCredential"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "What POST /panel/exchange gives for a personal link; for /panel only.",
        }


class PanelRateLimit(RateLimit):
    """A panel often answers from one office: each link has a limit of its own."""

    def keys(self, request: Request) -> list[tuple[str, int]]:
        credential: Any = request.auth
        if credential is None:
            return super().keys(request)
        return [
            (f"panel:{credential.panelist.pk}", settings.RATE_LIMITS["person"]),
            ("area", settings.RATE_LIMITS["area"]),
        ]
