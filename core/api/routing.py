"""DRF's router without trailing slashes or a root page."""

import re
from typing import Any

from django.urls import URLPattern, URLResolver, include, path
from rest_framework.routers import SimpleRouter
from rest_framework.viewsets import ViewSetMixin

from core.addresses import BASE_PATH

_VERBS = {"retrieve": "get", "create": "post", "partial_update": "patch", "destroy": "delete"}


class ApiRouter(SimpleRouter):
    """Collects the resources of all rooms under one base path."""

    def __init__(self) -> None:
        super().__init__(trailing_slash=False, use_regex_path=False)
        self._single: list[URLPattern] = []

    def add(self, prefix: str, viewset: type[ViewSetMixin]) -> None:
        """A collection; nested ones say so: `add("studies/<uuid:study_id>/items", ItemViewSet)`."""
        self.register(
            prefix,
            viewset,
            basename=re.sub(r"/<[^>]+>", "", prefix).replace("/", "-").replace(":", "-"),
        )

    def add_single(self, prefix: str, viewset: Any, **verbs: str) -> None:
        """A resource of which there is one, such as `/me`: retrieve, partial_update, …

        A method may do something that has a better name: `post="move"`; or what another usually
        does, in its place: `put="create"`.
        """
        named = {*verbs.values()}
        usual = {
            verb: name
            for name, verb in _VERBS.items()
            if hasattr(viewset, name) and name not in named
        }
        actions = usual | verbs
        self._single.append(path(prefix, viewset.as_view(actions), name=prefix))

    def patterns(self) -> list[URLPattern | URLResolver]:
        return [path(BASE_PATH.lstrip("/"), include([*self._single, *self.urls]))]
