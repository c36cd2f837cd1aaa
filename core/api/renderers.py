"""JSON in and out by orjson: fast, strict about UTF-8, times as RFC 3339 in UTC (`Z`)."""

from fractions import Fraction
from typing import Any

import orjson
from django.utils.functional import Promise
from rest_framework.renderers import BaseRenderer

from core.text import Text

_AS_WE_WRITE = orjson.OPT_NON_STR_KEYS | orjson.OPT_UTC_Z


def dump_json(data: object) -> bytes:
    return orjson.dumps(data, default=_simplified, option=_AS_WE_WRITE)


def _simplified(value: object) -> object:
    if isinstance(value, Text | Promise | Fraction):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no place in a JSON answer")


class JSONRenderer(BaseRenderer):
    media_type = "application/json"
    format = "json"
    charset = None

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None
    ) -> bytes:
        return b"" if data is None else dump_json(data)


class _FileRenderer(JSONRenderer):
    """A file is bytes already; a problem is JSON, whatever was asked for."""

    def render(self, data: Any, *args: Any, **kwargs: Any) -> bytes:
        return data if isinstance(data, bytes) else super().render(data, *args, **kwargs)


def file_renderers(*media_types: str) -> list[type[BaseRenderer]]:
    """One for each type, so that a client may ask for the one that it expects."""
    return [
        type("FileRenderer", (_FileRenderer,), {"media_type": each, "format": "file"})
        for each in media_types
    ]
