"""`/meetings`, their agenda and attendance."""

from functools import cached_property
from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access import is_signed_in, require
from core.api.routing import ApiRouter
from core.api.views import ApiViewSet, ListMixin, RetrieveMixin
from core.lookups import named
from pd_activities.actions import meetings as actions
from pd_activities.api.meeting_serializers import (
    ActionItemSerializer,
    AdoptMinutesSerializer,
    AgendaItemSerializer,
    AttendanceSerializer,
    CallMeetingSerializer,
    ChangeAgendaItemSerializer,
    ChangeMeetingSerializer,
    MeetingSerializer,
    NoticeSerializer,
    RecordAttendanceSerializer,
)
from pd_activities.errors.committees import (
    AgendaItemInUseError,
    MeetingStatusError,
    MeetingYearError,
    MotionsOpenError,
    NoQuorumError,
)
from pd_activities.models import AgendaItem, Meeting
from pd_activities.queries.committees import (
    agenda_items_visible_to,
    carried_items,
    committees_visible_to,
    meetings_visible_to,
    quorum_of,
)
from pd_activities.rules import committees as rules


class MeetingFilter(django_filters.FilterSet):
    committee = django_filters.UUIDFilter(field_name="committee_id")

    class Meta:
        model = Meeting
        fields: ClassVar[list[str]] = ["status"]


class MeetingViewSet(ListMixin, RetrieveMixin, ApiViewSet[Meeting]):
    resource = "meetings"
    queryset = Meeting.objects.none()
    serializer_class = MeetingSerializer
    filterset_class = MeetingFilter
    ordering = ("-held_at", "-id")
    rules = {
        "list": is_signed_in,
        "retrieve": is_signed_in,
        "attendance": is_signed_in,
        "carried_items": is_signed_in,
        **dict.fromkeys(
            [
                "create",
                "partial_update",
                "notice",
                "open",
                "close",
                "record_attendance",
                "adopt_minutes",
            ],
            rules.may_run_committee,
        ),
    }
    problems = {
        "partial_update": [MeetingStatusError, MeetingYearError],
        "notice": [MeetingStatusError],
        "open": [MeetingStatusError],
        "close": [MeetingStatusError, MotionsOpenError],
        "record_attendance": [MeetingStatusError],
        "adopt_minutes": [MeetingStatusError, NoQuorumError],
    }

    def get_queryset(self) -> QuerySet[Meeting]:
        return meetings_visible_to(self.actor)

    @extend_schema(summary="Call a committee's next meeting", request=CallMeetingSerializer)
    def create(self, request: Request, **_: Any) -> Response:
        given = self.validated(CallMeetingSerializer)
        committee = named(committees_visible_to(self.actor), given.pop("committee"), "/committee")
        require(rules.may_run_committee, self.actor, committee)
        meeting = actions.call_meeting(committee, **given, actor=self.actor)
        return self.answer(meeting, status=201)

    @extend_schema(
        summary="Move a called meeting, or write the minutes", request=ChangeMeetingSerializer
    )
    def partial_update(self, request: Request, **_: Any) -> Response:
        meeting = self.get_object()
        changes = self.validated(ChangeMeetingSerializer)
        return self.answer(actions.update_meeting(meeting, changes, actor=self.actor))

    @extend_schema(summary="Note that the notice went out", request=NoticeSerializer)
    @action(detail=True, methods=["post"])
    def notice(self, request: Request, **_: Any) -> Response:
        meeting = self.get_object()
        given = self.validated(NoticeSerializer)
        return self.answer(actions.record_notice(meeting, **given, actor=self.actor))

    @extend_schema(summary="Open the meeting", request=None)
    @action(detail=True, methods=["post"])
    def open(self, request: Request, **_: Any) -> Response:
        return self.answer(actions.open_meeting(self.get_object(), actor=self.actor))

    @extend_schema(summary="Close the meeting", request=None)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, **_: Any) -> Response:
        return self.answer(actions.close_meeting(self.get_object(), actor=self.actor))

    @extend_schema(summary="Who is there, and the quorum", responses=AttendanceSerializer)
    @action(detail=True, methods=["get"])
    def attendance(self, request: Request, **_: Any) -> Response:
        return self._attendance_of(self.get_object())

    @extend_schema(
        summary="Record who is there, all seats at once",
        request=RecordAttendanceSerializer,
        responses=AttendanceSerializer,
    )
    @attendance.mapping.put
    def record_attendance(self, request: Request, **_: Any) -> Response:
        meeting = self.get_object()
        entries = self.validated(RecordAttendanceSerializer)["entries"]
        return self._attendance_of(actions.record_attendance(meeting, entries, actor=self.actor))

    @extend_schema(summary="Adopt its minutes at a later meeting", request=AdoptMinutesSerializer)
    @action(detail=True, methods=["post"], url_path="adopt-minutes")
    def adopt_minutes(self, request: Request, **_: Any) -> Response:
        meeting = self.get_object()
        given = self.validated(AdoptMinutesSerializer)
        return self.answer(actions.adopt_minutes(meeting, **given, actor=self.actor))

    @extend_schema(
        summary="Action items that earlier meetings left open",
        responses=ActionItemSerializer(many=True),
        filters=False,
    )
    @action(detail=True, url_path="carried-items", pagination_class=None, filter_backends=[])
    def carried_items(self, request: Request, **_: Any) -> Response:
        items = carried_items(self.get_object())
        return Response(ActionItemSerializer(items, many=True).data)

    def _attendance_of(self, meeting: Meeting) -> Response:
        shown = {
            "meeting": meeting.pk,
            "version": meeting.version,
            "entries": meeting.attendances.select_related("seat").order_by("seat_id"),
            "quorum": quorum_of(meeting),
        }
        response = Response(AttendanceSerializer(shown).data)
        response["ETag"] = f'"{meeting.version}"'
        return response


