"""`/studies/{study_id}/fragments`, `/panel/ideas`: from the panel's own words to items."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from consensus.actions import coding as actions
from consensus.api.coding_serializers import (
    CodeFragmentSerializer,
    PanelIdeasSerializer,
    StudyFragmentSerializer,
)
from consensus.api.of_study import OfStudyViewSet
from consensus.api.panel_authentication import PanelAuthentication, PanelRateLimit
from consensus.errors import FragmentInUseError, StudySealedError
from consensus.models import Fragment, Panelist
from consensus.queries.coding import fragments_of, ideas_of
from consensus.rules import holds_personal_link, may_code_answers, may_run_study
from core.api.views import ApiViewSet, ListMixin


class StudyFragmentViewSet(ListMixin, OfStudyViewSet[Fragment]):
    resource = "study_fragments"
    queryset = Fragment.objects.none()
    serializer_class = StudyFragmentSerializer
    versioned = False
    rules = dict.fromkeys(["list", "create", "destroy"], may_code_answers)
    problems = {
        "create": [StudySealedError],
        "destroy": [StudySealedError, FragmentInUseError],
    }

    def get_queryset(self) -> QuerySet[Fragment]:
        """All to who runs the study; the second coder works without seeing the first's."""
        fragments = fragments_of(self.study.pk)
        if may_run_study(self.actor, self.study):
            return fragments
        return fragments.filter(coder=self.actor.id)

    @extend_schema(summary="Give a piece of an answer a theme", request=CodeFragmentSerializer)
    def create(self, request: Request, **_: Any) -> Response:
        given = self.validated(CodeFragmentSerializer)
        fragment = actions.code_fragment(self.study, **given, actor=self.actor)
        return self.answer(fragment, status=201)

    @extend_schema(summary="Take back one's own coding")
    def destroy(self, request: Request, **_: Any) -> Response:
        actions.remove_fragment(self.get_object(), self.study, actor=self.actor)
        return Response(status=204)


class PanelIdeasViewSet(ApiViewSet[Panelist]):
    resource = "panel_ideas"
    queryset = Panelist.objects.none()
    authentication_classes = [PanelAuthentication]
    throttle_classes = [PanelRateLimit]
    serializer_class = PanelIdeasSerializer
    rules = {"retrieve": holds_personal_link}

    def has_object(self) -> bool:
        return False  # the credential names the person; there is nothing else to fetch

    @extend_schema(summary="What became of my own words: the items that they are part of")
    def retrieve(self, request: Request, **_: Any) -> Response:
        credential: Any = request.auth
        return Response({"ideas": ideas_of(credential.reader)})
