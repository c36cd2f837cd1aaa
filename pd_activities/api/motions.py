"""`/motions`, `/resolutions` and `/action-items` of committees."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.access import is_signed_in, require
from core.actor import Actor
from core.api.routing import ApiRouter
from core.api.views import ApiViewSet, ListMixin, RetrieveMixin
from core.lookups import named
from pd_activities.actions import motions as actions
from pd_activities.api.meeting_serializers import (
    ActionItemSerializer,
    AddActionItemSerializer,
    CastingVoteSerializer,
    CastVoteSerializer,
    HandsSerializer,
    MotionSerializer,
    ProposeMotionSerializer,
    ResolutionSerializer,
    VoteSerializer,
)
from pd_activities.api.visit_serializers import OutcomeSerializer
from pd_activities.errors.committees import (
    ActionItemDoneError,
    AgendaItemResolvedError,
    AlreadyVotedError,
    MeetingStatusError,
    MotionStatusError,
    NoQuorumError,
    NotPresentError,
    TooManyHandsError,
    VoteIsPersonalError,
)
from pd_activities.models import ActionItem, AgendaItem, Motion
from pd_activities.queries.committees import (
    action_items_visible_to,
    agenda_items_visible_to,
    motions_visible_to,
    resolutions_visible_to,
    votes_shown,
)
from pd_activities.rules import committees as rules


def _agenda_item_of(given: dict[str, Any], actor: Actor) -> AgendaItem:
    """What a new motion or action item belongs to, named in the body."""
    item = named(agenda_items_visible_to(actor), given.pop("agenda_item"), "/agenda_item")
    require(rules.may_run_committee, actor, item)
    return item


class MotionFilter(django_filters.FilterSet):
    meeting = django_filters.UUIDFilter(field_name="agenda_item__meeting_id")
    agenda_item = django_filters.UUIDFilter(field_name="agenda_item_id")

    class Meta:
        model = Motion
        fields: ClassVar[list[str]] = ["status"]


class MotionViewSet(ListMixin, RetrieveMixin, ApiViewSet[Motion]):
    resource = "motions"
    queryset = Motion.objects.none()
    serializer_class = MotionSerializer
    filterset_class = MotionFilter
    rules = {
        "list": is_signed_in,
        "retrieve": is_signed_in,
        "vote": rules.may_vote,
        "casting_vote": rules.may_break_tie,
        **dict.fromkeys(
            ["create", "open", "hands", "votes", "close", "withdraw"], rules.may_run_committee
        ),
    }
    problems = {
        "create": [MeetingStatusError, AgendaItemResolvedError],
        "open": [MeetingStatusError, MotionStatusError, AgendaItemResolvedError, NoQuorumError],
        "vote": [
            MeetingStatusError,
            MotionStatusError,
            AlreadyVotedError,
            NotPresentError,
            VoteIsPersonalError,
            TooManyHandsError,
        ],
        "hands": [MotionStatusError, TooManyHandsError],
        "close": [MotionStatusError, NoQuorumError, TooManyHandsError],
        "casting_vote": [MotionStatusError, NotPresentError, VoteIsPersonalError],
        "withdraw": [MeetingStatusError, MotionStatusError],
    }

    def get_queryset(self) -> QuerySet[Motion]:
        return motions_visible_to(self.actor)

    @extend_schema(summary="Put a motion", request=ProposeMotionSerializer)
    def create(self, request: Request, **_: Any) -> Response:
        given = self.validated(ProposeMotionSerializer)
        item = _agenda_item_of(given, self.actor)
        return self.answer(actions.propose_motion(item, **given, actor=self.actor), status=201)

    @extend_schema(summary="Open the vote", request=None)
    @action(detail=True, methods=["post"])
    def open(self, request: Request, **_: Any) -> Response:
        return self.answer(actions.open_motion(self.get_object(), actor=self.actor))

    @extend_schema(
        summary="Vote, or declare a conflict of interest; once a seat", request=CastVoteSerializer
    )
    @action(detail=True, methods=["post"])
    def vote(self, request: Request, **_: Any) -> Response:
        motion = self.get_object()
        given = self.validated(CastVoteSerializer)
        return self.answer(actions.cast_vote(motion, **given, actor=self.actor))

    @extend_schema(
        summary="Record the raised hands of members without an account", request=HandsSerializer
    )
    @action(detail=True, methods=["post"])
    def hands(self, request: Request, **_: Any) -> Response:
        motion = self.get_object()
        given = self.validated(HandsSerializer)
        return self.answer(actions.record_hands(motion, **given, actor=self.actor))

    @extend_schema(
        summary="Which seats have voted; how, once the vote is closed",
        responses=VoteSerializer(many=True),
        filters=False,
    )
    @action(detail=True, pagination_class=None, filter_backends=[])
    def votes(self, request: Request, **_: Any) -> Response:
        return Response(VoteSerializer(votes_shown(self.get_object()), many=True).data)

    @extend_schema(summary="Close the vote and count it", request=None)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, **_: Any) -> Response:
        return self.answer(actions.close_motion(self.get_object(), actor=self.actor))

    @extend_schema(summary="The chair decides a tie", request=CastingVoteSerializer)
    @action(detail=True, methods=["post"], url_path="casting-vote")
    def casting_vote(self, request: Request, **_: Any) -> Response:
        motion = self.get_object()
        given = self.validated(CastingVoteSerializer)
        return self.answer(actions.break_tie(motion, **given, actor=self.actor))

    @extend_schema(summary="Withdraw an undecided motion", request=None)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, **_: Any) -> Response:
        return self.answer(actions.withdraw_motion(self.get_object(), actor=self.actor))


class ResolutionFilter(django_filters.FilterSet):
    committee = django_filters.UUIDFilter(field_name="agenda_item__meeting__committee_id")
    meeting = django_filters.UUIDFilter(field_name="agenda_item__meeting_id")

    class Meta:
        model = Motion
        fields: ClassVar[list[str]] = []


class ResolutionViewSet(ListMixin, RetrieveMixin, ApiViewSet[Motion]):
    resource = "resolutions"
    queryset = Motion.objects.none()
    serializer_class = ResolutionSerializer
    filterset_class = ResolutionFilter
    ordering = ("-decided_at", "-id")
    rules = {"list": is_signed_in, "retrieve": is_signed_in}

    def get_queryset(self) -> QuerySet[Motion]:
        return resolutions_visible_to(self.actor)


class ActionItemFilter(django_filters.FilterSet):
    committee = django_filters.UUIDFilter(field_name="agenda_item__meeting__committee_id")
    due_until = django_filters.DateFilter(field_name="due_on", lookup_expr="lte")

    class Meta:
        model = ActionItem
        fields: ClassVar[list[str]] = ["status"]


class ActionItemViewSet(ListMixin, RetrieveMixin, ApiViewSet[ActionItem]):
    resource = "action_items"
    queryset = ActionItem.objects.none()
    serializer_class = ActionItemSerializer
    filterset_class = ActionItemFilter
    ordering = ("due_on", "id")
    rules = {
        "list": is_signed_in,
        "retrieve": is_signed_in,
        "create": rules.may_run_committee,
        "close": rules.may_run_committee,
    }
    problems = {"create": [MeetingStatusError], "close": [ActionItemDoneError]}

    def get_queryset(self) -> QuerySet[ActionItem]:
        return action_items_visible_to(self.actor)

    @extend_schema(summary="Note what someone owes", request=AddActionItemSerializer)
    def create(self, request: Request, **_: Any) -> Response:
        given = self.validated(AddActionItemSerializer)
        item = _agenda_item_of(given, self.actor)
        return self.answer(actions.add_action_item(item, **given, actor=self.actor), status=201)

    @extend_schema(summary="Close an action item with what came of it", request=OutcomeSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, **_: Any) -> Response:
        item = self.get_object()
        given = self.validated(OutcomeSerializer)
        return self.answer(actions.close_action_item(item, **given, actor=self.actor))


def register(api: ApiRouter) -> None:
    api.add("motions", MotionViewSet)
    api.add("resolutions", ResolutionViewSet)
    api.add("action-items", ActionItemViewSet)
