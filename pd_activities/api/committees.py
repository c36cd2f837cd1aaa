"""`/committee-rules`, `/committees` and their seats."""

from datetime import date
from functools import cached_property
from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access import is_signed_in, require
from core.api.routing import ApiRouter
from core.api.views import ApiViewSet, ListMixin, RetrieveMixin
from pd_activities.actions import committees as actions
from pd_activities.api.committee_serializers import (
    ChangeCommitteeRuleSerializer,
    ChangeCommitteeSerializer,
    ChangeSeatSerializer,
    CommitteeRuleSerializer,
    CommitteeSerializer,
    CompositionReportSerializer,
    FillSeatSerializer,
    FoundCommitteeSerializer,
    SeatSerializer,
)
from pd_activities.calculations.composition import gaps
from pd_activities.errors.committees import NoCommitteeRuleError
from pd_activities.models import Committee, CommitteeRule, Seat
from pd_activities.queries.committees import (
    committee_rules,
    committees_visible_to,
    in_term,
    seats_visible_to,
)
from pd_activities.rules import committees as rules


class CommitteeRuleViewSet(ListMixin, RetrieveMixin, ApiViewSet[CommitteeRule]):
    resource = "committee_rules"
    queryset = CommitteeRule.objects.none()
    serializer_class = CommitteeRuleSerializer
    rules = {
        "list": is_signed_in,
        "retrieve": is_signed_in,
        "create": rules.may_manage_committee_rules,
        "partial_update": rules.may_manage_committee_rules,
    }

    def get_queryset(self) -> QuerySet[CommitteeRule]:
        return committee_rules()

    @extend_schema(summary="Add a dated rule for new committees")
    def create(self, request: Request, **_: Any) -> Response:
        made = actions.add_committee_rule(**self.validated(), actor=self.actor)
        return self.answer(made, status=201)

    @extend_schema(
        summary="Change a rule for new committees", request=ChangeCommitteeRuleSerializer
    )
    def partial_update(self, request: Request, **_: Any) -> Response:
        rule = self.get_object()
        changes = self.validated(ChangeCommitteeRuleSerializer)
        return self.answer(actions.update_committee_rule(rule, changes, actor=self.actor))


class CommitteeFilter(django_filters.FilterSet):
    cluster = django_filters.UUIDFilter(field_name="cluster_id")
    school = django_filters.UUIDFilter(field_name="school_id")

    class Meta:
        model = Committee
        fields: ClassVar[list[str]] = ["kind"]


class CommitteeViewSet(ListMixin, RetrieveMixin, ApiViewSet[Committee]):
    resource = "committees"
    queryset = Committee.objects.none()
    serializer_class = CommitteeSerializer
    filterset_class = CommitteeFilter
    ordering = ("sort_key", "id")
    rules = {
        "list": is_signed_in,
        "retrieve": is_signed_in,
        "composition": is_signed_in,
        "create": rules.may_found_committee,
        "partial_update": rules.may_run_committee,
    }
    problems = {"create": [NoCommitteeRuleError]}

    def get_queryset(self) -> QuerySet[Committee]:
        return committees_visible_to(self.actor)

    @extend_schema(summary="Found a committee", request=FoundCommitteeSerializer)
    def create(self, request: Request, **_: Any) -> Response:
        given = self.validated(FoundCommitteeSerializer)
        return self.answer(actions.found_committee(**given, actor=self.actor), status=201)

    @extend_schema(
        summary="Change a committee's names or rules, or dissolve it",
        request=ChangeCommitteeSerializer,
    )
    def partial_update(self, request: Request, **_: Any) -> Response:
        committee = self.get_object()
        changes = self.validated(ChangeCommitteeSerializer)
        return self.answer(actions.update_committee(committee, changes, actor=self.actor))

    @extend_schema(
        summary="Whether today's members are those that the rule asks for",
        responses=CompositionReportSerializer,
    )
    @action(detail=True, methods=["get"])
    def composition(self, request: Request, **_: Any) -> Response:
        committee = self.get_object()
        today = timezone.localdate()
        filled = list(in_term(committee.seats.all(), today).values_list("category", flat=True))
        found = gaps(committee.composition.get("categories", {}), filled)
        size = committee.composition.get("size")
        report = {
            "on": today,
            "size": size,
            "filled": len(filled),
            "complete": not found and size in (None, len(filled)),
            "gaps": found,
        }
        return self.answer(report, serializer_class=CompositionReportSerializer)


class SeatFilter(django_filters.FilterSet):
    on = django_filters.DateFilter(method="in_term_on")

    class Meta:
        model = Seat
        fields: ClassVar[list[str]] = ["category", "role"]

    def in_term_on(self, seats: QuerySet[Seat], _name: str, day: date) -> QuerySet[Seat]:
        return in_term(seats, day)


class SeatViewSet(ListMixin, RetrieveMixin, ApiViewSet[Seat]):
    resource = "seats"
    queryset = Seat.objects.none()
    serializer_class = SeatSerializer
    filterset_class = SeatFilter
    rules = {
        "list": is_signed_in,
        "retrieve": is_signed_in,
        "create": rules.may_run_committee,
        "partial_update": rules.may_run_committee,
    }

    @cached_property
    def committee(self) -> Committee:
        found: Committee = get_object_or_404(
            committees_visible_to(self.actor), pk=self.kwargs["committee_id"]
        )
        return found

    def check_right(self) -> None:
        require(rules.may_run_committee, self.actor, self.committee)

    def get_queryset(self) -> QuerySet[Seat]:
        return seats_visible_to(self.actor).filter(committee=self.committee)

    @extend_schema(summary="Give someone a seat", request=FillSeatSerializer)
    def create(self, request: Request, **_: Any) -> Response:
        self.check_right()
        fields = self.validated(FillSeatSerializer)
        seat = actions.fill_seat(self.committee, **fields, actor=self.actor)
        return self.answer(seat, status=201)

    @extend_schema(
        summary="Correct a member's name or account, or end the term", request=ChangeSeatSerializer
    )
    def partial_update(self, request: Request, **_: Any) -> Response:
        seat = self.get_object()
        changes = self.validated(ChangeSeatSerializer)
        return self.answer(actions.update_seat(seat, changes, actor=self.actor))


def register(api: ApiRouter) -> None:
    api.add("committee-rules", CommitteeRuleViewSet)
    api.add("committees", CommitteeViewSet)
    api.add("committees/<uuid:committee_id>/seats", SeatViewSet)
