"""`/panel`: the page of a panelist or certifier, who has a personal link and no account; a recorder
enters their answers through the same calls."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from consensus.actions import answers as actions
from consensus.actions.links import exchange_link
from consensus.actions.ranking import save_ranking
from consensus.api.panel_authentication import (
    PanelAuthentication,
    PanelCredential,
    PanelRateLimit,
)
from consensus.api.panel_serializers import (
    PanelCertificationAnswersSerializer,
    PanelConsentSerializer,
    PanelCredentialSerializer,
    PanelFeedbackSerializer,
    PanelItemRatingSerializer,
    PanelLinkTokenSerializer,
    PanelPageSerializer,
    PanelRankingSerializer,
    PanelRatingSerializer,
    PanelRoundAnsweredSerializer,
    PanelStateSerializer,
    PanelTextSerializer,
)
from consensus.credentials import LIFE
from consensus.errors import (
    ConsentNeededError,
    LinkNotValidError,
    NothingAskedError,
    RecorderNotNamedError,
    RoundNotOpenError,
    WrongStudyStatusError,
)
from consensus.letters import OWN_LINK
from consensus.models import Panelist
from consensus.queries.feedback import controlled_feedback
from consensus.queries.panel import page_for_recorder, panel_page
from consensus.reports.contents import report_for_panel
from consensus.rules import holds_personal_link
from core.access import is_anyone
from core.api.batch import BatchViewSet, Outcome, batch_of, results_of
from core.api.routing import ApiRouter
from core.api.throttling import SignInRateLimit
from core.api.views import ApiViewSet

_REPORT = OpenApiExample(
    "report",
    value={
        "format": "krunet-delphi-report/1",
        "study": {"title": "ตรวจสอบแผนพัฒนาครู", "status": "certified", "verdict": "validated"},
        "row_data": {"rows": 18},
    },
    description="shortened: there are also seal, protocol, panel_flow, rounds, deviations and "
    "checklist",
    response_only=True,
)
_ANSWERING = [RoundNotOpenError, ConsentNeededError, NothingAskedError, RecorderNotNamedError]


class PanelExchangeViewSet(ApiViewSet[Panelist]):
    resource = "panel_exchange"
    public = True
    idempotent = False  # the answer holds a secret
    authentication_classes = []
    throttle_classes = [SignInRateLimit]
    serializer_class = PanelCredentialSerializer
    rules = {"create": is_anyone}
    problems = {"create": [LinkNotValidError]}

    @extend_schema(
        summary="Exchange a personal link's token for a panel credential",
        request=PanelLinkTokenSerializer,
        responses={201: PanelCredentialSerializer},
    )
    def create(self, request: Request, **_: Any) -> Response:
        """A letter's link opens on one device: `device` is a secret that the browser made up and
        keeps, by which it is known again."""
        exchanged = exchange_link(**self.validated(PanelLinkTokenSerializer))
        link = exchanged.own_link
        note = str(OWN_LINK).format(link=link) if link else ""
        told = {**vars(exchanged), "own_link_note": note, "expires_in": LIFE}
        return Response(told, status=201)


class _OnPanel(ApiViewSet[Panelist]):
    resource = "panel"
    queryset = Panelist.objects.none()
    authentication_classes = [PanelAuthentication]
    throttle_classes = [PanelRateLimit]

    @property
    def credential(self) -> PanelCredential:
        credential: Any = self.request.auth
        return cast("PanelCredential", credential)

    @property
    def panelist(self) -> Panelist:
        """Whose answers are written; for what may be read there is `credential.reader`."""
        return self.credential.panelist

    def has_object(self) -> bool:
        return False  # the credential names the person; there is nothing else to fetch


class PanelViewSet(_OnPanel):
    serializer_class = PanelPageSerializer
    rules = {"retrieve": holds_personal_link}

    @extend_schema(summary="What is asked of me, what I answered, what is left")
    def retrieve(self, request: Request, **_: Any) -> Response:
        entry = self.credential.entry
        page = page_for_recorder(entry, self.panelist) if entry else panel_page(self.panelist)
        return Response(page)


class PanelAnswerViewSet(_OnPanel):
    rules = dict.fromkeys(
        [
            "accept", "decline", "answers", "ranking", "texts", "certification", "finish",
            "feedback", "report",
        ],
        holds_personal_link,
    )  # fmt: skip
    problems = {
        "accept": [WrongStudyStatusError],
        "decline": [WrongStudyStatusError],
        "answers": _ANSWERING,
        "ranking": _ANSWERING,
        "texts": _ANSWERING,
        "certification": _ANSWERING,
        "finish": _ANSWERING,
        "report": [WrongStudyStatusError],
    }

    @extend_schema(
        summary="Consent to take part",
        request=PanelConsentSerializer,
        responses=PanelStateSerializer,
    )
    @action(detail=False, methods=["post"])
    def accept(self, request: Request, **_: Any) -> Response:
        given = self.validated(PanelConsentSerializer)
        panelist = actions.accept_invitation(
            self.panelist, **given, actor=self.credential.doer, entry=self.credential.entry
        )
        return Response({"state": panelist.state})

    @extend_schema(summary="Decline, or withdraw", request=None, responses=PanelStateSerializer)
    @action(detail=False, methods=["post"])
    def decline(self, request: Request, **_: Any) -> Response:
        panelist = actions.decline_invitation(self.panelist, actor=self.credential.doer)
        return Response({"state": panelist.state})

    @extend_schema(
        summary="Rate one item; changeable until the round closes",
        request=PanelRatingSerializer,
        responses=PanelRatingSerializer,
    )
    @action(detail=False, methods=["put"], url_path="answers/<uuid:item_id>")
    def answers(self, request: Request, *, item_id: UUID, **_: Any) -> Response:
        sent = self.validated(PanelRatingSerializer)
        number = sent.pop("round", None)
        given = actions.GivenRating(**sent)
        entry = self.credential.entry
        actions.save_rating(self.panelist, item_id, given, number=number, entry=entry)
        return Response(vars(given))

    @extend_schema(
        summary="Put the items in order; changeable until the round closes",
        request=PanelRankingSerializer,
        responses=PanelRankingSerializer,
    )
    @action(detail=False, methods=["put"])
    def ranking(self, request: Request, **_: Any) -> Response:
        sent = self.validated(PanelRankingSerializer)
        number, entry = sent.get("round"), self.credential.entry
        order = save_ranking(self.panelist, sent["order"], number=number, entry=entry)
        return Response({"order": order})

    @extend_schema(
        summary="Answer one open-ended prompt",
        request=PanelTextSerializer,
        responses=PanelTextSerializer,
    )
    @action(detail=False, methods=["put"], url_path="texts/<path:prompt>")
    def texts(self, request: Request, *, prompt: str, **_: Any) -> Response:
        sent = self.validated(PanelTextSerializer)
        number, entry = sent.get("round"), self.credential.entry
        actions.save_text(self.panelist, prompt, sent["text"], number=number, entry=entry)
        return Response({"text": sent["text"]})

    @extend_schema(
        summary="Certify: some or all of the answers",
        request=PanelCertificationAnswersSerializer,
        responses=PanelCertificationAnswersSerializer,
    )
    @action(detail=False, methods=["put"])
    def certification(self, request: Request, **_: Any) -> Response:
        sent = self.validated(PanelCertificationAnswersSerializer)
        number, entry = sent.get("round"), self.credential.entry
        actions.save_certification(self.panelist, sent["answers"], number=number, entry=entry)
        return Response({"answers": sent["answers"]})

    @extend_schema(
        summary="Say that I am done with this round",
        request=PanelRoundAnsweredSerializer,
        responses={204: None},
    )
    @action(detail=False, methods=["post"])
    def finish(self, request: Request, **_: Any) -> Response:
        sent = self.validated(PanelRoundAnsweredSerializer)
        actions.finish_round(self.panelist, number=sent.get("round"), entry=self.credential.entry)
        return Response(status=204)

    @extend_schema(
        summary="What the group answered before, as it was frozen",
        responses=PanelFeedbackSerializer,
    )
    @action(detail=False)
    def feedback(self, request: Request, **_: Any) -> Response:
        return Response(controlled_feedback(self.credential.reader))

    @extend_schema(
        summary="The study's report, once rating has ended",
        responses=OpenApiTypes.OBJECT,
        examples=[_REPORT],
    )
    @action(detail=False)
    def report(self, request: Request, **_: Any) -> Response:
        """What was sealed, done and decided, as in the JSON report; numbers of the whole panel."""
        return Response(report_for_panel(self.panelist.study))


class PanelAnswersViewSet(_OnPanel, BatchViewSet[Panelist]):
    item_serializer_class = PanelItemRatingSerializer
    shown_serializer_class = PanelRatingSerializer
    rules = {"create": holds_personal_link}
    problems = {"create": _ANSWERING}

    @extend_schema(
        operation_id="panel_answers_batch",
        summary="Rate up to 100 items at once, such as those rated offline",
        request=batch_of(PanelItemRatingSerializer),
        responses={200: results_of(PanelRatingSerializer)},
    )
    def create(self, request: Request, **_: Any) -> Response:
        """What is right is kept, also beside ratings that are refused; sent again, nothing changes.

        Of an item rated twice, the later rating stands.
        """
        return super().create(request)

    def write(self, drafts: Sequence[dict[str, Any]]) -> Sequence[Outcome[actions.GivenRating]]:
        ratings = [_meant(draft) for draft in drafts]
        wrong = actions.save_ratings(self.panelist, ratings, entry=self.credential.entry)
        return [
            Outcome(None if error else each.given, error=error)
            for each, error in zip(ratings, wrong, strict=True)
        ]


def _meant(draft: dict[str, Any]) -> actions.MeantRating:
    item, number = draft.pop("id"), draft.pop("round", None)
    return actions.MeantRating(item, actions.GivenRating(**draft), number)


def register(api: ApiRouter) -> None:
    api.add_single("panel/exchange", PanelExchangeViewSet)
    api.add_single("panel", PanelViewSet)
    api.add_single("panel/answers", PanelAnswersViewSet, put="create")
    api.add("panel", PanelAnswerViewSet)
