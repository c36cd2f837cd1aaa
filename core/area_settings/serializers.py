"""Shapes of settings: for each kind one of its own, so that a typed client knows the document."""

from collections.abc import Callable
from functools import cache
from typing import Any

from drf_spectacular.serializers import PolymorphicProxySerializerExtension
from drf_spectacular.utils import PolymorphicProxySerializer
from rest_framework import serializers

from core.api.serializers import ModelSerializer, Serializer
from core.area_settings.kinds import SettingKind, all_kinds
from core.area_settings.models import SettingVersion


def _kind_field(kind: SettingKind[Any]) -> serializers.ChoiceField:
    return serializers.ChoiceField(choices=[kind.code], read_only=True)


@cache
def version_serializer(kind: SettingKind[Any]) -> type[ModelSerializer]:
    """`CalendarVersion`."""

    class Meta:
        model = SettingVersion
        fields = (
            "id",
            "kind",
            "number",
            "valid_from",
            "document",
            "reason",
            "adopted_by",
            "adopted_at",
        )
        read_only_fields = ("number", "adopted_by", "adopted_at")

    return _named(
        f"{_camel(kind.code)}Version",
        ModelSerializer,
        Meta=Meta,
        id=serializers.UUIDField(required=False),
        kind=_kind_field(kind),
        valid_from=serializers.DateField(
            required=False, help_text="today or later; today if left out"
        ),
        document=kind.shape(),
        reason=serializers.CharField(max_length=500, required=False),
    )


@cache
def setting_serializer(kind: SettingKind[Any]) -> type[Serializer]:
    """`CalendarSetting`."""
    return _named(
        f"{_camel(kind.code)}Setting",
        Serializer,
        kind=_kind_field(kind),
        name_th=serializers.CharField(),
        name_en=serializers.CharField(),
        document=kind.shape(help_text="what holds today"),
        number=serializers.IntegerField(allow_null=True, help_text="null: the default"),
        valid_from=serializers.DateField(allow_null=True, help_text="null: the default"),
        following=version_serializer(kind)(
            many=True, help_text="versions that have not begun, in their order"
        ),
    )


class SettingsSerializer(Serializer):
    """By kind; null is what the reader may not read."""

    def get_fields(self) -> dict[str, Any]:
        return {
            kind.code: setting_serializer(kind)(
                allow_null=True, help_text=f"{kind.text.th} · {kind.text.en}"
            )
            for kind in all_kinds()
        }


def of_each_kind(
    serializer: Callable[[SettingKind[Any]], type[serializers.Serializer[Any]]],
) -> dict[str, serializers.Serializer[Any] | type[serializers.Serializer[Any]]]:
    return {kind.code: serializer(kind) for kind in all_kinds()}


class AnyOfSerializer(PolymorphicProxySerializer):
    """For the document: a body of one of these shapes, told apart by what they hold."""


class _AnyOfExtension(PolymorphicProxySerializerExtension):
    target_class = "core.area_settings.serializers.AnyOfSerializer"
    priority = 0

    def map_serializer(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        return {"anyOf": super().map_serializer(auto_schema, direction)["oneOf"]}


def _camel(code: str) -> str:
    return "".join(part.capitalize() for part in code.split("_"))


def _named(name: str, base: type[Any], **members: Any) -> type[Any]:
    return type(f"{name}Serializer", (base,), members)
