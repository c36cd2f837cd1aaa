"""Reading a JSON body: refuses what PostgreSQL could not keep."""

import json
from collections.abc import Mapping
from typing import IO, Any

import orjson
from django.core.exceptions import RequestDataTooBig
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

LARGEST_BODY = 5 * 1024 * 1024  # bytes: hundreds of times what any operation needs


class JSONParser(BaseParser):
    media_type = "application/json"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        body = stream.read(LARGEST_BODY + 1)
        if len(body) > LARGEST_BODY:
            raise RequestDataTooBig
        if b"\\u0000" in body:
            raise ParseError("U+0000 is not allowed")
        try:
            data = orjson.loads(body)
        except orjson.JSONDecodeError as error:
            raise ParseError(str(error)) from None
        json.loads(body, object_pairs_hook=_named_once)
        return data


def _named_once(pairs: list[tuple[str, Any]]) -> None:
    """Of two values under one name parsers keep one or the other, so neither is believed."""
    if len({name for name, _ in pairs}) < len(pairs):
        raise ParseError("a name stands twice in one object")
