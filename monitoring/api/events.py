"""`/events`: tickets for the live stream, and the stream as far as it goes without holding on."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Session
from core.access import is_signed_in
from core.api.renderers import JSONRenderer
from core.api.serializers import DateTimeField, Serializer
from core.api.views import ApiViewSet
from monitoring.streams.answers import HEADERS
from monitoring.streams.entries import entries_after, greeting, heartbeat
from monitoring.streams.hearing import hearing_of
from monitoring.streams.opening import start_of
from monitoring.streams.tickets import AUTHENTICATION, issue_ticket

EVENTS = "text/event-stream"
_RETRY = 3_000  # milliseconds

_NUMBER: dict[str, Any] = {
    "type": {"type": "integer", "minimum": 0, "maximum": 10**18 - 1},
    "description": "Go on after this number: the id of the last event that was received.",
}
_EXAMPLE = OpenApiExample(
    "One event",
    """retry: 3000
id: 4711

id: 4712
event: clusters.school.created
data: {"number":4712,"verb":"clusters.school.created","subject_kind":"school",\
"subject_id":"01936f2e-7c1a-7d6e-9b5f-3f2a1c0d4e5b",\
"school_id":"01936f2e-7c1a-7d6e-9b5f-3f2a1c0d4e5b","cluster_id":null,\
"fields":["name_th"],"at":"2026-11-21T02:00:00Z"}

""",
    media_type=EVENTS,
    response_only=True,
)


class TicketSerializer(Serializer):
    ticket = serializers.CharField(read_only=True)
    expires_at = DateTimeField(read_only=True)


class EventStreamRenderer(JSONRenderer):
    """Events are bytes already; a problem is JSON, whatever was asked for."""

    media_type = EVENTS
    format = "events"

    def render(self, data: Any, *args: Any, **kwargs: Any) -> bytes:
        return data if isinstance(data, bytes) else super().render(data, *args, **kwargs)


class EventViewSet(ApiViewSet[Session]):
    resource = "events"
    queryset = Session.objects.none()
    serializer_class = TicketSerializer
    filter_backends = []
    pagination_class = None
    query_parameters = frozenset({"last_event_id", "ticket"})
    idempotent = False  # a ticket is a secret
    rules = {"ticket": is_signed_in, "stream": is_signed_in}

    @extend_schema(
        summary="Get a ticket for the live stream", request=None, responses={201: TicketSerializer}
    )
    @action(detail=False, methods=["post"], url_path="tickets")
    def ticket(self, request: Request, **_: Any) -> Response:
        """Good for one minute, in this area, for as long as the session holds."""
        return self.answer(issue_ticket(request.auth.session), status=201)  # type: ignore[union-attr]

    @extend_schema(
        summary="Follow what happens in the area",
        responses={(200, EVENTS): OpenApiTypes.STR},
        examples=[_EXAMPLE],
        parameters=[
            OpenApiParameter("Last-Event-ID", location="header", **_NUMBER),
            OpenApiParameter("last_event_id", location="query", **_NUMBER),
        ],
    )
    @action(
        detail=False,
        methods=["get"],
        authentication_classes=AUTHENTICATION,
        renderer_classes=[EventStreamRenderer],
    )
    def stream(self, request: Request, **_: Any) -> Response:
        """Server-sent events, one for each entry of the area's journal that you may know of.

        `event` is the verb, `id` the entry's number, `data` a JSON object with `number`, `verb`,
        `subject_kind`, `subject_id`, `school_id`, `cluster_id`, `fields` (names of what changed)
        and `at`. Read the content by the ordinary addresses. Roles for the whole area hear all;
        others hear what concerns their schools and clusters, and what they did themselves.

        Without a number it begins with what happens next. An event `reset` says that what was
        missed is not told (more than 10,000 entries): read afresh. A comment comes every 15
        seconds. The answer may end at any time; come back with the last id. A browser's
        EventSource does so by itself while its ticket is good; after that, get a new ticket and
        give `last_event_id`. The stream servers hold the connection open; any other server of the
        area answers with what there is and ends.
        """
        start = start_of(request._request)
        hearing = hearing_of(self.actor)
        entries = entries_after(start.number)
        told = [entry.frame for entry in entries if hearing.covers(entry)]
        reached = entries[-1].number if entries else start.number
        first = greeting(start.number, retry=_RETRY, is_reset=start.is_reset)
        return Response(b"".join([first, *told, heartbeat(reached)]), headers=HEADERS)


class EventTicketScheme(OpenApiAuthenticationExtension):
    target_class = "monitoring.streams.tickets.TicketAuthentication"
    name = "eventTicket"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {
            "type": "apiKey",
            "in": "query",
            "name": "ticket",
            "description": "From `POST /api/v1/events/tickets`, where no header can be sent.",
        }
