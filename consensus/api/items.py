"""`/studies/{study_id}/items`: what the panel rates."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from consensus.actions import items as actions
from consensus.actions.coding import merge_items
from consensus.actions.dropping import drop_item, keep_item
from consensus.api.of_study import OfStudyViewSet
from consensus.api.serializers import (
    AddStudyItemSerializer,
    ChangeStudyItemSerializer,
    DropStudyItemSerializer,
    MergeStudyItemSerializer,
    StudyItemSerializer,
)
from consensus.errors import (
    LastItemError,
    MissedRoundError,
    StudySealedError,
    WrongStudyStatusError,
)
from consensus.models import Fragment, StudyItem
from consensus.rules import may_run_study, may_see_studies
from core.api.views import ListMixin


class StudyItemViewSet(ListMixin, OfStudyViewSet[StudyItem]):
    resource = "study_items"
    queryset = StudyItem.objects.none()
    serializer_class = StudyItemSerializer
    ordering = ("position", "id")
    rules = {
        "list": may_see_studies,
        "create": may_run_study,
        "partial_update": may_run_study,
        "merge": may_run_study,
        "drop": may_run_study,
        "keep": may_run_study,
        "destroy": may_run_study,
    }
    problems = {
        "create": [StudySealedError, WrongStudyStatusError],
        "partial_update": [StudySealedError],
        "merge": [StudySealedError],
        "drop": [WrongStudyStatusError, LastItemError],
        "keep": [WrongStudyStatusError, MissedRoundError],
        "destroy": [StudySealedError],
    }

    def get_queryset(self) -> QuerySet[StudyItem]:
        items = StudyItem.objects.filter(study=self.study).select_related(
            "study__plan_version__plan"
        )
        pieces = Fragment.objects.all()
        if self.actor.id == self.study.second_coder_id and not may_run_study(
            self.actor, self.study
        ):
            pieces = pieces.filter(coder=self.actor.id)  # who codes second does so blind
        return items.prefetch_related(Prefetch("fragments", pieces))

    @extend_schema(
        summary="Add an item; after an open-ended round, one coded from answers",
        request=AddStudyItemSerializer,
    )
    def create(self, request: Request, **_: Any) -> Response:
        given = self.validated(AddStudyItemSerializer)
        return self.answer(actions.add_item(self.study, **given, actor=self.actor), status=201)

    @extend_schema(
        summary="Reword an item of a draft, or one coded from answers before it is rated",
        request=ChangeStudyItemSerializer,
    )
    def partial_update(self, request: Request, **_: Any) -> Response:
        item = self.get_object()
        changes = self.validated(ChangeStudyItemSerializer)
        return self.answer(actions.update_item(item, changes, actor=self.actor))

    @extend_schema(summary="Merge a coded item into another", request=MergeStudyItemSerializer)
    @action(detail=True, methods=["post"])
    def merge(self, request: Request, **_: Any) -> Response:
        item = self.get_object()
        given = self.validated(MergeStudyItemSerializer)
        return self.answer(merge_items(item, **given, actor=self.actor))

    @extend_schema(
        summary="Ask no later round about an item, for a reason", request=DropStudyItemSerializer
    )
    @action(detail=True, methods=["post"])
    def drop(self, request: Request, **_: Any) -> Response:
        """Between two rounds. Its frozen results stay; the report tells the reason; the verdict
        is about the items that were kept. A plan of which a line was dropped is returned."""
        item = self.get_object()
        given = self.validated(DropStudyItemSerializer)
        return self.answer(drop_item(item, **given, actor=self.actor))

    @extend_schema(
        summary="Ask about a dropped item after all, before a round was held without it",
        request=DropStudyItemSerializer,
    )
    @action(detail=True, methods=["post"])
    def keep(self, request: Request, **_: Any) -> Response:
        item = self.get_object()
        given = self.validated(DropStudyItemSerializer)
        return self.answer(keep_item(item, **given, actor=self.actor))

    @extend_schema(summary="Take an item out of a draft")
    def destroy(self, request: Request, **_: Any) -> Response:
        actions.remove_item(self.get_object(), actor=self.actor)
        return Response(status=204)
