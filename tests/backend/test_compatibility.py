"""What counts as a break for front ends, and what does not."""

import copy

import pytest

from backend.compatibility import breaking_changes

_DOCUMENT = {
    "paths": {
        "/schools": {
            "post": {
                "operationId": "schools_create",
                "security": [],
                "parameters": [
                    {"name": "fields", "in": "query", "schema": {"type": "string"}},
                ],
                "requestBody": {
                    "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/New"}}
                    }
                },
                "responses": {
                    "201": {
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/School"}}
                        }
                    },
                    "409": {},
                },
            }
        }
    },
    "components": {
        "schemas": {
            "New": {
                "type": "object",
                "required": ["name"],
                "properties": {
                    "name": {"type": "string", "maxLength": 100},
                    "size": {"type": ["integer", "null"], "minimum": 0},
                    "kind": {"$ref": "#/components/schemas/Kind"},
                },
            },
            "School": {
                "type": "object",
                "required": ["name", "kind"],
                "properties": {
                    "name": {"type": "string"},
                    "kind": {"allOf": [{"$ref": "#/components/schemas/Kind"}]},
                    "parts": {
                        "type": "array",
                        "items": {"$ref": "#/components/schemas/School"},
                    },
                },
            },
            "Kind": {"type": "string", "enum": ["small", "large"]},
        }
    },
}


def _changed(change):
    after = copy.deepcopy(_DOCUMENT)
    change(
        after["paths"]["/schools"]["post"],
        after["components"]["schemas"]["New"],
        after["components"]["schemas"]["School"],
        after["components"]["schemas"]["Kind"],
    )
    return breaking_changes(_DOCUMENT, after)


_BREAKS = {
    "is now called schools_add": lambda op, n, s, k: op.update(operationId="schools_add"),
    "asks for a credential": lambda op, n, s, k: op.update(security=[{"sessionToken": []}]),
    "parameter fields (query) is gone": lambda op, n, s, k: op["parameters"].clear(),
    "parameter If-Match (header) is required": lambda op, n, s, k: op["parameters"].append(
        {"name": "If-Match", "in": "header", "required": True, "schema": {"type": "string"}}
    ),
    "a body is required": lambda op, n, s, k: op["requestBody"].update(required=True),
    "request: application/json is gone": lambda op, n, s, k: op["requestBody"]["content"].clear(),
    "request: size is required": lambda op, n, s, k: n["required"].append("size"),
    "request: size is gone": lambda op, n, s, k: n["properties"].pop("size"),
    "request: size: no longer takes null": lambda op, n, s, k: n["properties"]["size"].update(
        type="integer"
    ),
    "request: size: minimum is now 1": lambda op, n, s, k: n["properties"]["size"].update(
        minimum=1
    ),
    "request: name: maxLength is now 50": lambda op, n, s, k: n["properties"]["name"].update(
        maxLength=50
    ),
    "request: name: pattern is now ^[A-Z]": lambda op, n, s, k: n["properties"]["name"].update(
        pattern="^[A-Z]"
    ),
    "request: name: format None is now email": lambda op, n, s, k: n["properties"]["name"].update(
        format="email"
    ),
    "request: kind: no longer takes large": lambda op, n, s, k: k.update(enum=["small"]),
    "answer 201 is gone": lambda op, n, s, k: op["responses"].pop("201"),
    "answer 201: name is gone": lambda op, n, s, k: s["properties"].pop("name"),
    "answer 201: name may be left out": lambda op, n, s, k: s.update(required=["kind"]),
    "answer 201: name: may be null": lambda op, n, s, k: s["properties"]["name"].update(
        type=["string", "null"]
    ),
    "answer 201: kind: may be null": lambda op, n, s, k: s["properties"].update(
        kind={"oneOf": [{"$ref": "#/components/schemas/Kind"}, {"type": "null"}]}
    ),
    "answer 201: parts[]: may be string": lambda op, n, s, k: s["properties"]["parts"].update(
        items={"type": "string"}
    ),
}
_NO_BREAKS = [
    lambda op, n, s, k: op["parameters"].append(
        {"name": "count", "in": "query", "schema": {"type": "boolean"}}
    ),
    lambda op, n, s, k: op["responses"].pop("409"),
    lambda op, n, s, k: op["responses"].update({"422": {}}),
    lambda op, n, s, k: n["properties"].update(note={"type": "string"}),
    lambda op, n, s, k: n["properties"]["name"].update(maxLength=200),
    lambda op, n, s, k: n.update(required=[]),
    lambda op, n, s, k: s["properties"].update(note={"type": "string"}),
    lambda op, n, s, k: s["properties"]["name"].update(format="email"),
    lambda op, n, s, k: s["required"].append("parts"),
    lambda op, n, s, k: k["enum"].append("tiny"),
]


@pytest.mark.parametrize("told", _BREAKS)
def test_breaking_changes__something_is_lost__told(told):
    assert f"schools_create: {told}" in _changed(_BREAKS[told])


@pytest.mark.parametrize("change", _NO_BREAKS)
def test_breaking_changes__something_is_won__nothing_to_tell(change):
    assert _changed(change) == []


def test_breaking_changes__operation_is_gone__told():
    assert breaking_changes(_DOCUMENT, {**_DOCUMENT, "paths": {}}) == [
        "schools_create: POST /schools is gone"
    ]
