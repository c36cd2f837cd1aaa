"""Believable example values for the OpenAPI documents, found by the name of a field."""

from typing import Any

_BY_NAME: dict[str, Any] = {
    "id": "01936f2e-7c1a-7d6e-9b5f-3f2a1c0d4e5b",
    "version": 1,
    "next_cursor": None,
    "name_th": "กลุ่มโรงเรียนสตึก 1",
    "name_en": "Satuek Cluster 1",
    "title": "การจัดการเรียนรู้เชิงรุก",
    "email": "saowanee@example.go.th",
    "display_name": "เสาวณี ใจดี",
    "staff_code": "BR4-00123",
    "province": "บุรีรัมย์",
    "district": "สตึก",
    "slug": "buriram4",
    "code": "3104",
    "number": "4.2",
    "quorum": "1/2",
    "language": "th",
    "online_url": "https://meet.example.go.th/krunet",
    "token": "oR3uFz0vYw1k6cJ8m2Qn5tB7xL4sPdHaEgTiUjVqKyM",
}
_BY_FORMAT: dict[str, Any] = {
    "uuid": "01936f2e-7c1a-7d6e-9b5f-3f2a1c0d4e5b",
    "date-time": "2026-11-21T02:00:00Z",
    "date": "2026-11-21",
    "email": "saowanee@example.go.th",
    "uri": "https://buriram4.krunet.example/",
    "time": "09:00:00",
}
_BY_TYPE: dict[str, Any] = {
    "string": "…",
    "integer": 1,
    "number": 1.0,
    "boolean": True,
    "null": None,
}
_DEPTH = 12


def example_of(
    schema: dict[str, Any], components: dict[str, Any], name: str = "", depth: int = 0
) -> Any:
    """A value that fits the schema, believable where the field's name is known."""
    if depth > _DEPTH:
        return None
    for given in ("example", "const"):
        if given in schema:
            return schema[given]
    if "$ref" in schema:
        return example_of(components[schema["$ref"].rsplit("/", 1)[1]], components, name, depth + 1)
    for combined in ("allOf", "oneOf", "anyOf"):
        if schema.get(combined):
            return example_of(schema[combined][0], components, name, depth + 1)
    if "enum" in schema:
        return schema["enum"][0]
    return _plain(schema, components, name, depth)


def _plain(schema: dict[str, Any], components: dict[str, Any], name: str, depth: int) -> Any:
    kind = schema.get("type", "object")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "object":
        properties = schema.get("properties", {})
        return {
            key: example_of(each, components, key, depth + 1) for key, each in properties.items()
        }
    if kind == "array":
        return [example_of(schema.get("items", {}), components, name, depth + 1)]
    if "format" in schema and schema["format"] in _BY_FORMAT:
        return _BY_FORMAT[schema["format"]]
    if name in _BY_NAME and isinstance(_BY_NAME[name], _PYTHON.get(kind, object)):
        return _BY_NAME[name]
    if kind in ("integer", "number"):
        return schema.get("minimum", _BY_TYPE[kind])
    return _BY_TYPE.get(kind)


_PYTHON: dict[str, type] = {"string": str, "integer": int, "boolean": bool}
