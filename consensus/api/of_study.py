"""The base of everything that belongs to one study: found through it, ruled by it."""

from functools import cached_property
from typing import Any, TypeVar, cast

from django.db.models import Model
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request

from consensus.models import Study
from consensus.queries.studies import studies_visible_to
from core.api.views import ApiViewSet

M = TypeVar("M", bound=Model)


class OfStudyViewSet(ApiViewSet[M]):
    """`studies/{study_id}/…`: 404 unless the study is visible, then the rule is asked of it."""

    def has_object(self) -> bool:
        return True

    @cached_property
    def study(self) -> Study:
        found: Study = get_object_or_404(
            studies_visible_to(self.actor).select_related("plan_version__plan"),
            pk=self.kwargs["study_id"],
        )
        self.check_object_permissions(self.request, found)
        return found

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if self.action not in (None, "metadata"):
            self.study  # noqa: B018  (asks the rule before anything is done)

    def check_right(self) -> None:
        self.study  # noqa: B018  (a part may be gone by what is now answered once more)

    def get_object(self) -> M:
        """The part named by the address; without one, the study (whose rule has been asked)."""
        if "pk" not in self.kwargs:
            return cast("M", self.study)
        part = cast(
            "M", get_object_or_404(self.filter_queryset(self.get_queryset()), pk=self.kwargs["pk"])
        )
        if self.versioned and self.request.method in ("PUT", "PATCH", "DELETE"):
            self._check_if_match(part)
        return part
