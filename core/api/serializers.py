"""Serializers that take nothing they were not asked for and guess no types."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cached_property
from operator import attrgetter
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from rest_framework import serializers

from core.dates import FIRST_BE_YEAR
from core.text import Text

_UNKNOWN = Text("ไม่รู้จักข้อมูลนี้", "There is no such field.")
_READ_ONLY = Text("ข้อมูลนี้กำหนดเองไม่ได้", "This field cannot be set.")
_BUDDHIST = Text("ต้องเป็นปี ค.ศ.", "Must be a year CE.")
_WRONG_TYPE = Text("ชนิดข้อมูลต้องเป็น {expected}", "Must be of type {expected}.")
_NO_OFFSET = Text(
    "ต้องระบุเขตเวลาต่อท้าย เช่น 2026-11-21T09:00:00+07:00",
    "Say the offset, as in 2026-11-21T09:00:00+07:00.",
)


# A docstring would be printed in the API document: any offset comes in, UTC goes out.
class DateTimeField(serializers.DateTimeField):  # noqa: TID251
    timezone = UTC

    def enforce_timezone(self, value: datetime) -> datetime:
        if timezone.is_naive(value):
            raise serializers.ValidationError(str(_NO_OFFSET), code="no_offset")
        return super().enforce_timezone(value)

    def to_representation(self, value: datetime | str) -> Any:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value  # from JSON
        return super().to_representation(moment)


_JSON_TYPES: tuple[
    tuple[type[serializers.Field[Any, Any, Any, Any]], str, tuple[type, ...]], ...
] = (
    (serializers.BooleanField, "boolean", (bool,)),
    (serializers.IntegerField, "integer", (int,)),
    (serializers.FloatField, "number", (int, float)),
    (serializers.DecimalField, "string or number", (str, int, float)),
    (serializers.CharField, "string", (str,)),
    (serializers.ChoiceField, "string", (str, int)),
    (serializers.UUIDField, "string", (str,)),
    (DateTimeField, "string", (str,)),
    (serializers.DateField, "string", (str,)),
    (serializers.TimeField, "string", (str,)),
)
_DATES = (DateTimeField, serializers.DateField)


# Fields whose value in the model is already what the renderer writes.
_AS_IT_IS = {
    serializers.BooleanField,
    serializers.IntegerField,
    serializers.FloatField,
    serializers.CharField,
    serializers.EmailField,
    serializers.ChoiceField,
    serializers.UUIDField,
    serializers.DateField,
    serializers.JSONField,
}


# No docstrings on what serializers inherit: those are printed in the API document.


# Mixin: rows by a plan made once, not field by field; DRF's own way takes three times as long.
# A field of a plain type is read as it is (the renderer writes ids), a time is brought to UTC, and
# other fields are asked.
class _Quick:
    @cached_property
    def _plan(self) -> list[tuple[str, Callable[[Any], Any], Callable[[Any], Any] | None]]:
        return [_reading(field) for field in self._readable_fields]  # type: ignore[attr-defined]

    def to_representation(self, instance: Any) -> dict[str, Any]:
        row = {}
        for name, read, convert in self._plan:
            value = read(instance)
            row[name] = value if convert is None or value is None else convert(value)
        return row


def _reading(
    field: serializers.Field[Any, Any, Any, Any],
) -> tuple[str, Callable[[Any], Any], Callable[[Any], Any] | None]:
    name, source = str(field.field_name), str(field.source)
    if type(field) in _AS_IT_IS and source != "*":
        return name, attrgetter(source), None
    if type(field) is DateTimeField and source != "*":
        return name, attrgetter(source), _in_utc
    if type(field) is serializers.PrimaryKeyRelatedField and "." not in source:
        return name, attrgetter(f"{source}_id"), None
    return name, field.get_attribute, field.to_representation


def _in_utc(value: datetime) -> datetime:
    return value.astimezone(UTC)


# Mixin: unknown and read-only fields are errors, and so is a number where text belongs.
class _Strict:
    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            problems = {
                name: [problem]
                for name, value in data.items()
                if (problem := self._problem_with(str(name), value)) is not None
            }
            if problems:
                raise serializers.ValidationError(problems)
        return super().to_internal_value(data)  # type: ignore[misc]

    def _problem_with(self, name: str, value: object) -> serializers.ErrorDetail | None:
        field = self.fields.get(name)  # type: ignore[attr-defined]
        if field is None:
            return serializers.ErrorDetail(str(_UNKNOWN), code="unknown_field")
        if field.read_only:
            return serializers.ErrorDetail(str(_READ_ONLY), code="read_only")
        return _type_problem(field, value)


def _type_problem(
    field: serializers.Field[Any, Any, Any, Any], value: object
) -> serializers.ErrorDetail | None:
    if value is None:
        return None
    if isinstance(field, serializers.ListField) and isinstance(value, list):
        problems = (_type_problem(field.child, each) for each in value)
        return next((problem for problem in problems if problem is not None), None)
    for kind, expected, accepted in _JSON_TYPES:
        if isinstance(field, kind):
            wrong_bool = isinstance(value, bool) and bool not in accepted
            if wrong_bool or not isinstance(value, accepted):
                detail = str(_WRONG_TYPE.format(expected=expected))
                return serializers.ErrorDetail(detail, code="wrong_type")
            return _era_problem(field, value)
    return None


def _era_problem(
    field: serializers.Field[Any, Any, Any, Any], value: object
) -> serializers.ErrorDetail | None:
    """Years of the Buddhist era are for people: a machine that sends one has added 543."""
    year = str(value)[:4] if isinstance(field, _DATES) else ""
    if year.isascii() and year.isdigit() and int(year) >= FIRST_BE_YEAR:
        return serializers.ErrorDetail(str(_BUDDHIST), code="out_of_range")
    return None


class Serializer(_Strict, serializers.Serializer[Any]):
    sparse = False  # True: answers leave out what is not set


class ModelSerializer(_Strict, _Quick, serializers.ModelSerializer[Any]):
    serializer_field_mapping: ClassVar = {
        **serializers.ModelSerializer.serializer_field_mapping,
        models.DateTimeField: DateTimeField,
    }

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        fields = super().get_fields()
        if self.partial and "id" in fields:
            fields["id"].read_only = True  # chosen once, when the resource is created
        return fields


class FieldProblemSerializer(Serializer):
    pointer = serializers.CharField(help_text="JSON pointer (RFC 6901)")
    code = serializers.CharField()
    detail = serializers.CharField()
