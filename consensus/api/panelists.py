"""`/studies/{study_id}/panelists`: people, never what they answered."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from consensus.actions import panel as actions
from consensus.api.of_study import OfStudyViewSet
from consensus.api.serializers import (
    AddPanelistSerializer,
    ChangePanelistSerializer,
    PanelistSerializer,
)
from consensus.errors import AlreadyOnPanelError, WrongStudyStatusError
from consensus.models import Panelist
from consensus.queries.studies import panelists_visible_to
from consensus.rules import may_run_study
from core.api.views import ListMixin


class PanelistViewSet(ListMixin, OfStudyViewSet[Panelist]):
    resource = "panelists"
    queryset = Panelist.objects.none()
    serializer_class = PanelistSerializer
    rules = {"list": may_run_study, "create": may_run_study, "partial_update": may_run_study}
    problems = {
        "create": [WrongStudyStatusError, AlreadyOnPanelError],
        "partial_update": [AlreadyOnPanelError, WrongStudyStatusError],
    }

    def get_queryset(self) -> QuerySet[Panelist]:
        return panelists_visible_to(self.actor).filter(study=self.study)

    @extend_schema(summary="Add a panelist or a certifier", request=AddPanelistSerializer)
    def create(self, request: Request, **_: Any) -> Response:
        given = self.validated(AddPanelistSerializer)
        return self.answer(actions.add_panelist(self.study, **given, actor=self.actor), status=201)

    @extend_schema(
        summary="Correct name, e-mail, expertise or language", request=ChangePanelistSerializer
    )
    def partial_update(self, request: Request, **_: Any) -> Response:
        panelist = self.get_object()
        changes = self.validated(ChangePanelistSerializer)
        return self.answer(actions.update_panelist(panelist, changes, actor=self.actor))
