"""`/area-applications`: an office joins. The applicant has a personal link, operators decide."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.throttling import BaseThrottle

from core.access import is_anyone
from core.api.throttling import ApplicationRateLimit, LetterRateLimit
from core.api.views import ApiViewSet, ListMixin, RetrieveMixin
from core.jobs.api import JobSerializer
from tenants.actions.applications import (
    apply_for_area,
    approve_application,
    give_up_setting_up,
    prove_application,
    reject_application,
    remind_applicant,
)
from tenants.actions.reviews import (
    add_document,
    answer_question,
    ask_for_more,
    correct_application,
)
from tenants.api.filters import AreaApplicationFilter
from tenants.api.serializers import (
    AddDocumentSerializer,
    AnswerSerializer,
    AppliedSerializer,
    AreaApplicationSerializer,
    CorrectionSerializer,
    EmailSerializer,
    FollowedApplicationSerializer,
    OfficeSerializer,
    QuestionSerializer,
    ReasonSerializer,
    TokenSerializer,
)
from tenants.attachments import LARGEST
from tenants.errors import (
    ApplicationStateError,
    AreaStateError,
    FileNotAcceptedError,
    LinkInvalidError,
    NameTakenError,
    TooManyApplicationsError,
    TooManyDocumentsError,
    TooManyLettersError,
)
from tenants.models import AreaApplication
from tenants.queries import application_behind, applications_visible_to
from tenants.rules import holds_link, is_operator

_OF_APPLICANTS = ("create", "prove", "status", "remind", "correct", "reply", "attach")
_WRITES_TO_SOMEONE = ("create", "correct", "remind")


class AreaApplicationViewSet(ListMixin, RetrieveMixin, ApiViewSet[AreaApplication]):
    resource = "area_applications"
    queryset = AreaApplication.objects.none()
    serializer_class = FollowedApplicationSerializer
    filterset_class = AreaApplicationFilter
    ordering = ("-id",)
    rules = {
        "create": is_anyone,
        "prove": holds_link,
        "status": holds_link,
        "remind": is_anyone,
        "correct": holds_link,
        "reply": holds_link,
        "attach": holds_link,
        "list": is_operator,
        "retrieve": is_operator,
        "approve": is_operator,
        "reject": is_operator,
        "ask": is_operator,
        "give_up": is_operator,
    }
    problems = {
        "create": [NameTakenError, TooManyApplicationsError],
        "correct": [
            LinkInvalidError,
            ApplicationStateError,
            NameTakenError,
            TooManyApplicationsError,
            TooManyLettersError,
        ],
        "reply": [LinkInvalidError, ApplicationStateError, NameTakenError],
        "attach": [
            LinkInvalidError,
            ApplicationStateError,
            FileNotAcceptedError,
            TooManyDocumentsError,
        ],
        "ask": [ApplicationStateError],
        "give_up": [ApplicationStateError, AreaStateError],
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
        return self._verb() in _OF_APPLICANTS

    def _verb(self) -> str | None:
        # DRF names the action after reading the request; idempotency is asked for before that.
        return getattr(self, "action", None) or self.action_map.get(
            str(self.request.method).lower()
        )

    def get_serializer_class(self) -> type[BaseSerializer[Any]]:
        return AreaApplicationSerializer if self.action == "list" else self.serializer_class

    def get_throttles(self) -> list[BaseThrottle]:
        if not self._is_for_applicants():
            return super().get_throttles()
        a_day = [LetterRateLimit()] if self._verb() in _WRITES_TO_SOMEONE else []
        return [ApplicationRateLimit(), *a_day]

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
        summary="Mend an application before its address is proven",
        description="A new address gets a new proof, and all links but the one that is sent end.",
        request=CorrectionSerializer,
    )
    @action(detail=False, methods=["post"])
    def correct(self, request: Request, **_: Any) -> Response:
        return self.answer(correct_application(**self.validated(CorrectionSerializer)))

    @extend_schema(summary="Answer what was asked, and go back to review", request=AnswerSerializer)
    @action(detail=False, methods=["post"])
    def reply(self, request: Request, **_: Any) -> Response:
        return self.answer(answer_question(**self.validated(AnswerSerializer)))

    @extend_schema(
        summary="Send an official document along",
        request={"multipart/form-data": AddDocumentSerializer},
    )
    @action(detail=False, methods=["post"], parser_classes=[MultiPartParser])
    def attach(self, request: Request, **_: Any) -> Response:
        given = self.validated(AddDocumentSerializer)
        file = given["file"]
        content = file.read(LARGEST + 1)
        return self.answer(add_document(token=given["token"], file_name=file.name, content=content))

    @extend_schema(
        summary="Ask the applicant for more",
        description="By mail and on the page of the personal link; the answer brings it back.",
        request=QuestionSerializer,
    )
    @action(detail=True, methods=["post"])
    def ask(self, request: Request, **_: Any) -> Response:
        application = self.get_object()
        text = self.validated(QuestionSerializer)["text"]
        return self.answer(ask_for_more(application, text=text, actor=self.actor))

    @extend_schema(
        summary="Give up an area whose setting-up failed, and clean up",
        description="Nothing of it is left; the applicant is told the reason and may apply again.",
        request=ReasonSerializer,
    )
    @action(detail=True, methods=["post"], url_path="give-up")
    def give_up(self, request: Request, **_: Any) -> Response:
        application = self.get_object()
        reason = self.validated(ReasonSerializer)["reason"]
        return self.answer(give_up_setting_up(application, reason=reason, actor=self.actor))

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
