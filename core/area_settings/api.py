"""`/settings`: what an area has set for itself, since when, and what follows."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    PolymorphicProxySerializer,
    extend_schema,
    extend_schema_serializer,
)
from rest_framework.request import Request
from rest_framework.response import Response

from core.access import is_area_admin, is_signed_in, rule
from core.actor import Actor
from core.api.routing import ApiRouter
from core.api.views import ApiViewSet
from core.area_settings.actions import SettingBegunError, adopt_setting, withdraw_setting
from core.area_settings.kinds import SettingKind, all_kinds, kind_named
from core.area_settings.models import SettingVersion
from core.area_settings.queries import document_of, in_force, versions_of
from core.area_settings.serializers import (
    AnyOfSerializer,
    SettingsSerializer,
    of_each_kind,
    setting_serializer,
    version_serializer,
)
from core.calendar import CalendarDocument
from core.errors import NotAllowedError, NotFoundError

_CODES = [kind.code for kind in all_kinds()]
_KIND = OpenApiParameter("kind", str, OpenApiParameter.PATH, enum=_CODES)


@rule
def may_read_setting(actor: Actor, kind: SettingKind[Any] | None) -> bool:
    """Calendar, labels and languages: everyone signed in; the rest: administrators and officers."""
    return is_signed_in.test(actor) if kind is None else kind.may_read(actor)


def _one_of(name: str, serializer: Any) -> PolymorphicProxySerializer:
    return PolymorphicProxySerializer(name, of_each_kind(serializer), "kind")


# A body names no kind: the address does.
_ANY_VERSION = AnyOfSerializer(
    "NewSettingVersion", list(of_each_kind(version_serializer).values()), None
)
# Without `valid_from`: a day to come would be one of the past, some day.
_FROM_TODAY = OpenApiExample(
    "calendar, from today",
    {"document": CalendarDocument().as_document(), "reason": "ตามประกาศกระทรวง"},
    request_only=True,
)


class _OfKind(ApiViewSet[SettingVersion]):
    serializer_class = SettingsSerializer  # each action has its kind's own

    @cached_property
    def kind(self) -> SettingKind[Any]:
        """The kind that the address names. Raises NotFoundError, NotAllowedError."""
        found = kind_named(self.kwargs["kind"])
        if found is None:
            raise NotFoundError
        if not may_read_setting.test(self.actor, found):
            raise NotAllowedError
        return found


class SettingViewSet(_OfKind):
    resource = "settings"
    queryset = SettingVersion.objects.none()
    pagination_class = None
    filter_backends = []
    lookup_field = "kind"
    lookup_value_converter = "str"
    rules = {"list": is_signed_in, "retrieve": may_read_setting}

    @extend_schema(
        summary="What the area has set, today",
        description="Of each kind that the reader may read; where nothing was set, the default.",
        responses=extend_schema_serializer(many=False)(SettingsSerializer),
    )
    def list(self, request: Request, **_: Any) -> Response:
        return Response(
            {kind.code: _told(kind) if kind.may_read(self.actor) else None for kind in all_kinds()}
        )

    @extend_schema(
        summary="One kind of setting, today",
        parameters=[_KIND],
        responses=_one_of("Setting", setting_serializer),
    )
    def retrieve(self, request: Request, **_: Any) -> Response:
        return Response(_told(self.kind))


class SettingVersionViewSet(_OfKind):
    resource = "setting_versions"
    queryset = SettingVersion.objects.none()
    ordering = ("-number",)
    versioned = False
    rules = {
        "list": may_read_setting,
        "create": is_area_admin,
        "destroy": is_area_admin,
    }
    problems = {"destroy": [SettingBegunError]}

    def check_right(self) -> None:
        _ = self.kind

    def get_queryset(self) -> QuerySet[SettingVersion]:
        return SettingVersion.objects.filter(kind=self.kind.code)

    @extend_schema(
        summary="All versions of a setting, newest first",
        parameters=[_KIND],
        responses=_one_of("SettingVersion", version_serializer),
    )
    def list(self, request: Request, **_: Any) -> Response:
        return self.answer_list(self.get_queryset(), version_serializer(self.kind))

    @extend_schema(
        summary="Adopt a whole new document that holds from a day on",
        parameters=[_KIND],
        request=_ANY_VERSION,
        responses={201: _one_of("SettingVersion", version_serializer)},
        examples=[_FROM_TODAY],
    )
    def create(self, request: Request, **_: Any) -> Response:
        """It begins today or later, and not before the newest version does; one that begins on
        the same day takes its place. What was decided by an earlier version stays decided."""
        kind, shape = self.kind, version_serializer(self.kind)
        given = self.validated(shape)
        made = adopt_setting(kind, given.pop("document"), **given, actor=self.actor)
        return self.answer(made, status=201, serializer_class=shape)

    @extend_schema(summary="Withdraw a version that has not begun", parameters=[_KIND])
    def destroy(self, request: Request, **_: Any) -> Response:
        withdraw_setting(self.kind, self.get_object(), actor=self.actor)
        return Response(status=204)


def _told(kind: SettingKind[Any]) -> dict[str, Any]:
    versions, today = versions_of(kind), timezone.localdate()
    present = in_force(versions, today)
    told = {
        "kind": kind.code,
        "name_th": kind.text.th,
        "name_en": kind.text.en,
        "document": document_of(kind, present).as_document(),
        "number": present and present.number,
        "valid_from": present and present.valid_from,
        "following": [each for each in versions if each.valid_from > today],
    }
    return dict(setting_serializer(kind)(told).data)


def register(api: ApiRouter) -> None:
    api.add("settings", SettingViewSet)
    api.add("settings/<str:kind>/versions", SettingVersionViewSet)
