"""`/recordings`: for whom a recorder may enter answers, and coming in for one of them."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from consensus.actions.recorders import start_recording
from consensus.api.contact_serializers import (
    AwaitingRecorderSerializer,
    RecorderAccessSerializer,
    StartRecordingSerializer,
)
from consensus.errors import NothingAskedError, RoundNotOpenError
from consensus.models import Panelist
from consensus.queries.recordings import awaiting_recorder, recorded_by
from consensus.rules import may_record_answers
from core.api.views import ApiViewSet, ListMixin


class RecordingViewSet(ListMixin, ApiViewSet[Panelist]):
    resource = "recordings"
    queryset = Panelist.objects.none()
    serializer_class = AwaitingRecorderSerializer
    idempotent = False  # the answer holds a secret
    versioned = False
    withheld = frozenset({"start"})
    rules = {"list": may_record_answers, "start": may_record_answers}
    problems = {"start": [RoundNotOpenError, NothingAskedError]}

    def get_queryset(self) -> QuerySet[Panelist]:
        if self.action == "list":
            return awaiting_recorder(self.actor)
        return recorded_by(self.actor)

    @extend_schema(summary="For whom I may enter answers of an open round")
    def list(self, request: Request, **_: Any) -> Response:
        return super().list(request)

    @extend_schema(
        summary="Come in for a panelist, to enter what they answer",
        request=StartRecordingSerializer,
        responses={201: RecorderAccessSerializer},
    )
    @action(detail=True, methods=["post"])
    def start(self, request: Request, **_: Any) -> Response:
        """`id` is the panelist. The credential works on `/panel` as the person's own: consent is
        taken there (`/panel/accept`), answers are given there, and the same rules hold. It ends
        with the round, and shows no answers but those that all came through this recorder. Links
        that the person had from a letter end: whoever holds one must not read what is entered.
        """
        given = self.validated(StartRecordingSerializer)
        access = start_recording(self.get_object(), **given, actor=self.actor)
        return Response(RecorderAccessSerializer(access).data, status=201)
