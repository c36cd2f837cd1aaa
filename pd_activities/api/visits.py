"""`/instruments`, `/visits`, `/follow-ups`: supervision from the plan to the last next step."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.routing import ApiRouter
from core.api.views import ApiViewSet, ListMixin, RetrieveMixin
from core.text import Text
from pd_activities.actions import instruments as instrument_actions
from pd_activities.actions import visits as actions
from pd_activities.api.visit_serializers import (
    AcknowledgeSerializer,
    AgreementSerializer,
    ChangeVisitSerializer,
    FollowUpSerializer,
    GiveFeedbackSerializer,
    InstrumentSerializer,
    ObserveSerializer,
    OutcomeSerializer,
    PlanVisitSerializer,
    VisitSerializer,
)
from pd_activities.errors.visits import (
    AlreadyObservedError,
    FollowUpClosedError,
    FollowUpsOpenError,
    NoDefaultInstrumentError,
    VisitStatusError,
)
from pd_activities.models import FollowUpAction, Instrument, SupervisionVisit
from pd_activities.queries.visits import (
    agreement_of,
    follow_ups_visible_to,
    instruments,
    visits_visible_to,
)
from pd_activities.rules import visits as rules

_ONE_OBSERVER = Text(
    "มีผลการสังเกตจากผู้นิเทศไม่ถึงสองคน", "Fewer than two observers have handed in ratings."
)
_NOTHING_COMMON = Text("ผู้นิเทศไม่ได้ให้คะแนนข้อเดียวกัน", "The observers rated no criterion in common.")
_NO_VARIATION = Text(
    "ทุกคนให้คะแนนเท่ากันทุกข้อ จึงคำนวณแคปปาไม่ได้",
    "All ratings are one and the same, so that kappa is undefined.",
)


class InstrumentViewSet(ListMixin, RetrieveMixin, ApiViewSet[Instrument]):
    resource = "instruments"
    queryset = Instrument.objects.none()
    serializer_class = InstrumentSerializer
    rules = {
        "list": rules.may_see_instruments,
        "retrieve": rules.may_see_instruments,
        "create": rules.may_manage_instruments,
        "make_default": rules.may_manage_instruments,
    }

    def get_queryset(self) -> QuerySet[Instrument]:
        return instruments()

    @extend_schema(summary="Publish an instrument, or the next edition of one")
    def create(self, request: Request, **_: Any) -> Response:
        made = instrument_actions.publish_instrument(**self.validated(), actor=self.actor)
        return self.answer(made, status=201)

    @extend_schema(summary="Make it the instrument of new visits", request=None)
    @action(detail=True, methods=["post"], url_path="make-default")
    def make_default(self, request: Request, **_: Any) -> Response:
        return self.answer(instrument_actions.make_default(self.get_object(), actor=self.actor))


class VisitFilter(django_filters.FilterSet):
    planned_from = django_filters.DateFilter(field_name="planned_on", lookup_expr="gte")
    planned_until = django_filters.DateFilter(field_name="planned_on", lookup_expr="lte")
    school = django_filters.UUIDFilter(field_name="school_id")
    teacher = django_filters.UUIDFilter(field_name="teacher_id")

    class Meta:
        model = SupervisionVisit
        fields: ClassVar[list[str]] = ["status"]


class VisitViewSet(ListMixin, RetrieveMixin, ApiViewSet[SupervisionVisit]):
    resource = "visits"
    queryset = SupervisionVisit.objects.none()
    serializer_class = VisitSerializer
    filterset_class = VisitFilter
    ordering = ("-planned_on", "-id")
    rules = {
        "list": rules.may_see_visits,
        "retrieve": rules.may_see_visits,
        "create": rules.may_plan_visit,
        "partial_update": rules.may_lead_visit,
        "cancel": rules.may_lead_visit,
        "observe": rules.may_observe,
        "give_feedback": rules.may_lead_visit,
        "acknowledge": rules.may_acknowledge,
        "close": rules.may_lead_visit,
        "agreement": rules.may_see_agreement,
    }
    problems = {
        "create": [NoDefaultInstrumentError],
        "partial_update": [VisitStatusError],
        "cancel": [VisitStatusError],
        "observe": [VisitStatusError, AlreadyObservedError],
        "give_feedback": [VisitStatusError],
        "acknowledge": [VisitStatusError],
        "close": [VisitStatusError, FollowUpsOpenError],
    }

    def get_queryset(self) -> QuerySet[SupervisionVisit]:
        return visits_visible_to(self.actor)

    @extend_schema(summary="Plan a visit", request=PlanVisitSerializer)
    def create(self, request: Request, **_: Any) -> Response:
        visit = actions.plan_visit(**self.validated(PlanVisitSerializer), actor=self.actor)
        return self.answer(visit, status=201)

    @extend_schema(summary="Change a planned visit", request=ChangeVisitSerializer)
    def partial_update(self, request: Request, **_: Any) -> Response:
        changes = self.validated(ChangeVisitSerializer, partial=True)
        return self.answer(actions.update_visit(self.get_object(), changes, actor=self.actor))

    @extend_schema(summary="Call a planned visit off", request=None)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, **_: Any) -> Response:
        return self.answer(actions.cancel_visit(self.get_object(), actor=self.actor))

    @extend_schema(summary="Hand in your own ratings, once", request=ObserveSerializer)
    @action(detail=True, methods=["post"])
    def observe(self, request: Request, **_: Any) -> Response:
        visit = self.get_object()
        given = self.validated(ObserveSerializer)
        return self.answer(actions.observe(visit, **given, actor=self.actor))

    @extend_schema(
        summary="Record the feedback conference and its next steps", request=GiveFeedbackSerializer
    )
    @action(detail=True, methods=["post"], url_path="give-feedback")
    def give_feedback(self, request: Request, **_: Any) -> Response:
        visit = self.get_object()
        given = self.validated(GiveFeedbackSerializer)
        return self.answer(actions.give_feedback(visit, **given, actor=self.actor))

    @extend_schema(
        summary="Acknowledge the feedback, with a reply if you wish", request=AcknowledgeSerializer
    )
    @action(detail=True, methods=["post"])
    def acknowledge(self, request: Request, **_: Any) -> Response:
        visit = self.get_object()
        given = self.validated(AcknowledgeSerializer)
        return self.answer(actions.acknowledge_feedback(visit, **given, actor=self.actor))

    @extend_schema(summary="Close a visit that nothing is open on", request=None)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, **_: Any) -> Response:
        return self.answer(actions.close_visit(self.get_object(), actor=self.actor))

    @extend_schema(summary="How far the observers agree", responses=AgreementSerializer)
    @action(detail=True, methods=["get"])
    def agreement(self, request: Request, **_: Any) -> Response:
        found = agreement_of(self.get_object())
        reason = _missing_because(found.observers, found.compared, found.kappa)
        return Response(
            {
                "observer_count": found.observers,
                "compared_count": found.compared,
                "agreed_count": found.agreed,
                "exact_agreement": None if found.exact is None else float(found.exact),
                "weighted_kappa": None if found.kappa is None else float(found.kappa),
                "reason": reason,
            }
        )


def _missing_because(observers: int, compared: int, kappa: object) -> dict[str, str] | None:
    if observers < 2:  # noqa: PLR2004  (a pair)
        code, text = "single_observer", _ONE_OBSERVER
    elif compared == 0:
        code, text = "nothing_in_common", _NOTHING_COMMON
    elif kappa is None:
        code, text = "no_variation", _NO_VARIATION
    else:
        return None
    return {"code": code, "th": text.th, "en": text.en}


class FollowUpFilter(django_filters.FilterSet):
    open = django_filters.BooleanFilter(
        field_name="closed_at", lookup_expr="isnull", help_text="those that are not closed yet"
    )
    due_until = django_filters.DateFilter(field_name="due_on", lookup_expr="lte")
    visit = django_filters.UUIDFilter(field_name="visit_id")

    class Meta:
        model = FollowUpAction
        fields: ClassVar[list[str]] = ["owner"]


class FollowUpViewSet(ListMixin, RetrieveMixin, ApiViewSet[FollowUpAction]):
    resource = "follow_ups"
    queryset = FollowUpAction.objects.none()
    serializer_class = FollowUpSerializer
    filterset_class = FollowUpFilter
    ordering = ("due_on", "id")
    rules = {
        "list": rules.may_see_visits,
        "retrieve": rules.may_see_visits,
        "close": rules.may_close_follow_up,
    }
    problems = {"close": [FollowUpClosedError]}

    def get_queryset(self) -> QuerySet[FollowUpAction]:
        return follow_ups_visible_to(self.actor)

    @extend_schema(summary="Close a next step with what came of it", request=OutcomeSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, **_: Any) -> Response:
        follow_up = self.get_object()
        given = self.validated(OutcomeSerializer)
        return self.answer(actions.close_follow_up(follow_up, **given, actor=self.actor))


def register(api: ApiRouter) -> None:
    api.add("instruments", InstrumentViewSet)
    api.add("visits", VisitViewSet)
    api.add("follow-ups", FollowUpViewSet)
