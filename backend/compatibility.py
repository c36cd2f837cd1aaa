"""What a change of an OpenAPI document would break for a front end that is out in the world.

Requests may ask for less and answers may tell more; the other way round breaks someone. Adding an
error code or a value to an enumeration that answers hold breaks nobody: `/choices` and problem
pages tell front ends what those mean.
"""

from collections.abc import Iterator
from typing import Any

Document = dict[str, Any]
Schema = dict[str, Any]

# Of a request: a larger (smaller) number than before shuts someone out.
_FLOORS = ("minimum", "exclusiveMinimum", "minLength", "minItems")
_CEILINGS = ("maximum", "exclusiveMaximum", "maxLength", "maxItems")


def breaking_changes(before: Document, after: Document) -> list[str]:
    """One line for each, beginning with the operation: `schools_list: answer 200 …`."""
    return sorted(set(_of_operations(before, after)))


def _of_operations(before: Document, after: Document) -> Iterator[str]:
    for path, methods in before["paths"].items():
        for method, old in methods.items():
            new = after["paths"].get(path, {}).get(method)
            if new is None:
                yield f"{old['operationId']}: {method.upper()} {path} is gone"
                continue
            comparison = _Comparison(before, after, old, new)
            yield from (f"{old['operationId']}: {each}" for each in comparison.findings())


class _Comparison:
    """One operation, before and after."""

    def __init__(self, before: Document, after: Document, old: Schema, new: Schema) -> None:
        self._schemas = before["components"]["schemas"], after["components"]["schemas"]
        self._old, self._new = old, new
        self._compared: set[tuple[str, str, bool]] = set()

    def findings(self) -> Iterator[str]:
        if self._old["operationId"] != self._new["operationId"]:
            yield f"is now called {self._new['operationId']}"
        if not self._old.get("security") and self._new.get("security"):
            yield "asks for a credential"
        yield from self._parameters()
        yield from self._request()
        yield from self._answers()

    def _parameters(self) -> Iterator[str]:
        old, new = _by_name(self._old), _by_name(self._new)
        for name in old.keys() - new.keys():
            yield f"parameter {name} is gone"
        for name, parameter in new.items():
            if parameter.get("required") and not old.get(name, {}).get("required"):
                yield f"parameter {name} is required"
        for name in old.keys() & new.keys():
            yield from self._schema(
                old[name]["schema"], new[name]["schema"], f"parameter {name}", of_request=True
            )

    def _request(self) -> Iterator[str]:
        old, new = self._old.get("requestBody", {}), self._new.get("requestBody", {})
        if new.get("required") and not old.get("required"):
            yield "a body is required"
        yield from self._contents(old, new, "request", of_request=True)

    def _answers(self) -> Iterator[str]:
        for status, old in self._old["responses"].items():
            if status >= "300":
                continue
            new = self._new["responses"].get(status)
            if new is None:
                yield f"answer {status} is gone"
                continue
            yield from self._contents(old, new, f"answer {status}", of_request=False)

    def _contents(self, old: Schema, new: Schema, where: str, *, of_request: bool) -> Iterator[str]:
        for kind, content in old.get("content", {}).items():
            found = new.get("content", {}).get(kind)
            if found is None:
                yield f"{where}: {kind} is gone"
            else:
                yield from self._schema(
                    content.get("schema", {}),
                    found.get("schema", {}),
                    where,
                    of_request=of_request,
                )

    def _schema(self, old: Schema, new: Schema, where: str, *, of_request: bool) -> Iterator[str]:
        pair = (old.get("$ref", ""), new.get("$ref", ""), of_request)
        if pair[0] and pair in self._compared:
            return  # the same schema from another place, or a schema that holds itself
        self._compared.add(pair)
        old, new = _resolved(old, self._schemas[0]), _resolved(new, self._schemas[1])
        # What one side must be able to take: the server a request, the front end an answer.
        giver, taker = (old, new) if of_request else (new, old)
        if _types(taker) and (lost := (_types(giver) or {"any value"}) - _types(taker)):
            yield f"{where}: {'no longer takes' if of_request else 'may be'} {_words(lost)}"
        if taker.get("format") not in (None, giver.get("format")):
            yield f"{where}: format {old.get('format')} is now {new.get('format')}"
        if of_request:
            yield from _narrowed(old, new, where)
        yield from self._properties(old, new, where, of_request=of_request)
        for each in ("items", "additionalProperties"):
            if isinstance(old.get(each), dict) and isinstance(new.get(each), dict):
                yield from self._schema(old[each], new[each], f"{where}[]", of_request=of_request)

    def _properties(
        self, old: Schema, new: Schema, where: str, *, of_request: bool
    ) -> Iterator[str]:
        before, after = old.get("properties", {}), new.get("properties", {})
        needed, given = set(new.get("required", ())), set(old.get("required", ()))
        for name in before.keys() - after.keys():
            yield f"{where}: {name} is gone"
        changed = needed - given if of_request else (given - needed) & after.keys()
        for name in changed:
            yield f"{where}: {name} {'is required' if of_request else 'may be left out'}"
        for name in before.keys() & after.keys():
            yield from self._schema(
                before[name], after[name], f"{where}: {name}", of_request=of_request
            )


def _by_name(operation: Schema) -> dict[str, Schema]:
    return {f"{each['name']} ({each['in']})": each for each in operation.get("parameters", [])}


def _resolved(schema: Schema, schemas: dict[str, Schema]) -> Schema:
    """The schema without references at its top; alternatives become one list of types."""
    if "$ref" in schema:
        return _resolved(schemas[schema["$ref"].rsplit("/", 1)[1]], schemas)
    combined = next((schema[key] for key in ("allOf", "oneOf", "anyOf") if key in schema), None)
    if combined is None:
        return schema
    parts = [_resolved(each, schemas) for each in combined]
    merged: Schema = {}
    for part in parts:
        merged = {**part, **merged}
    if "allOf" not in schema:
        merged["type"] = sorted({name for part in parts for name in _types(part)})
        merged.pop("const", None)
    return merged


def _types(schema: Schema) -> set[str]:
    told = schema.get("type", [])
    types = set(told if isinstance(told, list) else [told])
    return types | {"number", "integer"} if "number" in types else types


def _narrowed(old: Schema, new: Schema, where: str) -> Iterator[str]:
    values = set(map(str, new.get("enum", ())))
    if values and (lost := set(map(str, old.get("enum", ()))) - values or not old.get("enum")):
        yield f"{where}: no longer takes {_words(lost) if isinstance(lost, set) else 'any text'}"
    for name in _FLOORS:
        if new.get(name, float("-inf")) > old.get(name, float("-inf")):
            yield f"{where}: {name} is now {new[name]}"
    for name in _CEILINGS:
        if new.get(name, float("inf")) < old.get(name, float("inf")):
            yield f"{where}: {name} is now {new[name]}"
    if new.get("pattern") not in (None, old.get("pattern")):
        yield f"{where}: pattern is now {new['pattern']}"


def _words(names: set[str]) -> str:
    return ", ".join(sorted(names))