class AgendaItemViewSet(ListMixin, RetrieveMixin, ApiViewSet[AgendaItem]):
    resource = "agenda_items"
    queryset = AgendaItem.objects.none()
    serializer_class = AgendaItemSerializer
    ordering = ("place", "id")
    rules = {
        "list": is_signed_in,
        "retrieve": is_signed_in,
        **dict.fromkeys(["create", "partial_update", "destroy"], rules.may_run_committee),
    }
    problems = {
        "create": [MeetingStatusError],
        "partial_update": [MeetingStatusError, AgendaItemInUseError],
        "destroy": [MeetingStatusError, AgendaItemInUseError],
    }

    @cached_property
    def meeting(self) -> Meeting:
        found: Meeting = get_object_or_404(
            meetings_visible_to(self.actor), pk=self.kwargs["meeting_id"]
        )
        return found

    def check_right(self) -> None:
        require(rules.may_run_committee, self.actor, self.meeting)

    def get_queryset(self) -> QuerySet[AgendaItem]:
        return agenda_items_visible_to(self.actor).filter(meeting=self.meeting)

    @extend_schema(summary="Put an item on the agenda")
    def create(self, request: Request, **_: Any) -> Response:
        self.check_right()
        item = actions.add_agenda_item(self.meeting, **self.validated(), actor=self.actor)
        return self.answer(item, status=201)

    @extend_schema(summary="Correct an agenda item", request=ChangeAgendaItemSerializer)
    def partial_update(self, request: Request, **_: Any) -> Response:
        item = self.get_object()
        changes = self.validated(ChangeAgendaItemSerializer)
        return self.answer(actions.update_agenda_item(item, changes, actor=self.actor))

    @extend_schema(summary="Take an item off the agenda")
    def destroy(self, request: Request, **_: Any) -> Response:
        actions.remove_agenda_item(self.get_object(), actor=self.actor)
        return Response(status=204)


def register(api: ApiRouter) -> None:
    api.add("meetings", MeetingViewSet)
    api.add("meetings/<uuid:meeting_id>/agenda-items", AgendaItemViewSet)
