"""`/area-applications`: an office joins. The applicant has a personal link, operators decide."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle

from core.access import is_anyone
from core.api.throttling import ApplicationRateLimit
from core.api.views import ApiViewSet, ListMixin, RetrieveMixin
from core.jobs.api import JobSerializer
from tenants.actions.applications import (
    apply_for_area,
    approve_application,
    prove_application,
    reject_application,
    remind_applicant,
)
from tenants.api.filters import AreaApplicationFilter
from tenants.api.serializers import (
    AppliedSerializer,
    AreaApplicationSerializer,
    EmailSerializer,
    OfficeSerializer,
    ReasonSerializer,
    TokenSerializer,
)
from tenants.errors import ApplicationStateError, LinkInvalidError, NameTakenError
from tenants.models import AreaApplication
from tenants.queries import application_behind, applications_visible_to
from tenants.rules import holds_link, is_operator

_OF_APPLICANTS = ("create", "prove", "status", "remind")


class AreaApplicationViewSet(ListMixin, RetrieveMixin, ApiViewSet[AreaApplication]):
    resource = "area_applications"
    queryset = AreaApplication.objects.none()
    serializer_class = AreaApplicationSerializer
    filterset_class = AreaApplicationFilter
    ordering = ("-id",)
    rules = {
        "create": is_anyone,
        "prove": holds_link,
        "status": holds_link,
        "remind": is_anyone,
        "list": is_operator,
        "retrieve": is_operator,
        "approve": is_operator,
        "reject": is_operator,
    }
    problems = {
        "create": [NameTakenError],
        "prove": [LinkInvalidError, NameTakenError],
        "status": [LinkInvalidError],
        "approve": [ApplicationStateError, NameTakenError],
        "reject": [ApplicationStateError],
    }

    @property
    def public(self) -> bool:  # type: ignore[override]
        return self._is_for_applicants()

    @property
    def idempotent(self) -> bool:  # type: ignore[override]
        """Applicants' answers hold or follow from secrets; doing those calls twice does no harm."""
        return not self._is_for_applicants()

    def _is_for_applicants(self) -> bool:
        # DRF names the action after reading the request; idempotency is asked for before that.
        verb = getattr(self, "action", None) or self.action_map.get(
            str(self.request.method).lower()
        )
        return verb in _OF_APPLICANTS

    def get_throttles(self) -> list[BaseThrottle]:
        return [ApplicationRateLimit()] if self._is_for_applicants() else super().get_throttles()

    def get_queryset(self) -> QuerySet[AreaApplication]:
        return applications_visible_to(self.actor)

    @extend_schema(
        summary="Apply for an area",
        description="A mail with the link that proves the address follows.",
        request=OfficeSerializer,
        responses={201: AppliedSerializer},
    )
    def create(self, request: Request, **_: Any) -> Response:
        application, token = apply_for_area(actor=self.actor, **self.validated(OfficeSerializer))
        told = {"application": application, "token": token}
        return self.answer(told, status=201, serializer_class=AppliedSerializer)

    @extend_schema(
        summary="Prove the e-mail address and submit",
        description="With the token of the mailed link; by POST, since mail scanners open links.",
        request=TokenSerializer,
    )
    @action(detail=False, methods=["post"])
    def prove(self, request: Request, **_: Any) -> Response:
        return self.answer(prove_application(**self.validated(TokenSerializer)))

    @extend_schema(summary="How an application stands", request=TokenSerializer)
    @action(detail=False, methods=["post"])
    def status(self, request: Request, **_: Any) -> Response:
        return self.answer(application_behind(**self.validated(TokenSerializer)))

    @extend_schema(
        summary="Mail fresh links to an applicant",
        description="The answer is the same whether or not the address has an application.",
        request=EmailSerializer,
        responses={204: None},
    )
    @action(detail=False, methods=["post"])
    def remind(self, request: Request, **_: Any) -> Response:
        remind_applicant(**self.validated(EmailSerializer))
        return Response(status=204)

    @extend_schema(
        summary="Approve, and set the area up",
        description="Once approved, a call resumes a setting-up that failed or was cancelled.",
        request=None,
        responses={202: JobSerializer},
    )
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, **_: Any) -> Response:
        job = approve_application(self.get_object(), actor=self.actor)
        return self.answer(job, status=202, serializer_class=JobSerializer)

    @extend_schema(summary="Reject, with the reason", request=ReasonSerializer)
    @action(detail=True, methods=["post"])
    def reject(self, request: Request, **_: Any) -> Response:
        application = self.get_object()
        reason = self.validated(ReasonSerializer)["reason"]
        return self.answer(reject_application(application, reason=reason, actor=self.actor))
